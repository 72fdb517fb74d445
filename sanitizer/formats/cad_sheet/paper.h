// Sizes of paper, in millimetres.
#pragma once

#include <array>

#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::cad {

struct Paper {
    double width, height;
};
// ISO 216, A0 to A4, lying.
inline constexpr std::array papers{Paper{1189, 841}, Paper{841, 594}, Paper{594, 420}, Paper{420, 297},
                                   Paper{297, 210}};

// Puts what is in the box on paper; `unit`: millimetres. In its own size on the smallest sheet that holds it; else made
// to fit on A3, or on A4 what is tiny.
void fit_on_paper(Sheet& sheet, const Box& box, double unit);

} // namespace sekisho::cad
