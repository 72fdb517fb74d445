// Transfers as the API's JSON.
#pragma once

#include <string>

#include "gateway/protocol/ledger.h"

namespace sekisho::portal {

std::string list_json(const ledger::TransferList& list, bool japanese);
std::string detail_json(const ledger::TransferDetail& detail, bool japanese);

} // namespace sekisho::portal
