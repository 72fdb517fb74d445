#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::archive {

// A ZIP into a new ZIP whose members were sanitised one by one.
Result<Type> zip(Job& job);

// Opens ICU's converters once, before the process is confined.
void warm_up();

} // namespace sekisho::archive
