#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Verifies one part; `limits` holds what is left for it (depth, bytes_unpacked).
using VerifyPart = Result<> (*)(Type type, const Source& content, const Limits& limits);

Result<> mail(const Source& source, const Limits& limits, VerifyPart part);

} // namespace sekisho::verify
