// What the language needs to know about characters. The tables are ICU's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::policy {

struct Character {
    char32_t code = 0xFFFD;
    std::size_t size = 1; // in bytes of UTF-8
    bool valid = false;
};

// The character at a byte offset. Strict: no overlong forms, no surrogates; an invalid one has size 1.
Character character_at(std::string_view text, std::size_t offset);

// Terminal cells: 2 for East Asian wide and full-width, 0 for combining marks, else 1.
unsigned cells_of(char32_t code);

// Unicode normalization form C; false for text that is not UTF-8.
bool is_composed(std::string_view text);

// The text in normalization form C, on the caller's memory; nothing if it is not UTF-8 or does not fit. Needs no heap.
std::optional<std::size_t> compose(std::string_view text, std::span<char32_t> into);

// What a reader of the source cannot see, or sees differently from what it is.
enum class Hazard : std::uint8_t { none, control, bidi, invisible };
Hazard hazard_of(char32_t code);

// The half-width way to write a character ("＝" is "=", "≦" is "<="); empty if it has none.
std::string half_width(char32_t code);

// Latin (ASCII), Han, Hiragana and Katakana: no other script can imitate them in a name.
bool begins_name(char32_t code);
bool continues_name(char32_t code);
// Draws nothing and stands inside words: zero-width joiners and spaces, direction marks.
bool is_format(char32_t code);
// The name with each character that looks like another one (カ and 力, へ and ヘ, l and 1) written as that one: two
// names with the same skeleton look the same on paper.
std::string skeleton_of(std::string_view name);
// A letter of any script.
bool is_letter(char32_t code);

// "U+202E"
std::string code_point(char32_t code);

// The text with every hazard and every invalid byte replaced by U+FFFD: safe for a terminal.
std::string visible(std::string_view text);

} // namespace sekisho::policy
