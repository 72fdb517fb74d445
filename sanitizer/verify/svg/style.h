// The styles of delivered drawings: nothing in them may leave the drawing.
#pragma once

#include <string_view>

namespace sekisho::verify::svg_style {

bool is_value(std::string_view value);
bool is_declarations(std::string_view text);
bool is_sheet(std::string_view text); // lines of "selector{declarations}"

} // namespace sekisho::verify::svg_style
