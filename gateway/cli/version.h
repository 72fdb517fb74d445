#pragma once

#include <string_view>

namespace sekisho::cli {

inline constexpr std::string_view version = SEKISHO_VERSION;

} // namespace sekisho::cli
