// The verifier's table: from the type that the sanitiser says it wrote to the grammar that the file must satisfy.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Accepts a file that is exactly what our writers write for this type; else refuses Reason::verify_*.
Result<> file(Type type, const Source& output, const Limits& limits);

} // namespace sekisho::verify
