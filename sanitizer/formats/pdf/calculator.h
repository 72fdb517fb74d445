// Type 4 functions (ISO 32000-1, 7.10.5): a closed set of operators, numbers and braces.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

Result<std::string> rewrite_calculator(View program);

} // namespace sekisho::pdf
