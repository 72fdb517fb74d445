#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::dxf {

Result<Type> rebuild(Job& job);

} // namespace sekisho::dxf
