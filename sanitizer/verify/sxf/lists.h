// What a delivered SXF drawing may hold, listed a second time.
#pragma once

#include <string_view>

namespace sekisho::verify::exchange {

// The parameters of a feature, a letter each: i integer, r real, s text, n name of a figure, o integer or nothing, I
// and R lists, h patterns of hatching, as many as the integer before says. Empty for a feature that may not be there.
std::string_view parameters_of(std::string_view feature);
bool is_entity(std::string_view name);

} // namespace sekisho::verify::exchange
