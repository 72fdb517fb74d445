// Pages of what is characters only.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::pages {

// Type::pdf.
Result<Type> flatten(Job& job);

// Finds the font, so that its file is known once the process is confined.
void warm_up();

} // namespace sekisho::pages
