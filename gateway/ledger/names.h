#pragma once

#include <string>
#include <string_view>

#include "gateway/protocol/transfer.h"

namespace sekisho::ledger {

// One line of ordinary text of at most `most` bytes: control characters become spaces.
std::string cleaned_text(std::string_view text, std::size_t most);
bool is_zone_name(std::string_view name);
// reject "person.invalid": empty ids, control characters, or not UTF-8.
Result<> check_person(const Person& person);

} // namespace sekisho::ledger
