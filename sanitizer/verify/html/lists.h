#pragma once

#include <string_view>

namespace sekisho::verify {

bool html_element_allowed(std::string_view name);
bool html_attribute_allowed(std::string_view element, std::string_view name);
bool html_link_allowed(std::string_view address);

} // namespace sekisho::verify
