#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::jww {

Result<Type> rebuild(Job& job);

} // namespace sekisho::jww
