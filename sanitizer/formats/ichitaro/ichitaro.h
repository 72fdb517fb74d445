#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::ichitaro {

Result<Type> text(Job& job);

} // namespace sekisho::ichitaro
