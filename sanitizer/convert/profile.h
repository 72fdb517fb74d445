// The suite's settings, as files of its own registry.
#pragma once

#include <string>

#include "base/error/error.h"

namespace sekisho::convert {

// Makes `folder` ready to be a profile: empty, and beside it, in `registry`, the settings, which the suite does not
// change.
Result<> write_profile(const std::string& folder);
// file: URL of an absolute path of plain characters.
std::string url_of(const std::string& path);

} // namespace sekisho::convert
