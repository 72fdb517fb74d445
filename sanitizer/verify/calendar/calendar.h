#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> calendar(const Source& source, const Limits& limits);
Result<> vcard(const Source& source, const Limits& limits);

} // namespace sekisho::verify
