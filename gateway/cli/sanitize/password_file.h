#pragma once

#include <string>
#include <vector>

#include "base/error/error.h"

namespace sekisho::cli {

// One password a line, UTF-8; empty lines do not count. They never stand on a command line, where every process of the
// machine could read them. reject "usage" for more or longer ones than a job may have.
Result<std::vector<std::string>> passwords_of_file(const std::string& path);

} // namespace sekisho::cli
