// A small grey copy of a picture, made row by row while the picture is decoded.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::codes {

// Of a colour in samples of 0 to 255 (ITU-R BT.601, in 256ths).
std::uint8_t brightness(std::uint32_t red, std::uint32_t green, std::uint32_t blue);
// What is transparent counts as white paper; `alpha` 0 to 255.
std::uint8_t on_white(std::uint32_t grey, std::uint32_t alpha);

class Grey {
public:
    static constexpr std::uint64_t most_pixels = 1'500'000;

    // Each pixel of the copy is the mean of a square of `factor` pixels of the picture.
    static std::uint32_t factor_for(std::uint64_t width, std::uint64_t height);

    Grey() = default;
    Grey(std::uint32_t width, std::uint32_t height); // of the picture

    // The picture's next row: `samples` as image::Picture has them.
    // Never throws and never allocates, so that it can be called under libjpeg.
    void add_row(View row, unsigned samples);
    // The same of rows in which the brightness is each `step`th byte.
    void add_plane(View row, std::size_t step);

    std::uint32_t width() const { return m_width; }
    std::uint32_t height() const { return m_height; }
    View pixels() const { return m_pixels; } // rows that have not come are white

private:
    void finish_square();

    std::uint32_t m_factor = 1;
    std::uint32_t m_width = 0;
    std::uint32_t m_height = 0;
    std::uint32_t m_rows = 0; // that came
    Bytes m_row;              // of the picture, in grey
    std::vector<std::uint32_t> m_sums;
    Bytes m_pixels;
};

} // namespace sekisho::codes
