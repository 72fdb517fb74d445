// Lines of text on pages of A4.
#pragma once

#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::pages {

// A PDF. Still an intermediate: Cairo wrote it. `utf8` is valid. Refuses limit_pages and limit_bytes.
Result<Bytes> set_pages(std::string_view utf8, Context& context);

} // namespace sekisho::pages
