// Pages of documents that only an office suite can lay out.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::layout {

// Type::pdf.
Result<Type> flatten(Job& job);

} // namespace sekisho::layout
