#pragma once

#include <string>

#include "base/error/error.h"
#include "sanitizer/core/limits.h"

namespace sekisho::cli {

// A TOML file of `name = number` lines, names as in the limits table (`sekisho sanitize --help` lists them), at the top
// or under [limits]. reject "limits.invalid" with line and column for anything else.
Result<Limits> limits_of_file(const std::string& path);

} // namespace sekisho::cli
