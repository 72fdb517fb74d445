// The independent reader of delivered PDFs. It shares no parser with the sanitiser.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Accepts only what the narrow grammar of this room allows; everything else is a reject "verify.pdf.*".
Result<> pdf(const Source& output, const Limits& limits);

} // namespace sekisho::verify
