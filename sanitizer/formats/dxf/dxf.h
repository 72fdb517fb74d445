#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::dxf {

Result<Type> rebuild(Job& job);
Result<Type> text(Job& job); // its words

} // namespace sekisho::dxf
