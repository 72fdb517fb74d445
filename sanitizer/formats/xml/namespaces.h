#pragma once

#include <string_view>

namespace sekisho::xml {

enum class Behaviour { none, acts, program, office };

// What readers of XML do with elements of a namespace.
Behaviour behaviour_of(std::string_view uri);

// Written instead of a namespace that acts, with the original behind it.
inline constexpr std::string_view inert = "urn:inert:";

} // namespace sekisho::xml
