// The work of a sanitiser's worker: question worker::Sanitize with (input, output pipe), answer worker::Sanitized.
#pragma once

#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

extern const Kind sanitize_kind;

} // namespace sekisho::worker
