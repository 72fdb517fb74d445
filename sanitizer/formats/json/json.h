#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::json {

Result<Type> rebuild(Job& job);

} // namespace sekisho::json
