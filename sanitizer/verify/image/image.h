// The allow-list grammar of delivered pictures.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> jpeg(const Source& source, const Limits& limits);
// With Location::allowed, one EXIF block may be there that says where the picture was taken and nothing else.
enum class Location : std::uint8_t { forbidden, allowed };
Result<> jpeg(const Source& source, const Limits& limits, Location location);
Result<> png(const Source& source, const Limits& limits);
Result<> gif(const Source& source, const Limits& limits);
Result<> tiff(const Source& source, const Limits& limits);

} // namespace sekisho::verify
