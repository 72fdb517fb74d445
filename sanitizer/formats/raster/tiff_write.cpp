#include <cmath>

#include "sanitizer/formats/raster/tiff_pages.h"

namespace sekisho::raster {

namespace {

enum Kind : std::uint16_t { kind_short = 3, kind_long = 4, kind_rational = 5, kind_undefined = 7 };

struct Field {
    std::uint16_t tag;
    std::uint16_t kind;
    std::uint32_t count;
    Bytes value; // little-endian
};

Field shorts(std::uint16_t tag, const std::vector<std::uint16_t>& values) {
    ByteWriter writer;
    for (const std::uint16_t value : values) writer.u16le(value);
    return {tag, kind_short, static_cast<std::uint32_t>(values.size()), writer.take()};
}

Field longs(std::uint16_t tag, const std::vector<std::uint32_t>& values) {
    ByteWriter writer;
    for (const std::uint32_t value : values) writer.u32le(value);
    return {tag, kind_long, static_cast<std::uint32_t>(values.size()), writer.take()};
}

Field rationals(std::uint16_t tag, const std::vector<double>& values, std::uint32_t below) {
    ByteWriter writer;
    for (const double value : values) {
        writer.u32le(static_cast<std::uint32_t>(std::lround(value * below)));
        writer.u32le(below);
    }
    return {tag, kind_rational, static_cast<std::uint32_t>(values.size()), writer.take()};
}

// Red, green and blue of every colour, sixteen bits each.
Field colour_map(const Bytes& palette) {
    constexpr std::size_t colours = 256;
    std::vector<std::uint16_t> values(3 * colours);
    for (std::size_t i = 0; i < palette.size() / 3; ++i)
        for (std::size_t c = 0; c < 3; ++c)
            values[c * colours + i] = static_cast<std::uint16_t>(palette[3 * i + c] * 257U);
    return shorts(320, values);
}

std::uint16_t photometric(const TiffPage& page) {
    if (page.shade == Shade::black_and_white) return page.nought_is_white ? 0 : 1;
    if (page.shade == Shade::grey) return 1;
    if (page.shade == Shade::palette) return 3;
    return page.lossy ? 6 : 2;
}

// In order of tags, as the format asks for. Offsets of strips count from the page's own beginning.
std::vector<Field> fields_of(const PackedPage& packed, const std::vector<std::uint32_t>& offsets) {
    const TiffPage& page = packed.page;
    const auto bits = static_cast<std::uint16_t>(page.shade == Shade::black_and_white ? 1 : 8);
    const bool predicted = !page.lossy && bits == 8 && page.shade != Shade::palette;
    constexpr std::uint16_t lzw = 5, jpeg = 7;
    std::vector<std::uint32_t> sizes;
    for (const Bytes& strip : packed.strips) sizes.push_back(static_cast<std::uint32_t>(strip.size()));
    std::vector<Field> fields;
    fields.push_back(longs(256, {page.width}));
    fields.push_back(longs(257, {page.height}));
    fields.push_back(shorts(258, std::vector<std::uint16_t>(page.samples(), bits)));
    fields.push_back(shorts(259, {page.lossy ? jpeg : lzw}));
    fields.push_back(shorts(262, {photometric(page)}));
    fields.push_back(longs(273, offsets));
    fields.push_back(shorts(277, {static_cast<std::uint16_t>(page.samples())}));
    fields.push_back(longs(278, {packed.rows_per_strip}));
    fields.push_back(longs(279, sizes));
    if (page.density_x > 0 && page.density_y > 0) {
        fields.push_back(rationals(282, {page.density_x}, 100));
        fields.push_back(rationals(283, {page.density_y}, 100));
    }
    fields.push_back(shorts(284, {1})); // samples of a pixel together
    if (page.density_x > 0 && page.density_y > 0) fields.push_back(shorts(296, {page.density_unit}));
    if (predicted) fields.push_back(shorts(317, {2}));
    if (page.shade == Shade::palette) fields.push_back(colour_map(page.palette));
    if (page.shade == Shade::rgba) fields.push_back(shorts(338, {1})); // multiplied by alpha
    if (photometric(page) == 6) {
        fields.push_back(shorts(530, {2, 2}));
        fields.push_back(rationals(532, {0, 255, 128, 255, 128, 255}, 1));
    }
    if (page.profile) {
        Bytes profile = write_profile(*page.profile);
        const auto size = static_cast<std::uint32_t>(profile.size());
        fields.push_back({34675, kind_undefined, size, std::move(profile)});
    }
    return fields;
}

std::size_t even(std::size_t size) {
    return size + size % 2;
}

// The directory and what does not fit into its entries.
std::size_t directory_size(const std::vector<Field>& fields) {
    std::size_t size = 2 + 12 * fields.size() + 4;
    for (const Field& field : fields) size += field.value.size() > 4 ? even(field.value.size()) : 0;
    return size;
}

Bytes directory(const std::vector<Field>& fields, std::uint32_t at, std::uint32_t next) {
    ByteWriter writer;
    ByteWriter values;
    auto value_at = static_cast<std::uint32_t>(at + 2 + 12 * fields.size() + 4);
    writer.u16le(static_cast<std::uint16_t>(fields.size()));
    for (const Field& field : fields) {
        writer.u16le(field.tag);
        writer.u16le(field.kind);
        writer.u32le(field.count);
        if (field.value.size() > 4) {
            writer.u32le(value_at);
            values.raw(field.value);
            if (field.value.size() % 2 != 0) values.u8(0);
            value_at += static_cast<std::uint32_t>(even(field.value.size()));
            continue;
        }
        writer.raw(field.value);
        for (std::size_t i = field.value.size(); i < 4; ++i) writer.u8(0);
    }
    writer.u32le(next);
    writer.raw(values.bytes());
    return writer.take();
}

} // namespace

Result<> TiffWriter::start() {
    ByteWriter head;
    head.text("II");
    head.u16le(42);
    head.u32le(8); // the first directory
    m_position = head.size();
    return m_out.write(head.bytes());
}

Result<> TiffWriter::add(const PackedPage& page, bool last) {
    std::vector<std::uint32_t> offsets(page.strips.size());
    const std::size_t head = directory_size(fields_of(page, offsets));
    std::uint64_t end = m_position + head;
    for (std::size_t i = 0; i < page.strips.size(); ++i) {
        offsets[i] = static_cast<std::uint32_t>(end);
        end += even(page.strips[i].size());
        if (end > UINT32_MAX) return refuse(Reason::limit_bytes);
    }
    const auto at = static_cast<std::uint32_t>(m_position);
    TRY(m_out.write(directory(fields_of(page, offsets), at, last ? 0 : static_cast<std::uint32_t>(end))));
    const std::uint8_t filler = 0;
    for (const Bytes& strip : page.strips) {
        TRY(m_out.write(strip));
        if (strip.size() % 2 != 0) TRY(m_out.write(View(&filler, 1)));
    }
    m_position = end;
    return {};
}

} // namespace sekisho::raster
