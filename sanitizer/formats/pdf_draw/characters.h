#pragma once

#include <string>
#include <string_view>

namespace sekisho::pdf::drawing {

// Appends UTF-8 text without what only steers a reader: control characters, and marks that turn or hide text. Line ends
// become "\n". Damaged UTF-8 becomes U+FFFD.
void append_plain(std::string& out, std::string_view text);

} // namespace sekisho::pdf::drawing
