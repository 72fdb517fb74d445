#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::markdown {

Result<Type> rebuild(Job& job);

} // namespace sekisho::markdown
