// The allow-list grammar of delivered pictures.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> jpeg(const Source& source, const Limits& limits);
Result<> png(const Source& source, const Limits& limits);
Result<> gif(const Source& source, const Limits& limits);
Result<> tiff(const Source& source, const Limits& limits);

} // namespace sekisho::verify
