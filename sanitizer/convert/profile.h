// The suite's settings, as its own file of user settings.
#pragma once

#include <string>

#include "base/error/error.h"

namespace sekisho::convert {

// Makes `folder` with the settings below it, ready to be a profile.
Result<> write_profile(const std::string& folder);
// file: URL of an absolute path of plain characters.
std::string url_of(const std::string& path);

} // namespace sekisho::convert
