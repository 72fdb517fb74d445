#include "sanitizer/formats/image/jpeg_segments.h"

#include <algorithm>
#include <new>

namespace sekisho::image {

namespace {

constexpr std::uint32_t most_segments = 4096;
constexpr std::size_t largest_icc = 1U << 20;
constexpr unsigned marker_app0 = 0xE0;
constexpr unsigned marker_app13 = 0xED;
constexpr unsigned marker_app14 = 0xEE;
constexpr unsigned marker_comment = 0xFE;

} // namespace

void JpegSegments::add_app1(View content) {
    const bool is_exif = starts_with(content, std::string_view("Exif\0", 5)) && content.size() >= 6;
    const Exif found = is_exif ? parse_exif(content.subspan(6)) : Exif();
    metadata = metadata || !found.place || !std::ranges::equal(content, exif_of(*found.place));
    if (!is_exif) return;
    if (!exif.place) exif.place = found.place;
    if (exif.orientation == 1) exif.orientation = found.orientation;
    exif.gps = exif.gps || found.gps;
    exif.thumbnail = exif.thumbnail || found.thumbnail;
}

void JpegSegments::add_app2(View content) {
    if (!starts_with(content, std::string_view("ICC_PROFILE\0", 12)) || content.size() < 14) {
        thumbnail = thumbnail || starts_with(content, "MPF");
        unknown = unknown || !starts_with(content, "MPF");
        return;
    }
    has_icc = true;
    if (m_icc_next == 1) m_icc_count = content[13];
    const bool in_order = content[12] == m_icc_next && content[13] == m_icc_count;
    if (!in_order || m_icc.size() + content.size() > largest_icc) {
        m_icc_broken = true;
        return;
    }
    ++m_icc_next;
    m_icc.insert(m_icc.end(), content.begin() + 14, content.end());
}

bool JpegSegments::add(unsigned marker, View content) noexcept {
    if (++m_count > most_segments) return false;
    try {
        if (marker == marker_comment)
            comment = true;
        else if (marker == marker_app0)
            thumbnail = thumbnail || starts_with(content, "JFXX") || content.size() > 14;
        else if (marker == marker_app0 + 1)
            add_app1(content);
        else if (marker == marker_app0 + 2)
            add_app2(content);
        else if (marker == marker_app13)
            metadata = true;
        else if (marker != marker_app14)
            unknown = true;
    } catch (const std::bad_alloc&) {
        return false;
    }
    return true;
}

} // namespace sekisho::image
