#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

// Relative, NFC UTF-8, no step that a system reads in its own way, no character that hides or forbids.
bool name_is_clean(std::string_view name);
// Equal for names that differ by case only. The name must be clean.
std::string caseless(std::string_view name);
// The kind that the extension promises; nothing if it promises none that is delivered.
std::optional<Type> promised_kind(std::string_view name);

} // namespace sekisho::verify
