// What the ledger tells the audit log: the rows of gateway/audit/events.def, as numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::ledger {

enum class Event : std::uint8_t {
#define EVENT(id, ...) id,
#include "gateway/audit/events.def"
#undef EVENT
    count
};

std::string_view name_of(Event event);

} // namespace sekisho::ledger
