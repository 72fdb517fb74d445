#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::html {

enum class Address : unsigned char { web, fragment, script, data, content_id, other };

// What an address leads to, read as browsers read it: blanks and controls inside of the scheme do not count.
Address address_kind(std::string_view address);
// http, https, mailto, tel or a place in the same page, as it is written; nothing for all others.
std::optional<std::string> safe_link(std::string_view address);
// Blanks and controls around and inside, as browsers drop them.
std::string trimmed(std::string_view address);

} // namespace sekisho::html
