// Pages of drawings.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::cad_pages {

// Type::pdf.
Result<Type> flatten(Job& job);

} // namespace sekisho::cad_pages
