// JPEG and PNG rebuilt: same pixels, nothing else.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::image {

Result<Type> jpeg(Job& job);
Result<Type> png(Job& job);

} // namespace sekisho::image
