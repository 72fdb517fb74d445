// What all parts of the ledger share: the journal with its group commit, the spool, the judge, and the outbox to the
// audit log. Inside the room only.
#pragma once

#include <set>

#include "base/text/json_writer.h"
#include "gateway/ledger/audit_sender.h"
#include "gateway/ledger/batch.h"
#include "gateway/ledger/changes.h"
#include "gateway/ledger/events.h"
#include "gateway/ledger/intake.h"
#include "gateway/ledger/journal.h"
#include "gateway/ledger/judge.h"
#include "gateway/ledger/names.h"
#include "gateway/ledger/options.h"
#include "gateway/ledger/passwords.h"
#include "gateway/ledger/spool.h"

namespace sekisho::ledger {

// Who asks: a portal's zone comes from the process that called, never from what it says.
struct Caller {
    CallPointer call;
    std::string zone; // empty unless a portal asks
};

class Core {
public:
    Core(Loop& loop, Options options, Spool spool, Journal journal);

    // Runs `work` on the journal: all of it, or nothing and the error.
    Result<> attempt(const std::function<Result<>()>& work);
    // The same for a call: the error is its answer.
    void attempt_for(const CallPointer& call, const std::function<Result<>()>& work);
    // Makes durable what came together, then lets the batch loose.
    void finish_batch();

    std::int64_t now() const { return options.now(); }
    Result<> save(Transfer& transfer); // stamps `changed` and tells who may look
    using Fill = std::function<void(JsonWriter&)>;
    // Adds an audit record; its sequence.
    Result<std::uint64_t> record(Event event, const Transfer* transfer, const Fill& fill = nullptr);
    Result<std::uint64_t> record_release(const Transfer& transfer, bool again);
    // Keeps a question and its answer for replay, and what the shadow answers if it is something else.
    Result<> note_decision(const Transfer& transfer, judge::Phase phase, const policy::Sample& question,
                           const judge::Answer& answer);
    // Deletes content once the journal says that it is not needed.
    Result<> discard(const Transfer& transfer);

    // Why nothing new is accepted; nothing if all is well.
    std::optional<Error> obstacle() const;
    std::string obstacle_word() const; // for Health
    Result<> check_space(std::uint64_t bytes) const;
    // fail "storage.full".
    static std::unexpected<Error> no_space(const char* message);

    // --- audit
    void on_position(std::uint64_t sequence);
    void on_acknowledged(const AuditSender::Acknowledged& said);
    void on_pulse(AuditSender::Pulse pulse);
    std::uint64_t acknowledged() const { return m_acknowledged; }
    void align_outbox();
    void tick();
    // Called whenever the acknowledged sequence grew.
    std::function<void()> audit_moved;
    std::function<Result<>()> outbox_renumbered;
    // Brings what waits to the audit log now.
    void hurry_audit() { m_audit->hurry(); }
    // Journals what the audit log has acknowledged; it is not urgent, so many go together.
    Result<> settle_acknowledged();

    Loop& loop;
    const Options options;
    const Spool spool;
    Journal journal;
    Judge judge;
    Passwords passwords;
    Judge shadow; // decides beside it, without effect
    Changes changes;
    Batch batch;
    Intake intake;
    std::uint64_t promised = 0; // bytes that unfinished uploads may still bring

private:
    Result<> note_leaves(const AuditSender::Acknowledged& said);
    bool settling_is_due() const;
    Result<> record_again(Transfer transfer);

    bool m_broken = false; // a commit failed for another reason than space
    bool m_audit_is_well = false;
    std::chrono::steady_clock::time_point m_audit_heard{};
    std::optional<std::uint64_t> m_position;
    bool m_aligned = false;
    std::uint64_t m_last_at_start = 0;
    std::uint64_t m_sent = 0; // highest sequence given to the sender
    std::uint64_t m_acknowledged = 0;
    std::vector<AuditSender::Acknowledged> m_unsettled;
    bool m_was_accepting = true;
    std::unique_ptr<AuditSender> m_audit; // last: its thread calls into all of the above
};

} // namespace sekisho::ledger
