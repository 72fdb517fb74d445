#pragma once

#include "base/settings/settings.h"

namespace sekisho::settings {

// A message if `value` is nothing the row allows; empty if it is.
std::string problem_with(const SettingRow& row, std::string_view value);
std::string problem_with(const SettingRow& row, std::uint64_t value);
// The candidate that is the fewest typing errors away; empty if none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

} // namespace sekisho::settings
