#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Verifies one member; `limits` holds what is left for it (depth, bytes_unpacked).
using VerifyMember = Result<> (*)(Type type, const Source& content, const Limits& limits);

// A ZIP as our writer writes it, each member by the kind that its extension names.
Result<> zip(const Source& output, const Limits& limits, VerifyMember member);

} // namespace sekisho::verify
