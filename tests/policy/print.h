// A syntax tree as a policy again, from what the parser understood and nothing else: each statement on a line.
#pragma once

#include <string>

#include "policy/language/syntax.h"

namespace sekisho::tests {

// Two trees print alike if they say the same.
std::string print(const policy::Tree& tree);

} // namespace sekisho::tests
