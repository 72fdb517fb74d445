// The work of a converter's worker: question worker::Convert with (document, output pipe), answer worker::Converted.
#pragma once

#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

extern const Kind convert_kind;

} // namespace sekisho::worker
