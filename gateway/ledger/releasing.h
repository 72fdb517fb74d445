// Has the move done by `release`, once the audit log holds the decision.
#pragma once

#include <map>

#include "gateway/ledger/core.h"
#include "gateway/protocol/release.h"

namespace sekisho::ledger {

class Releasing {
public:
    using Again = std::function<Result<>(Transfer&, Reason, std::string_view)>;

    Releasing(Core& core, Again again)
        : m_core(core), m_again(std::move(again)), m_callers(2, core.options.release_socket) {}
    // A transfer was decided; it moves when the record of that is acknowledged.
    Result<> add(const Transfer& transfer);
    // Every transfer that the journal says is on its way.
    Result<> reload();
    // Starts what may start now.
    void advance();
    // Has what was delivered deleted.
    void remove_delivered(const TransferId& id, const std::string& zone);

private:
    Result<> start(const TransferId& id);
    void answered(const TransferId& id, const Result<release::Released>& answer);
    Result<> settle(Transfer& transfer, const Result<release::Released>& answer);
    Result<> delivered(Transfer& transfer, const release::Released& released);
    Result<> refused(Transfer& transfer, const Error& error);

    Core& m_core;
    Again m_again;
    std::multimap<std::uint64_t, TransferId> m_waiting; // by the sequence of the decision's record
    std::set<TransferId> m_asked;
    std::chrono::milliseconds m_pause{0}; // before the next try, while `release` cannot be reached
    std::chrono::steady_clock::time_point m_next_try;
    Callers m_callers;
};

} // namespace sekisho::ledger
