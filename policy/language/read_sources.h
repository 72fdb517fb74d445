// The files of a policy from disk.
#pragma once

#include <string>

#include "base/error/error.h"
#include "policy/language/source.h"

namespace sekisho::policy {

// The file and all that it includes, from the same folder; the first is named without its folder. What is included and
// not there is left out: reading the policy reports it at its place. Only ordinary files are opened, and no links are
// followed, so that nothing from elsewhere comes in. Of a file that is too large, one byte too many is read.
Result<Sources> read_sources(const std::string& path);

} // namespace sekisho::policy
