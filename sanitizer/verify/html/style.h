#pragma once

#include <string_view>

namespace sekisho::verify {

bool declarations_allowed(std::string_view css);
bool sheet_allowed(std::string_view css);

} // namespace sekisho::verify
