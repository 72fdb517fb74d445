// Transfers as the API's JSON.
#pragma once

#include <string>

#include "gateway/protocol/ledger.h"

namespace sekisho::portal {

// "sending", "sanitising", "waiting", "ready", "returned", "ended": the states that a person understands.
std::string_view phase_of(State state);
std::string list_json(const ledger::TransferList& list, bool japanese);
std::string detail_json(const ledger::TransferDetail& detail, bool japanese);
// ISO 8601 in UTC, from Unix milliseconds.
std::string time_text(std::int64_t milliseconds);

} // namespace sekisho::portal
