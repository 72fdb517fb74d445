#pragma once

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"
#include "sanitizer/verify/ooxml/ooxml.h"

namespace sekisho::verify {

// An OpenDocument package (`type`) as our writer writes it: no macro, nothing active, nothing that leads out but plain
// addresses of links.
Result<> odf(Type type, const Source& output, const Limits& limits, VerifyEmbedded embedded);

} // namespace sekisho::verify
