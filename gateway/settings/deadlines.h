// How long a stage may take: the conveyor gives up on it after this, and the ledger takes the whole file back only after
// all of them. Both ask here.
#pragma once

#include <chrono>

#include "gateway/settings/settings.h"

namespace sekisho {

struct Deadlines {
    std::chrono::seconds scan{};
    std::chrono::seconds sanitize{};
    std::chrono::seconds store{}; // from the end of the worker's output until it is on disk
    std::chrono::seconds verify{};
    std::chrono::seconds lease{}; // of one file, from the ledger to its result
};

Deadlines deadlines_of(const Settings& settings);

} // namespace sekisho
