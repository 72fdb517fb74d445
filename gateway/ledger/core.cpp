#include "gateway/ledger/core.h"

#include "base/fault/fault.h"
#include "gateway/judge/replay.h"

namespace sekisho::ledger {

std::int64_t milliseconds_now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Core::Core(Loop& loop, Options given, Spool opened, Journal written)
    : loop(loop), options(std::move(given)), spool(std::move(opened)), journal(std::move(written)),
      changes(options.now()), intake(loop, spool, options), m_last_at_start(journal.last_sequence().value_or(0)) {
    AuditSender::Listener listener;
    listener.position = [this](std::uint64_t sequence) { on_position(sequence); };
    listener.acknowledged = [this](const AuditSender::Acknowledged& said) { on_acknowledged(said); };
    listener.pulse = [this](AuditSender::Pulse pulse) { on_pulse(pulse); };
    m_audit = std::make_unique<AuditSender>(
        loop, AuditSender::Options{options.audit_socket, options.audit_patience, options.audit_gather},
        std::move(listener));
}

Result<> Core::attempt(const std::function<Result<>()>& work) {
    if (m_broken) return fail("journal.unwritable", "the journal could not be written; a restart is needed");
    const std::size_t mark = batch.mark();
    auto outcome = journal.atomically(work);
    if (!outcome) batch.rewind(mark);
    return outcome;
}

void Core::attempt_for(const CallPointer& call, const std::function<Result<>()>& work) {
    const auto outcome = attempt(work);
    if (!outcome) batch.refuse(call, outcome.error());
}

void Core::finish_batch() {
    if (!journal.writing() && batch.empty()) return;
    Result<> outcome;
    if (journal.changed() && settling_is_due()) outcome = settle_acknowledged();
    if (outcome) outcome = journal.commit();
    if (!outcome) journal.roll_back();
    if (!outcome && outcome.error().code != "storage.full") m_broken = true;
    batch.finish(outcome ? std::nullopt : std::optional<Error>(outcome.error()));
    changes.wake(std::chrono::steady_clock::now());
    SEKISHO_FAULT("ledger.after-answer");
}

Result<> Core::save(Transfer& transfer) {
    transfer.changed = now();
    TRY(journal.save(transfer));
    if (transfer.with_password && has_ended(transfer.state))
        batch.after([this, id = transfer.id] { passwords.forget(id); });
    batch.after(
        [this, sender = transfer.sender.person, recipient = transfer.recipient, held = transfer.approvals_needed > 0] {
            changes.touch(sender);
            if (recipient != sender) changes.touch(recipient);
            if (held) changes.touch_approvers();
        });
    return {};
}

Result<std::uint64_t> Core::record(Event event, const Transfer* transfer, const Fill& fill) {
    JsonWriter json;
    json.begin_object().member("event", name_of(event));
    if (transfer) {
        json.member("transfer", to_text(transfer->id));
        json.member("from", transfer->zone_from).member("to", transfer->zone_to);
    }
    if (fill) fill(json);
    audit::Record made = TRY(journal.add_record(json.end_object().take()));
    const std::uint64_t sequence = made.source_sequence;
    // A release waits for the record of its decision; nobody waits for the others.
    batch.after([this, urgent = event == Event::transfer_decided, made = std::move(made)] {
        if (!m_aligned || made.source_sequence <= m_sent) return;
        m_sent = made.source_sequence;
        m_audit->send(made, urgent);
    });
    return sequence;
}

Result<> Core::note_decision(const Transfer& transfer, judge::Phase phase, const policy::Sample& question,
                             const judge::Answer& answer) {
    judge::Record made;
    made.time = now();
    made.transfer = to_text(transfer.id);
    made.policy = judge.digest();
    made.phase = phase;
    made.question = question;
    made.answer = judge::encode_answer(answer);
    if (shadow.present()) {
        made.shadow = shadow.digest();
        const judge::Answer beside = judge::decide(shadow.policy(), phase, question);
        if (judge::flip_of(answer, beside) != judge::Flip::none) made.shadow_answer = judge::encode_answer(beside);
    }
    return journal.add_decision(made);
}

Result<> Core::discard(const Transfer& transfer) {
    if (transfer.size <= options.largest_in_journal) TRY(journal.drop_content(transfer));
    // The output of what is delivered was moved, unless `release` found an earlier one in its place.
    batch.after([this, id = transfer.id, epoch = transfer.epoch] {
        if (!spool.remove(spool.input(id))) spool.remove(spool.incoming(id));
        if (epoch > 0) spool.remove(spool.staged(id, epoch));
    });
    return {};
}

std::string Core::obstacle_word() const {
    if (m_broken) return "journal-unwritable";
    if (!judge.present()) return "no-policy";
    if (!m_audit_is_well) return "audit-unwritable";
    const Spool::Room room = spool.room();
    if (!room.writable) return "spool-unwritable";
    if (room.usable(options.reserve_bytes) == 0) return "no-space";
    return {};
}

std::optional<Error> Core::obstacle() const {
    const std::string word = obstacle_word();
    constexpr const char* tell = "Tell the administrator; what was sent before is safe";
    const auto because = [](const char* code, const char* message, const char* help) {
        return fail(code, message, {}, help).error();
    };
    if (word == "journal-unwritable") return because("journal.unwritable", "the journal cannot be written", tell);
    if (word == "no-policy") return because("policy.none", "there is no valid policy: nothing passes", tell);
    if (word == "audit-unwritable") return because("audit.unwritable", "the audit log cannot be written", tell);
    if (word == "spool-unwritable") return because("storage.unwritable", "the spool cannot be written", tell);
    if (word == "no-space") return no_space("there is no space left").error();
    return std::nullopt;
}

std::unexpected<Error> Core::no_space(const char* message) {
    return fail("storage.full", message, {}, "Send it again later; tell the administrator if it goes on");
}

Result<> Core::check_space(std::uint64_t bytes) const {
    const std::uint64_t usable = spool.usable(options.reserve_bytes);
    if (usable < promised || usable - promised < bytes) return no_space("there is no space left for this file");
    return {};
}

void Core::tick() {
    align_outbox();
    if (!m_unsettled.empty()) static_cast<void>(attempt([this] { return settle_acknowledged(); }));
    const std::string word = obstacle_word();
    const bool accepting = word.empty();
    if (accepting == m_was_accepting) return;
    const auto noted = attempt([&]() -> Result<> {
        TRY(record(accepting ? Event::intake_resumed : Event::intake_stopped, nullptr,
                   [&](JsonWriter& json) { json.member("why", word); }));
        return {};
    });
    if (noted) m_was_accepting = accepting;
}

} // namespace sekisho::ledger
