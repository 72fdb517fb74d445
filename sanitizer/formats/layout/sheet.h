// The paper of what says nothing of paper: a drawing (SVG) and a page of HTML.
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
// The same page on A4; `page` was written by our own writer. The suite would take the paper of another country.
Bytes on_paper(View page);

} // namespace sekisho::layout
