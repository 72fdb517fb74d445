// What portals ask for people who look: lists, details, content, receipts. Nobody sees what is not theirs; a transfer
// that somebody may not see does not exist for them.
#pragma once

#include "gateway/ledger/core.h"
#include "gateway/ledger/deciding.h"
#include "gateway/ledger/workers.h"

namespace sekisho::ledger {

class Looking {
public:
    Looking(Core& core, Deciding& deciding)
        : m_core(core), m_deciding(deciding), m_askers(1, core.options.audit_socket) {}
    Result<> list(const ListTransfers& asked, const Caller& caller);
    Result<> get(const GetTransfer& asked, const Caller& caller);
    Result<> open(const OpenDelivered& asked, const Caller& caller);
    Result<> receipt(const GetReceipt& asked, const Caller& caller);
    Result<> wait(const WaitChange& asked, const Caller& caller);
    // Answers for receipts whose proof was still on its way.
    void advance();

private:
    struct Pending {
        GetReceipt asked;
        Caller caller;
        std::uint64_t sequence = 0; // of the audit record that its proof is for
        std::chrono::steady_clock::time_point until;
    };
    static constexpr std::size_t most_pending = 256;
    static constexpr std::chrono::seconds proof_patience{3};
    Result<> make_receipt(const Transfer& transfer, const Caller& caller);

    Result<std::vector<Transfer>> rows(const ListTransfers& asked, const Page& page);
    Result<TransferList> approvable(const ListTransfers& asked, const Caller& caller, Page page);
    Result<Transfer> visible(const TransferId& id, const Person& viewer, const std::string& zone);

    Core& m_core;
    Deciding& m_deciding;
    std::vector<Pending> m_pending;
    Callers m_askers; // of the audit log, for proofs and signatures
};

Summary summary_of(const Transfer& transfer);

} // namespace sekisho::ledger
