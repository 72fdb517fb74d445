// Header text: RFC 2047 in, UTF-8 in between, one way out.
#pragma once

#include <string>
#include <string_view>

#include "sanitizer/core/budget.h"

namespace sekisho::mail {

// Encoded words (in pieces, split within characters, without blanks between them) and raw bytes of any charset, as one
// line of clean UTF-8. Sets `converted` if something was not plain ASCII or UTF-8.
// `hidden`: something invisible was taken out that turns the order of what is shown.
std::string decode_words(std::string_view raw, Budget& budget, bool& converted, bool* hidden = nullptr);
// Bytes of a declared or unknown charset as one line.
std::string decode_line(std::string_view raw, std::string_view charset, Budget& budget, bool* hidden = nullptr);

// "Name: value" folded, the value as ASCII or as UTF-8 in base64 words; with CRLF.
std::string write_field(std::string_view name, std::string_view value);
// A value as words of at most 75 characters, separated by CRLF and a blank.
std::string encode_words(std::string_view value);
bool is_plain_ascii(std::string_view value);

} // namespace sekisho::mail
