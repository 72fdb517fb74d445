// "Did you mean": the name that is the fewest typing errors away.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sekisho::policy {

// Empty if nothing is near: at most one error in three characters, and at least one for short names.
std::string nearest(std::string_view name, std::span<const std::string_view> candidates);

} // namespace sekisho::policy
