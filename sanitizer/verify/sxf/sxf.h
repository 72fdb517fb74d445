#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> sfc(const Source& source, const Limits& limits);
Result<> p21(const Source& source, const Limits& limits);

} // namespace sekisho::verify
