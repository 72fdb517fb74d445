// The table of formats: from a detected type and a level to the function that does it.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/detect/detect.h"

namespace sekisho {

// Sanitises a file whose type detect() found, at the level of the context; returns the type that was written.
// Refuses a type that may not pass with the reason that fits its family, and a level that the type does not have.
// `name` is a hint, as everywhere.
Result<Type> sanitize_as(Type type, const Source& in, Sink& out, Context& context, std::string_view name = {});

// detect() and sanitize_as(); what Context::sanitize_nested calls for files inside files.
Result<Type> sanitize_file(const Source& in, Sink& out, std::string_view name, Context& context);

// Loads everything that libraries load lazily. Once, before the process is confined.
void warm_up();

} // namespace sekisho
