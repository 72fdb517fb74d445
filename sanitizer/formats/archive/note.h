#pragma once

#include <string>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::archive {

// What stands in the archive instead of a member that may not pass: UTF-8 with BOM, Japanese and English.
std::string refusal_note(std::string_view name, const Error& error);

} // namespace sekisho::archive
