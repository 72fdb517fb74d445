#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> jww(const Source& source, const Limits& limits);

} // namespace sekisho::verify
