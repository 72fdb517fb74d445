// Addresses that a person may follow out of a document.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::ooxml {

// The address with blanks and delimiters percent-encoded, or nothing unless it is absolute http, https, mailto or tel.
// "#place" stays, too: it leads nowhere but into the document.
std::optional<std::string> safe_address(std::string_view address);

} // namespace sekisho::ooxml
