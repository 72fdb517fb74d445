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
    // `before`: the receipts of the try before this one.
    using Decide = std::function<Result<>(Transfer&, const std::vector<StageReceipt>& now,
                                          const std::vector<StageReceipt>& before)>;

    // Of one whose passwords are gone.
    using Refuse = std::function<Result<>(Transfer&)>;

    Conveying(Core& core, Decide decide, Refuse refuse_unopened)
        : m_core(core), m_decide(std::move(decide)), m_refuse_unopened(std::move(refuse_unopened)) {}
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
    // The same at once, because a connection has ended.
    void look_for_lost();
    // Journals that a try has ended without a result: once more, or failed for good.
    Result<> try_again(Transfer& transfer, Reason reason, std::string_view why) {
        return try_again(transfer, reason, why, pause_of(transfer));
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Lent {
        std::uint32_t epoch = 0;
        CallPointer call; // its connection is the lease's life
        Clock::time_point until;
        bool storing = false;
        std::optional<StagedOutput> staged;
        bool durable = false; // the staged output is
        // What was said before the output was durable, and waits for that.
        std::optional<std::pair<Complete, Caller>> early = std::nullopt;
    };
    struct Waiting {
        CallPointer call;
        Clock::time_point until;
    };
    Result<> hand_out(const TransferId& id, const CallPointer& call, bool& handed);
    Result<Descriptor> open_input(const Transfer& transfer);
    // The output is whole; while others look at it, it becomes durable.
    Result<> written(const StoreOutput& asked, const Copied& copied, const CallPointer& call);
    void stored(const StoreOutput& asked, const Copied& copied);
    Result<> lied(Transfer& transfer, const Complete& said, const Error& error, const Caller& caller);
    Lent* lent(const TransferId& id, std::uint32_t epoch);
    Result<> try_again(Transfer& transfer, Reason reason, std::string_view why, std::chrono::milliseconds pause);
    std::chrono::milliseconds pause_of(const Transfer& transfer) const;
    void take_back(const TransferId& id, std::string_view why, bool at_once);
    Result<> record_stages(const Transfer& transfer, const std::vector<StageReceipt>& receipts);

    Core& m_core;
    Decide m_decide;
    Refuse m_refuse_unopened;
    std::deque<TransferId> m_queue;
    std::deque<Waiting> m_waiting;
    std::map<TransferId, Lent> m_lent;
};

} // namespace sekisho::ledger
