#pragma once

#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::jww {

// The drawing as `rebuild` would deliver it, on its sheet of paper.
Result<std::vector<cad::Sheet>> sheets(Job& job);

} // namespace sekisho::jww
