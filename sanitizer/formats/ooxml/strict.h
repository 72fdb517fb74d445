// ISO/IEC 29500 Strict (part 1) said in Transitional (part 4): the vocabularies have one name each since the parser,
// the values and names that differ are changed here, so that every program shows the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sanitizer/formats/ooxml/vocabulary.h"

namespace sekisho::ooxml::strict {

constexpr std::string_view uri = "http://purl.oclc.org/ooxml/"; // all its namespaces begin so

// The name of an element below `parent`: borders and margins of tables have sides, not starts and ends.
std::string_view element_name(Ns ns, std::string_view name, std::string_view parent);

// The name of an attribute.
std::string_view attribute_name(const ElementRow& element, Ns ns, std::string_view name);

// The value of an attribute, under its Transitional name; nothing if it stays. Percentages are numbers, lengths with a
// unit are numbers in the attribute's own unit (universal measures), sides of a line are left and right.
std::optional<std::string> value(const ElementRow& element, Ns ns, std::string_view name, std::string_view value);

} // namespace sekisho::ooxml::strict
