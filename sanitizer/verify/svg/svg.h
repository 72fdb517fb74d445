// The allow-list grammar of delivered drawings.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> svg(const Source& source, const Limits& limits);

} // namespace sekisho::verify
