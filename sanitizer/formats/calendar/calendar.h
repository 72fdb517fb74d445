#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::calendar {

// Type::calendar and Type::vcard: the first line says which.
Result<Type> rebuild(Job& job);

} // namespace sekisho::calendar
