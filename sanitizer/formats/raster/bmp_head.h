// The headers of a Windows or OS/2 bitmap file ([MS-WMF] 2.2.2, OS/2 Presentation Manager reference).
#pragma once

#include <array>

#include "sanitizer/core/job.h"

namespace sekisho::raster {

enum class BmpCoding : std::uint8_t { plain, run_length_8, run_length_4 };

struct BmpHead {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    bool top_down = false;
    unsigned bits = 24; // of a pixel
    BmpCoding coding = BmpCoding::plain;
    std::array<std::uint32_t, 4> masks{}; // red, green, blue, alpha; 16 and 32 bits only
    Bytes palette;                        // RGB triples
    std::uint64_t pixels_at = 0;
    std::uint64_t head_end = 0; // behind headers and palette
    std::uint32_t per_metre_x = 0, per_metre_y = 0;
    std::uint64_t profile_at = 0, profile_size = 0;
    bool linked_profile = false; // names a file

    std::size_t stride() const { return (std::size_t{width} * bits + 31) / 32 * 4; }
};

Result<BmpHead> read_bmp_head(const Source& in);

} // namespace sekisho::raster
