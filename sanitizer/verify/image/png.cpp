// PNG (ISO/IEC 15948) as the sanitiser writes it.
#include <array>
#include <memory>
#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/image/icc.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/image/png_rows.h"

namespace sekisho::verify {

namespace {

// The order of chunks; each but IDAT at most once. Frames of an animation (fcTL, fdAT) stand around IDAT.
constexpr std::array<std::string_view, 11> order = {"IHDR", "iCCP", "sRGB", "gAMA", "cHRM", "PLTE",
                                                    "tRNS", "pHYs", "acTL", "IDAT", "IEND"};
constexpr std::size_t largest_chunk = 1U << 20; // longer data is in several chunks

std::size_t rank_of(std::string_view type) {
    for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i] == type) return i;
    return order.size();
}

class Walk {
public:
    Walk(const Source& source, const Limits& limits)
        : m_source(source), m_limits(limits), m_buffer(largest_chunk + 4) {}
    Result<> run();

private:
    Result<> next();
    Result<> chunk(std::string_view type, View content);
    Result<> header(View content);
    Result<> profile(View content);
    Result<> palette(View content);
    Result<> transparency(View content);
    Result<> data(View content);
    Result<> animation(View content);
    Result<> frame(View content);
    Result<> frame_data(View content);
    bool take_number(ByteReader& reader);
    bool field_fits(std::string_view type, View content) const;

    const Source& m_source;
    const Limits& m_limits;
    Bytes m_buffer;
    std::uint64_t m_offset = 8;
    std::size_t m_rank = 0; // of the chunk before
    bool m_first = true;
    bool m_ended = false;
    unsigned m_depth = 0;
    unsigned m_colour = 0;
    std::size_t m_colours = 0; // in the palette
    bool m_has_profile = false;
    std::uint64_t m_width = 0;
    std::uint64_t m_height = 0;
    std::uint64_t m_pixel_bits = 0;
    std::uint32_t m_frames = 0; // as announced
    std::uint32_t m_seen_frames = 0;
    std::uint32_t m_sequence = 0;
    bool m_in_frame = false; // behind IDAT
    std::unique_ptr<PngRows> m_rows;
};

Result<> Walk::header(View content) {
    if (content.size() != 13) return refuse(Reason::verify_png_field);
    ByteReader reader(content);
    const std::uint64_t width = TRY(reader.u32be());
    const std::uint64_t height = TRY(reader.u32be());
    m_depth = TRY(reader.u8());
    m_colour = TRY(reader.u8());
    const unsigned rest = TRY(reader.u8()) | TRY(reader.u8()) | TRY(reader.u8()); // deflate, filters, no interlace
    constexpr std::array<std::string_view, 7> depths = {"\1\2\4\x8\x10", "", "\x8\x10", "\1\2\4\x8",
                                                        "\x8\x10",       "", "\x8\x10"};
    const bool known =
        m_colour < depths.size() && depths[m_colour].find(static_cast<char>(m_depth)) != std::string_view::npos;
    if (!known || rest != 0 || width == 0 || height == 0) return refuse(Reason::verify_png_field);
    if (width > m_limits.pixels_one / height) return refuse(Reason::verify_picture_size);
    constexpr std::array<unsigned, 7> samples = {1, 0, 3, 1, 2, 0, 4};
    m_width = width;
    m_height = height;
    m_pixel_bits = std::uint64_t{samples[m_colour]} * m_depth;
    m_rows = std::make_unique<PngRows>((width * m_pixel_bits + 7) / 8, height);
    return {};
}

Result<> Walk::animation(View content) {
    if (content.size() != 8) return refuse(Reason::verify_png_field);
    ByteReader reader(content);
    m_frames = TRY(reader.u32be());
    const std::uint32_t plays = TRY(reader.u32be());
    if (m_frames == 0 || plays > 0x7FFFFFFF) return refuse(Reason::verify_png_field);
    return {};
}

bool Walk::take_number(ByteReader& reader) {
    const auto number = reader.u32be();
    return number && *number == m_sequence++;
}

// Before IDAT it is about the picture itself, behind it about the fdAT chunks that follow.
Result<> Walk::frame(View content) {
    if (m_frames == 0 || m_seen_frames == m_frames) return refuse(Reason::verify_png_chunk);
    const bool before = order[m_rank] == "acTL" && m_seen_frames == 0;
    if (!before && (order[m_rank] != "IDAT" || !m_rows->complete())) return refuse(Reason::verify_png_chunk);
    ByteReader reader(content);
    if (content.size() != 26 || !take_number(reader)) return refuse(Reason::verify_png_field);
    const std::uint64_t width = TRY(reader.u32be());
    const std::uint64_t height = TRY(reader.u32be());
    const std::uint64_t x = TRY(reader.u32be());
    const std::uint64_t y = TRY(reader.u32be());
    TRY(reader.skip(4)); // the delay may be any fraction
    const bool inside = width != 0 && height != 0 && x + width <= m_width && y + height <= m_height;
    const bool whole = width == m_width && height == m_height;
    if (!inside || (before && !whole) || TRY(reader.u8()) > 2 || TRY(reader.u8()) > 1)
        return refuse(Reason::verify_png_field);
    ++m_seen_frames;
    if (before) return {};
    m_in_frame = true;
    m_rows = std::make_unique<PngRows>((width * m_pixel_bits + 7) / 8, height);
    return {};
}

