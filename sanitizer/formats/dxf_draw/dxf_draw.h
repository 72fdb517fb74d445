#pragma once

#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::dxf {

// The drawing as `rebuild` would deliver it, on paper: model space, then each layout that adds something of its own.
Result<std::vector<cad::Sheet>> sheets(Job& job);

} // namespace sekisho::dxf
