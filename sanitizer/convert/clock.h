// The calendar's clock of this process, which the suite computes with (NOW(), the date in a footer).
#pragma once

#include <cstdint>

namespace sekisho::convert {

// From here on it stands still: seconds since 1970.
void stop_clock(std::int64_t now);

} // namespace sekisho::convert
