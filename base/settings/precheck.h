#pragma once

#include <string_view>

#include "base/error/error.h"

namespace sekisho::settings {

// What the TOML parser must never see: too large, too long a line, too deep, a control character. reject "settings.*".
Result<> precheck(std::string_view content, const std::string& file);

} // namespace sekisho::settings
