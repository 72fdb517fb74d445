// The vocabulary of delivered drawings.
#pragma once

#include <string_view>

namespace sekisho::verify::svg_words {

bool is_element(std::string_view name);
bool holds_text(std::string_view name); // characters may stand in it
bool is_attribute(std::string_view name);
bool is_property(std::string_view name);
bool is_function(std::string_view name); // of style values, in small letters

} // namespace sekisho::verify::svg_words
