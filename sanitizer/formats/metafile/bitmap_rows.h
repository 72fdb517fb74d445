// Pixels out of the bits of a DIB.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::metafile {

struct DibShape {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    bool top_down = false;
    unsigned depth = 0;
    std::uint32_t compression = 0; // BI_*
    std::uint32_t masks[4] = {};   // red, green, blue, alpha
    std::size_t header_size = 0;   // with masks, without colours
    std::vector<std::uint32_t> colours;

    std::size_t stride() const { return (std::size_t{width} * depth + 31) / 32 * 4; }
};

using Pixels = std::vector<std::uint32_t>; // 0xAARRGGBB, row by row from the top

// Rows that are missing at the end stay transparent.
Pixels unpack_rows(const DibShape& shape, View bits, bool alpha);
// BI_RLE8 and BI_RLE4; skipped pixels stay transparent. Damage ends it.
Pixels unpack_runs(const DibShape& shape, View bits);

} // namespace sekisho::metafile
