// Office documents before Office Open XML, by way of the converter.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::legacy {

// Type::docx, xlsx or pptx.
Result<Type> rebuild(Job& job);
// The characters only. Type::text.
Result<Type> text(Job& job);

} // namespace sekisho::legacy
