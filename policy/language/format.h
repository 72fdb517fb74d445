// A policy file in the one way of writing it: what people change then is what they meant to change.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "policy/language/diagnostic.h"

namespace sekisho::policy {

// The same words and comments in the same order, only lines and spaces anew; formatting that again changes nothing.
// What is in a file with problems cannot be told apart for certain: it is not formatted, and the problems come back.
std::expected<std::string, std::vector<Diagnostic>> format(const Source& source);

} // namespace sekisho::policy
