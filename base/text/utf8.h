#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho {

// The length of the well-formed sequence that `text` begins with (RFC 3629: shortest form, no surrogates, at most
// U+10FFFF); 0 if it is ill-formed or `text` is empty.
std::size_t utf8_length(std::string_view text);
// The character of such a sequence.
char32_t utf8_character(std::string_view sequence);
bool is_utf8(std::string_view text);
// Adds the character, which is at most U+10FFFF, to `out`.
void append_utf8(std::string& out, char32_t character);
// The longest prefix of at most `most` bytes that does not cut a sequence.
std::string_view utf8_prefix(std::string_view text, std::size_t most);

} // namespace sekisho
