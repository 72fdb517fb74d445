#pragma once

#include <string>

#include "gateway/cli/verbs.h"

namespace sekisho::cli {

std::string help();                       // of the program
std::string help_of(const VerbRow& verb); // of one verb

} // namespace sekisho::cli
