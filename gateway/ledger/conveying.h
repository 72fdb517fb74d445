// What the conveyor asks for: work, a place for the output, and to be believed.
#pragma once

#include <deque>
#include <map>

#include "gateway/ledger/believing.h"
#include "gateway/ledger/core.h"

namespace sekisho::ledger {

class Conveying {
public:
    // What comes after a result that is believed.
    using Decide = std::function<Result<>(Transfer&, const std::vector<StageReceipt>&)>;

    Conveying(Core& core, Decide decide) : m_core(core), m_decide(std::move(decide)) {}
    Result<> lease(const Lease& asked, const Caller& caller);
    Result<> store(const StoreOutput& asked, const Caller& caller);
    Result<> complete(const Complete& said, const Caller& caller);

    // A transfer waits for the conveyor; it is handed out before the batch ends, if somebody waits.
    void offer(const TransferId& id) { m_queue.push_back(id); }
    // Every transfer that the journal says is received.
    Result<> reload();
    void serve();
    // Takes back what nobody works on any more.
    void tick();
    // Journals that a try has ended without a result: once more, or failed for good.
    Result<> try_again(Transfer& transfer, Reason reason, std::string_view why);

private:
    using Clock = std::chrono::steady_clock;
    struct Lent {
        std::uint32_t epoch = 0;
        CallPointer call; // its connection is the lease's life
        Clock::time_point until;
        bool storing = false;
        std::optional<StagedOutput> staged;
    };
    struct Waiting {
        CallPointer call;
        Clock::time_point until;
    };
    Result<> hand_out(const TransferId& id, const CallPointer& call, bool& handed);
    Result<> stored(const StoreOutput& asked, const Copied& copied, const CallPointer& call);
    Result<> lied(Transfer& transfer, const Complete& said, const Error& error, const Caller& caller);
    Lent* lent(const TransferId& id, std::uint32_t epoch);
    void take_back(const TransferId& id, std::string_view why);
    Result<> record_stages(const Transfer& transfer, const std::vector<StageReceipt>& receipts);
    void offer_later(const TransferId& id, std::uint32_t attempts);

    Core& m_core;
    Decide m_decide;
    std::deque<TransferId> m_queue;
    std::deque<Waiting> m_waiting;
    std::map<TransferId, Lent> m_lent;
};

} // namespace sekisho::ledger
