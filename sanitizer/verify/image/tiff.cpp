// TIFF 6.0 as the sanitiser writes it: little-endian, pages one after the other, each a directory with tags on the list
// and values of one shape, then its strips without a gap. A strip is exact LZW or a JPEG of the narrow kind.
#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/image/icc.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/image/lzw.h"

namespace sekisho::verify {

namespace {

struct Rule {
    std::uint16_t tag;
    std::uint16_t kind; // 3 short, 4 long, 5 rational, 7 undefined
};

// In the order in which they stand.
constexpr std::array rules{Rule{256, 4}, Rule{257, 4}, Rule{258, 3}, Rule{259, 3},  Rule{262, 3},
                           Rule{273, 4}, Rule{277, 3}, Rule{278, 4}, Rule{279, 4},  Rule{282, 5},
                           Rule{283, 5}, Rule{284, 3}, Rule{296, 3}, Rule{317, 3},  Rule{320, 3},
                           Rule{338, 3}, Rule{530, 3}, Rule{532, 5}, Rule{34675, 7}};

std::size_t size_of(std::uint16_t kind) {
    return kind == 3 ? 2 : kind == 4 ? 4 : kind == 5 ? 8 : 1;
}

struct Field {
    std::uint16_t tag = 0;
    std::vector<std::uint32_t> numbers; // a rational is two
    View raw;
};

class Page {
public:
    Page(View file, const Limits& limits) : m_file(file), m_limits(limits) {}

    // Reads one page that begins at `at`; returns where the next one is, or 0.
    Result<std::size_t> read(std::size_t at) {
        TRY(directory(at));
        TRY(form());
        TRY(strips());
        if (m_next != 0 && m_next != m_end) return refuse(Reason::verify_tiff_layout);
        return m_next;
    }
    std::size_t end() const { return m_end; }

private:
    Result<> directory(std::size_t at) {
        ByteReader reader(m_file);
        TRY(reader.seek(at));
        const std::size_t count = TRY(reader.u16le());
        std::size_t value_at = at + 2 + 12 * count + 4;
        std::size_t rank = 0;
        for (std::size_t i = 0; i < count; ++i) {
            Field field;
            field.tag = TRY(reader.u16le());
            const std::uint16_t kind = TRY(reader.u16le());
            while (rank < rules.size() && rules[rank].tag != field.tag) ++rank;
            if (rank == rules.size() || rules[rank].kind != kind) return refuse(Reason::verify_tiff_tag);
            ++rank;
            TRY(values(reader, kind, field, value_at));
            m_fields.push_back(std::move(field));
        }
        m_next = TRY(reader.u32le());
        m_end = value_at;
        return {};
    }

    // Values of more than four bytes stand behind the directory, in its order, without a gap.
    Result<> values(ByteReader& reader, std::uint16_t kind, Field& field, std::size_t& value_at) {
        const std::size_t count = TRY(reader.u32le());
        const std::size_t size = count * size_of(kind);
        const View place = TRY(reader.bytes(4));
        if (count == 0 || count > m_file.size()) return refuse(Reason::verify_tiff_value);
        field.raw = place.first(std::min<std::size_t>(size, 4));
        if (size > 4) {
            ByteReader where(place);
            if (TRY(where.u32le()) != value_at || value_at > m_file.size() || size > m_file.size() - value_at)
                return refuse(Reason::verify_tiff_layout);
            field.raw = m_file.subspan(value_at, size);
            if (size % 2 != 0 && (value_at + size >= m_file.size() || m_file[value_at + size] != 0))
                return refuse(Reason::verify_tiff_layout);
            value_at += size + size % 2;
        } else if (!std::ranges::all_of(place.subspan(size), [](std::uint8_t byte) { return byte == 0; })) {
            return refuse(Reason::verify_tiff_value);
        }
        ByteReader numbers(field.raw);
        while (kind != 7 && !numbers.at_end())
            field.numbers.push_back(kind == 3 ? TRY(numbers.u16le()) : TRY(numbers.u32le()));
        return {};
    }

    const Field* find(std::uint16_t tag) const {
        for (const Field& field : m_fields)
            if (field.tag == tag) return &field;
        return nullptr;
    }
    std::optional<std::uint32_t> one(std::uint16_t tag) const {
        const Field* field = find(tag);
        if (!field || field->numbers.size() != 1) return std::nullopt;
        return field->numbers[0];
    }
    bool is(std::uint16_t tag, std::initializer_list<std::uint32_t> expected) const {
        const Field* field = find(tag);
        return field && std::ranges::equal(field->numbers, expected);
    }

    Result<> form() {
        const auto width = one(256), height = one(257), codec = one(259), colours = one(262), samples = one(277),
                   rows = one(278);
        if (!width || !height || !codec || !colours || !samples || !rows || !is(284, {1}))
            return refuse(Reason::verify_tiff_tag);
        if (*width == 0 || *height == 0 || *rows == 0 || *rows > *height) return refuse(Reason::verify_tiff_value);
        if (*width > m_limits.pixels_one / *height) return refuse(Reason::verify_picture_size);
        m_width = *width;
        m_height = *height;
        m_rows = *rows;
        m_samples = *samples;
        m_jpeg = *codec == 7;
        if (!m_jpeg && *codec != 5) return refuse(Reason::verify_tiff_value);
        if (!form_is_known(*colours) || !rest_is_right()) return refuse(Reason::verify_tiff_value);
        if (const Field* profile = find(34675)) TRY(check_icc(profile->raw, *colours <= 1 ? 1 : 3));
        return {};
    }

