// The filters of PNG (ISO/IEC 15948 section 9): which one makes a row compress best, guessed cheaply.
#pragma once

#include "base/bytes/bytes.h"
#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

class PngFilter {
public:
    explicit PngFilter(const PngShape& shape);
    // Writes the filter's number and the filtered row (1 + row_bytes) to `out`.
    void apply(View row, std::span<std::uint8_t> out);

private:
    std::size_t m_pixel_bytes;
    bool m_plain; // palettes and packed samples: neighbouring values mean nothing
    Bytes m_above;
    Bytes m_trial;
};

} // namespace sekisho::image
