#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Verifies a picture or an embedded document; `limits` holds what is left for it (depth, bytes_unpacked).
using VerifyEmbedded = Result<> (*)(Type type, const Source& content, const Limits& limits);

// A Word, Excel or PowerPoint package (`type`) as our writer writes it: no macro, nothing active, nothing that leads
// out but plain addresses of hyperlinks.
Result<> ooxml(Type type, const Source& output, const Limits& limits, VerifyEmbedded embedded);

} // namespace sekisho::verify
