// The conveyor drives hostile content; what it says is believed only as far as it fits what the ledger knows itself.
#pragma once

#include <optional>

#include "gateway/ledger/transfer_row.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::ledger {

struct StagedOutput {
    std::uint64_t size = 0;
    Digest digest{}; // computed by the ledger
};

// reject "conveyor.receipts", "conveyor.chain", "conveyor.ticket".
Result<> check_completion(const Complete& said, const Transfer& transfer, const std::optional<StagedOutput>& staged);

} // namespace sekisho::ledger
