#include <algorithm>
#include <array>

#include "sanitizer/formats/raster/tiff_read.h"

namespace sekisho::raster {

namespace {

// TIFF 6.0, its supplements and DNG: what describes the picture's form. All others describe something else.
constexpr std::array<std::uint16_t, 45> form_tags = {
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287,
    290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 332, 338, 339};
constexpr std::array<std::uint16_t, 13> more_form_tags = {334, 347, 512, 513, 514, 515, 517,
                                                          518, 519, 520, 521, 530, 531};
constexpr std::array<std::uint16_t, 3> last_form_tags = {529, 532, 34675};
constexpr std::array<std::uint16_t, 15> metadata_tags = {269, 271, 272,   285,   305,   306,   315,  316,
                                                         700, 333, 33432, 33723, 34377, 34665, 37724};
constexpr std::uint16_t tag_description = 270, tag_gps = 34853;
constexpr std::uint64_t most_entries = 4096;

template <std::size_t size> bool has(const std::array<std::uint16_t, size>& tags, std::uint16_t tag) {
    return std::ranges::find(tags, tag) != tags.end();
}

void look_at_tag(std::uint16_t tag, TiffSigns& signs) {
    if (has(form_tags, tag) || has(more_form_tags, tag) || has(last_form_tags, tag)) return;
    if (tag == tag_gps)
        signs.gps = signs.metadata = true;
    else if (tag == tag_description)
        signs.comment = true;
    else
        (has(metadata_tags, tag) ? signs.metadata : signs.unknown) = true;
}

class Walk {
public:
    Walk(const Source& in, TiffSigns& signs) : m_in(in), m_signs(signs) {}

    void run(std::uint64_t offset) {
        std::array<std::uint8_t, 4> head{};
        if (!read(0, head)) return;
        m_little = head[0] == 'I';
        m_big = head[m_little ? 2 : 3] == 43;
        m_signs.rare = m_signs.rare || m_big;
        const std::size_t count_size = m_big ? 8 : 2;
        const std::uint64_t count = std::min(number(offset, count_size), most_entries);
        const std::uint64_t entry_size = m_big ? 20 : 12;
        for (std::uint64_t i = 0; i < count; ++i) entry(offset + count_size + i * entry_size);
        reach(offset + count_size + count * entry_size + (m_big ? 8 : 4));
    }

private:
    bool read(std::uint64_t offset, std::span<std::uint8_t> into) {
        const auto count = m_in.read_at(offset, into);
        return count && *count == into.size();
    }

    std::uint64_t number(std::uint64_t offset, std::size_t size) {
        std::array<std::uint8_t, 8> bytes{};
        if (!read(offset, std::span(bytes).first(size))) return 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[m_little ? size - 1 - i : i];
        return value;
    }

    void entry(std::uint64_t offset) {
        constexpr std::array<std::uint64_t, 19> sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
        look_at_tag(static_cast<std::uint16_t>(number(offset, 2)), m_signs);
        const std::uint64_t kind = number(offset + 2, 2);
        const std::size_t wide = m_big ? 8 : 4;
        const std::uint64_t count = number(offset + 4, wide);
        if (kind >= sizes.size() || count > m_in.size()) return;
        if (const std::uint64_t size = sizes[kind] * count; size > wide) reach(number(offset + 4 + wide, wide) + size);
    }

    void reach(std::uint64_t end) { m_signs.last_byte = std::max(m_signs.last_byte, end); }

    const Source& m_in;
    TiffSigns& m_signs;
    bool m_little = true;
    bool m_big = false;
};

} // namespace

void look_at_directory(const Source& in, std::uint64_t offset, TiffSigns& signs) {
    Walk(in, signs).run(offset);
}

} // namespace sekisho::raster
