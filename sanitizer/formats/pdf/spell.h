// Spelling of the PDF basic types (ISO 32000-1, 7.3): each value is made anew, in one canonical form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::pdf {

void put_integer(std::string& out, std::int64_t value);
// Canonical form of a decimal number as found in a file: no exponent, no needless zeros, at most ten digits on
// either side of the point. "0" if it is no number.
void put_number(std::string& out, std::string_view text);
void put_number(std::string& out, double value);
// `name` without the slash, decoded; everything irregular is written as #xx.
void put_name(std::string& out, std::string_view name);
// A literal string when it is mostly printable, else hexadecimal.
void put_string(std::string& out, std::string_view bytes);
void put_reference(std::string& out, int number);

} // namespace sekisho::pdf
