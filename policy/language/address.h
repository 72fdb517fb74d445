// Addresses of machines, as a flow pins them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::policy {

// Whether it was meant as an IP or a MAC address, right or wrong.
bool looks_like_address(std::string_view text);

// The canonical form of the address of one machine: no broadcast or group, not "any".
std::optional<std::string> canonical_ip(std::string_view text);
// Also from 02-00-00-00-00-01; lower case, with colons.
std::optional<std::string> canonical_mac(std::string_view text);

} // namespace sekisho::policy
