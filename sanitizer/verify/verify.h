// The verifier's table: from the type that the sanitiser says it wrote to the grammar that the file must satisfy.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"
#include "sanitizer/core/options.h"

namespace sekisho::verify {

// Accepts a file that is exactly what our writers write for this type; else refuses Reason::verify_*.
Result<> file(Type type, const Source& output, const Limits& limits);
// The same for a file that was sent as it is, with what policy lets it keep.
Result<> file(Type type, const Source& output, const Limits& limits, const Options& options);

} // namespace sekisho::verify
