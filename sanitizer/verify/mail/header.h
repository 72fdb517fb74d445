#pragma once

#include <string>
#include <string_view>

#include "base/error/error.h"

namespace sekisho::verify {

// One field of a mail's header, unfolded (line ends taken out, the blanks behind them kept). `place` is where the last
// field stood in the only order there is, and moves on.
Result<> check_field(std::string_view name, std::string_view value, std::size_t& place);

// The file name in ";filename=..." or ";filename*0*=..."; refuses what is spelled otherwise.
Result<std::string> file_name_of(std::string_view parameters);

} // namespace sekisho::verify
