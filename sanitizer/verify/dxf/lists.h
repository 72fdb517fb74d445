// What a delivered drawing may hold, listed a second time.
#pragma once

#include <span>
#include <string_view>

namespace sekisho::verify::drawing {

enum class Section : unsigned char { none, header, classes, tables, blocks, entities, objects };
Section section_named(std::string_view name);

// The group codes in which an object may hold text; nullptr for an object that may not be there.
const std::span<const int>* text_groups(Section section, std::string_view kind);
bool is_text_variable(std::string_view name);
bool is_application(std::string_view name);

enum class Kind : unsigned char { bad, text, real, integer, handle };
Kind kind_of(int code);

} // namespace sekisho::verify::drawing
