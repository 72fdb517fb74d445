// Numbers of text formats: read strictly, printed in one canonical form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::cad {

// A decimal number with blanks around it; nothing for what is no finite number.
std::optional<double> real_of(std::string_view text);
std::optional<std::int64_t> integer_of(std::string_view text);
// Hexadecimal digits without a sign, at most 64 bits.
std::optional<std::uint64_t> handle_of(std::string_view text);

// The shortest decimal that reads as the same number, with a point in it.
void put_real(std::string& out, double value);
void put_integer(std::string& out, std::int64_t value);
void put_handle(std::string& out, std::uint64_t value);

} // namespace sekisho::cad
