#pragma once

#include <string>
#include <string_view>

#include "gateway/protocol/transfer.h"

namespace sekisho::ledger {

inline constexpr std::size_t longest_name = 240; // bytes: leaves room for an extension below 255

// A file name that every desktop can store and no page can be fooled by: UTF-8, the last path component, no control,
// formatting or direction characters, none of <>:"/\|?*, no device name of Windows, at most longest_name bytes.
std::string cleaned_name(std::string_view name);
// The name with the extension of what is delivered.
std::string name_as(std::string_view name, Type type);
// One line of ordinary text of at most `most` bytes: control characters become spaces.
std::string cleaned_text(std::string_view text, std::size_t most);
bool is_zone_name(std::string_view name);
// reject "person.invalid": empty ids, control characters, or not UTF-8.
Result<> check_person(const Person& person);

} // namespace sekisho::ledger
