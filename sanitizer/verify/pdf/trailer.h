// A look at the trailer before Poppler reads the file.
#pragma once

#include "sanitizer/core/limits.h"
#include "sanitizer/verify/pdf/frame.h"

namespace sekisho::verify {

// Refuses what would make Poppler allocate without bound, decrypt, or read more than one cross-reference section.
Result<> check_trailer(View file, const Frame& frame, const Limits& limits);

} // namespace sekisho::verify
