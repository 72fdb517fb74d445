// A drawing sheet around an SVG, so that the office suite keeps its size.
#pragma once

#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::layout {

struct Size {
    double width = 0, height = 0; // points
};

// How large the drawing of a rebuilt SVG is, by its first element (SVG 2, 8.2).
Size size_of_svg(std::string_view svg);
// An ODG of one page of that size with the picture on it; `svg` was written by our own writer.
Result<Bytes> sheet_around(View svg, std::uint64_t most);

} // namespace sekisho::layout
