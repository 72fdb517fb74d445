// When a document was last saved, by what it says itself.
#pragma once

#include <cstdint>
#include <optional>

#include "sanitizer/core/job.h"

namespace sekisho {

// Seconds since 1970 (UTC). Nothing if it does not say, or what cannot be.
std::optional<std::int64_t> last_saved(const Job& job);

} // namespace sekisho
