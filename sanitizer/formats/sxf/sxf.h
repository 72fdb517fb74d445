#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::sxf {

Result<Type> sfc(Job& job);
Result<Type> p21(Job& job);
// Their words.
Result<Type> sfc_text(Job& job);
Result<Type> p21_text(Job& job);

} // namespace sekisho::sxf
