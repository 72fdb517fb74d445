// The allow-list grammar of delivered text and CSV.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

Result<> text(const Source& source, const Limits& limits);
Result<> csv(const Source& source, const Limits& limits);
// Markdown in which no dialect sees HTML or an address that leads to a bad place.
Result<> markdown(const Source& source, const Limits& limits);

} // namespace sekisho::verify
