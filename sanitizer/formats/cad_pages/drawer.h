#pragma once

#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::cad_pages {

// A PDF of a page for each sheet. Still an intermediate: Cairo wrote it. Tells what is not on the pages.
// Refuses Reason::cad_empty for no sheets, limit_bytes, limit_pages.
Result<Bytes> draw_sheets(const std::vector<cad::Sheet>& sheets, Context& context);

} // namespace sekisho::cad_pages
