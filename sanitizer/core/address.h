// Addresses that a document may point to, wherever they stand: the same for every format.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho {

// Schemes are compared without case; `scheme` is in small letters and ends with its colon or slashes.
bool has_scheme(std::string_view address, std::string_view scheme);
// http, https, mailto or tel, and something after it.
bool leads_out_safely(std::string_view address);
// The address as it is written out: what could end an attribute is percent-encoded. Nothing if it holds control
// characters or backslashes (readers disagree about them), or is longer than 8192 bytes.
std::optional<std::string> spelled_address(std::string_view address);

} // namespace sekisho
