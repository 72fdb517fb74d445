// The independent reader of delivered PDFs. It shares no parser with the sanitiser.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Verifies a file inside; `limits` holds what is left for it (depth, bytes_unpacked).
using VerifyPart = Result<> (*)(Type type, const Source& content, const Limits& limits);

// Accepts only what the narrow grammar of this room allows; everything else is a reject "verify.pdf.*".
// Without `part` no file may be attached.
Result<> pdf(const Source& output, const Limits& limits, VerifyPart part = nullptr);

} // namespace sekisho::verify