Result<> Walk::frame_data(View content) {
    ByteReader reader(content);
    if (!m_in_frame || !take_number(reader)) return refuse(Reason::verify_png_chunk);
    return data(reader.rest());
}

Result<> Walk::profile(View content) {
    constexpr std::string_view head("icc\0\0", 5);
    if (!starts_with(content, head)) return refuse(Reason::verify_icc);
    Bytes inflated(largest_icc);
    uLongf size = inflated.size();
    uLong used = content.size() - head.size();
    const int result = uncompress2(inflated.data(), &size, content.data() + head.size(), &used);
    if (result != Z_OK || used != content.size() - head.size()) return refuse(Reason::verify_icc);
    m_has_profile = true;
    return check_icc(View(inflated).first(size), m_colour == 0 || m_colour == 4 ? 1 : 3);
}

Result<> Walk::palette(View content) {
    m_colours = content.size() / 3;
    const bool fits =
        m_colour == 3 && m_colours != 0 && content.size() % 3 == 0 && m_colours <= std::size_t{1} << m_depth;
    if (!fits) return refuse(Reason::verify_png_field);
    return {};
}

Result<> Walk::transparency(View content) {
    const bool fits = (m_colour == 0 && content.size() == 2) || (m_colour == 2 && content.size() == 6) ||
                      (m_colour == 3 && !content.empty() && content.size() <= m_colours);
    if (!fits) return refuse(Reason::verify_png_field);
    return {};
}

Result<> Walk::data(View content) {
    if (m_colour == 3 && m_colours == 0) return refuse(Reason::verify_png_chunk);
    if (content.empty() || !m_rows->add(content)) return refuse(Reason::verify_png_data);
    return {};
}

bool Walk::field_fits(std::string_view type, View content) const {
    if (type == "gAMA") return content.size() == 4;
    if (type == "sRGB") return content.size() == 1 && content[0] <= 3 && !m_has_profile;
    if (type == "cHRM") return content.size() == 32;
    if (type == "pHYs") return content.size() == 9 && content[8] <= 1;
    return type == "IEND" && content.empty();
}

Result<> Walk::chunk(std::string_view type, View content) {
    if (type == "fcTL" && !m_first) return frame(content);
    if (type == "fdAT") return frame_data(content);
    const std::size_t rank = rank_of(type);
    const bool in_order = m_first ? rank == 0 : rank > m_rank || (rank == m_rank && type == "IDAT");
    if (rank == order.size() || !in_order) return refuse(Reason::verify_png_chunk);
    m_first = false;
    m_rank = rank;
    m_ended = type == "IEND";
    if (m_in_frame && !m_ended) return refuse(Reason::verify_png_chunk);
    if (m_ended && m_seen_frames != m_frames) return refuse(Reason::verify_png_chunk);
    if (type == "IHDR") return header(content);
    if (type == "iCCP") return profile(content);
    if (type == "PLTE") return palette(content);
    if (type == "tRNS") return transparency(content);
    if (type == "acTL") return animation(content);
    if (type == "IDAT") return data(content);
    if (!field_fits(type, content)) return refuse(Reason::verify_png_field);
    return {};
}

Result<> Walk::next() {
    std::array<std::uint8_t, 8> head{};
    if (TRY(m_source.read_at(m_offset, head)) != head.size()) return refuse(Reason::input_short);
    ByteReader reader(head);
    const std::size_t size = TRY(reader.u32be());
    if (size > largest_chunk) return refuse(Reason::verify_png_chunk);
    const std::span<std::uint8_t> body = std::span(m_buffer).first(size + 4);
    if (TRY(m_source.read_at(m_offset + head.size(), body)) != body.size()) return refuse(Reason::input_short);
    const View content = View(body).first(size);
    const auto crc = crc32(crc32(0, head.data() + 4, 4), content.data(), static_cast<uInt>(size));
    ByteReader tail(View(body).last(4));
    if (TRY(tail.u32be()) != crc) return refuse(Reason::verify_png_crc);
    m_offset += head.size() + body.size();
    return chunk(as_text(View(head).last(4)), content);
}

Result<> Walk::run() {
    std::array<std::uint8_t, 8> head{};
    const bool whole = TRY(m_source.read_at(0, head)) == head.size();
    if (!whole || as_text(head) != std::string_view("\x89PNG\r\n\x1A\n", 8)) return refuse(Reason::verify_png_field);
    while (!m_ended) TRY(next());
    if (!m_rows->complete()) return refuse(Reason::verify_png_data);
    if (m_offset != m_source.size()) return refuse(Reason::verify_png_after_end);
    return {};
}

} // namespace

Result<> png(const Source& source, const Limits& limits) try {
    return Walk(source, limits).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
