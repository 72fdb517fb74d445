// What the texts of a drawing say once a program draws them.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::dxf {

// Characters that are written as escapes ("\U+XXXX", "\M+1XXXX"), for every text.
std::string without_escapes(std::string_view utf8);
// "%%c", "%%d", "%%p", "%%nnn", and the codes for lines above and below, which go (DXF Reference, TEXT).
std::string without_control_codes(std::string_view utf8);

} // namespace sekisho::dxf