    // The six forms: black and white, grey, palette, RGB, RGBA, and JPEG in grey or colours.
    bool form_is_known(std::uint32_t colours) {
        m_bits = is(258, {1}) ? 1 : 8;
        const bool eights = is(258, {8}) || is(258, {8, 8, 8}) || is(258, {8, 8, 8, 8});
        if (m_bits == 8 && (!eights || find(258)->numbers.size() != m_samples)) return false;
        const bool map = find(320), predictor = find(317), extra = find(338), ycc = find(530) || find(532);
        if (m_jpeg) {
            if (map || predictor || extra || m_bits != 8 || m_rows != m_height) return false;
            if (colours == 1) return m_samples == 1 && !ycc;
            return colours == 6 && m_samples == 3 && is(530, {2, 2}) &&
                   is(532, {0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1});
        }
        if (ycc) return false;
        if (m_bits == 1) return m_samples == 1 && colours <= 1 && !map && !predictor && !extra;
        if (colours == 3) return m_samples == 1 && map && find(320)->numbers.size() == 768 && !predictor && !extra;
        if (map || !is(317, {2})) return false;
        if (colours == 1) return m_samples == 1 && !extra;
        return colours == 2 && ((m_samples == 3 && !extra) || (m_samples == 4 && is(338, {1})));
    }

    bool rest_is_right() const {
        const Field* x = find(282);
        const Field* y = find(283);
        if (!x && !y) return !find(296);
        const auto unit = one(296);
        const auto right = [](const Field* field) {
            return field && field->numbers.size() == 2 && field->numbers[0] != 0 && field->numbers[1] == 100;
        };
        return right(x) && right(y) && unit && *unit >= 1 && *unit <= 3;
    }

    Result<> strips() {
        const Field* offsets = find(273);
        const Field* sizes = find(279);
        const std::size_t count = (m_height + m_rows - 1) / m_rows;
        if (!offsets || !sizes || offsets->numbers.size() != count || sizes->numbers.size() != count)
            return refuse(Reason::verify_tiff_value);
        const std::uint64_t stride = (std::uint64_t{m_width} * m_samples * m_bits + 7) / 8;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t size = sizes->numbers[i];
            if (offsets->numbers[i] != m_end || size == 0 || m_end > m_file.size() || size > m_file.size() - m_end)
                return refuse(Reason::verify_tiff_layout);
            const View strip = m_file.subspan(m_end, size);
            m_end += size + size % 2;
            if (size % 2 != 0 && (m_end > m_file.size() || m_file[m_end - 1] != 0))
                return refuse(Reason::verify_tiff_layout);
            const std::uint64_t rows = std::min<std::uint64_t>(m_rows, m_height - i * m_rows);
            if (m_jpeg)
                TRY(jpeg(strip));
            else if (!is_exact_lzw(strip, {8, 256, true}, rows * stride))
                return refuse(Reason::verify_tiff_data);
        }
        return {};
    }

    Result<> jpeg(View strip) {
        TRY(verify::jpeg(MemorySource(strip), m_limits));
        // The frame header says the page's own size (T.81 B.2.2). The walk above has seen that all segments fit.
        ByteReader reader(strip);
        TRY(reader.skip(2));
        for (unsigned marker = TRY(reader.u16be()); marker != 0xFFC0 && marker != 0xFFC1;
             marker = TRY(reader.u16be())) {
            const std::size_t length = TRY(reader.u16be());
            TRY(reader.skip(length - 2));
        }
        TRY(reader.skip(3));
        const std::uint32_t height = TRY(reader.u16be());
        const std::uint32_t width = TRY(reader.u16be());
        if (width != m_width || height != m_height || TRY(reader.u8()) != m_samples)
            return refuse(Reason::verify_tiff_data);
        return {};
    }

    View m_file;
    const Limits& m_limits;
    std::vector<Field> m_fields;
    std::size_t m_next = 0;
    std::size_t m_end = 0;
    std::uint32_t m_width = 0, m_height = 0, m_rows = 0, m_samples = 0, m_bits = 0;
    bool m_jpeg = false;
};

} // namespace

Result<> tiff(const Source& source, const Limits& limits) try {
    const View file = TRY(source.whole(limits.bytes_out));
    if (!starts_with(file, std::string_view("II\x2A\0\x08\0\0\0", 8))) return refuse(Reason::verify_tiff_value);
    std::size_t at = 8;
    for (std::uint32_t pages = 0; at != 0; ++pages) {
        if (pages > limits.pages) return refuse(Reason::verify_picture_size);
        Page page(file, limits);
        at = TRY(page.read(at));
        if (at == 0 && page.end() != file.size()) return refuse(Reason::verify_tiff_layout);
    }
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
