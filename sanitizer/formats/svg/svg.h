// SVG drawings (SVG 1.1 and 2) written anew from an allow-list.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::svg {

Result<Type> rebuild(Job& job);
// The characters that are drawn, one line per text.
Result<Type> text(Job& job);

} // namespace sekisho::svg
