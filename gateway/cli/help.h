#pragma once

#include <string>

#include "gateway/cli/verbs.h"

namespace sekisho::cli {

// Of the program; of the verbs of one noun ("policy").
std::string help(std::string_view noun = {});
std::string help_of(const VerbRow& verb);

} // namespace sekisho::cli
