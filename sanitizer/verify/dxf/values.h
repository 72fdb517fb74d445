// The forms that values of a delivered drawing have.
#pragma once

#include <string_view>

namespace sekisho::verify::drawing {

enum class Charset : unsigned char { cp932_or_utf8, cp932, cp1252, utf8 };

bool is_real(std::string_view text);
bool is_integer(std::string_view text);
bool is_handle(std::string_view text);
bool is_identifier(std::string_view text);
bool is_clean_text(std::string_view text, Charset charset);
bool leads_out(std::string_view address);

} // namespace sekisho::verify::drawing
