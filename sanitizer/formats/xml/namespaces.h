#pragma once

#include <string_view>

namespace sekisho::xml {

enum class Behaviour { none, acts, program, office, unknown };

// What readers of XML do with elements of a namespace.
Behaviour behaviour_of(std::string_view uri);

// Written before a namespace that acts or is not known.
inline constexpr std::string_view inert = "urn:inert:";

} // namespace sekisho::xml
