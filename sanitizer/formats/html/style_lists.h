#pragma once

#include <string_view>

namespace sekisho::html {

// Lower-case names.
bool is_property(std::string_view name);
bool is_function(std::string_view name);

} // namespace sekisho::html
