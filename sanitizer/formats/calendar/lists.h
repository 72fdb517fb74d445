// What calendars and cards may hold. Names in upper case.
#pragma once

#include <string_view>

namespace sekisho::calendar {

enum class Value : unsigned char { removed, text, plain, address };
// text: words; plain: dates, numbers, rules (ASCII without spaces to speak of); address: mailto only.
Value calendar_property(std::string_view name);
Value card_property(std::string_view name);
bool is_component(std::string_view name);
bool is_parameter(std::string_view name);

} // namespace sekisho::calendar
