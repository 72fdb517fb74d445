// The work of a verifier's worker: question worker::Verify with (output, read-only), answer worker::Verified.
#pragma once

#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

extern const Kind verify_kind;

} // namespace sekisho::worker
