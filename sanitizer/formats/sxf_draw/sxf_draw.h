#pragma once

#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::sxf {

// The drawing as `rebuild` would deliver it, on its sheet of paper.
Result<std::vector<cad::Sheet>> sfc_sheets(Job& job);
Result<std::vector<cad::Sheet>> p21_sheets(Job& job);

} // namespace sekisho::sxf
