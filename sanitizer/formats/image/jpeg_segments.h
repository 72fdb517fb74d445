// What the application segments of a JPEG file said. Filled while libjpeg reads, therefore nothing here throws.
#pragma once

#include <cstdint>

#include "base/bytes/bytes.h"
#include "sanitizer/formats/image/exif.h"

namespace sekisho::image {

class JpegSegments {
public:
    // One APPn or COM segment; its content without the length. False: too many of them, or no memory.
    bool add(unsigned marker, View content) noexcept;

    Exif exif;
    bool metadata = false; // but for a block that says the place and nothing else
    bool comment = false;
    bool thumbnail = false;
    bool unknown = false;
    bool has_icc = false;
    // The profile as it was sent; empty if it was not complete and in order.
    View icc() const { return m_icc_broken || m_icc_next != m_icc_count + 1 ? View() : View(m_icc); }

private:
    void add_app1(View content);
    void add_app2(View content);

    std::uint32_t m_count = 0;
    Bytes m_icc;
    unsigned m_icc_next = 1;
    unsigned m_icc_count = 0;
    bool m_icc_broken = false;
};

} // namespace sekisho::image
