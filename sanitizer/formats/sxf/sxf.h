#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::sxf {

Result<Type> sfc(Job& job);
Result<Type> p21(Job& job);

} // namespace sekisho::sxf
