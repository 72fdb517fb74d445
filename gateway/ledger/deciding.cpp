#include "gateway/ledger/deciding.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace sekisho::ledger {

namespace {

constexpr std::size_t most_approvals = 8; // that a detail shows

const StageReceipt* first_with(const std::vector<StageReceipt>& receipts, Verdict verdict) {
    const auto found = std::ranges::find(receipts, verdict, &StageReceipt::verdict);
    return found == receipts.end() ? nullptr : &*found;
}

// From outside: one that ends by itself is refused at once.
bool was_killed(const StageReceipt& receipt) {
    return receipt.verdict == Verdict::failed && receipt.reason == Reason::worker_died;
}

// The kind turned out to be one that can only be delivered as less; policy may want just that.
bool lacks_level(const StageReceipt& receipt) {
    return receipt.reason == Reason::level_unsupported || receipt.reason == Reason::jtd_text_level;
}

// What a report names where a choice was at work. One without a row may always have been.
struct Trace {
    std::string_view choice;
    Finding finding;
};
constexpr auto traces = std::to_array<Trace>(
    {{"attachments", Finding::pdf_attachment}, {"forms", Finding::pdf_form}, {"place", Finding::image_gps}});

bool may_have_used(const StageReceipt& receipt, const OptionChoice& choice) {
    const auto trace = std::ranges::find(traces, choice.name, &Trace::choice);
    if (trace == traces.end() || receipt.omitted > 0) return true;
    return std::ranges::any_of(receipt.findings, [&](const FindingRecord& record) {
        const Action action = record.entry.action;
        return record.entry.finding == trace->finding && (action == Action::kept || action == Action::replaced);
    });
}

// Whether the file may hold something that it holds only because of a choice that is strict now.
bool may_have_used(const std::vector<StageReceipt>& receipts, const sekisho::Options& had,
                   const sekisho::Options& has) {
    for (const OptionChoice& choice : all_choices())
        if (had.*(choice.chosen) && !(has.*(choice.chosen)) &&
            std::ranges::any_of(receipts, [&](const StageReceipt& receipt) {
                return receipt.stage == Stage::sanitize && may_have_used(receipt, choice);
            }))
            return true;
    return false;
}

} // namespace

Result<> Deciding::decide(Transfer& transfer, const std::vector<StageReceipt>& receipts,
                          const std::vector<StageReceipt>& before) {
    // A file that is bad stays bad; only an environment that failed is worth another try.
    if (const StageReceipt* refused = first_with(receipts, Verdict::refused)) {
        if (lacks_level(*refused)) {
            const Judgement judgement = m_core.judge.judge(transfer, receipts);
            if (judgement.allowed && judgement.level > transfer.level) return ask_for_stricter(transfer, judgement);
        }
        transfer.reason = refused->reason;
        TRY(record_decision(transfer, "refuse"));
        return end(transfer, State::refused);
    }
    if (const StageReceipt* failed = first_with(receipts, Verdict::failed)) {
        if (was_killed(*failed) && (std::ranges::any_of(before, was_killed) || !may_try_again(transfer)))
            return refuse_killer(transfer);
        return m_again(transfer, failed->reason, row_of(failed->reason).code);
    }
    const Judgement judgement = m_core.judge.judge(transfer, receipts);
    return apply(transfer, {judgement, TRY(m_core.journal.approvals(transfer.id)), receipts});
}

// Once may be a machine without memory; whoever kills the workers of two tries is at fault.
Result<> Deciding::refuse_killer(Transfer& transfer) {
    transfer.reason = Reason::worker_died;
    TRY(record_decision(transfer, "refuse"));
    return end(transfer, State::refused);
}

Result<> Deciding::refuse_unopened(Transfer& transfer) {
    transfer.reason = Reason::passwords_lost;
    TRY(record_decision(transfer, "refuse"));
    return end(transfer, State::refused);
}

Result<> Deciding::apply(Transfer& transfer, const Standing& standing) {
    const auto& [judgement, approvals, receipts] = standing;
    TRY(m_core.note_decision(transfer, judge::Phase::examined, judgement.question, judgement.answer));
    transfer.policy_digest = m_core.judge.digest();
    transfer.rules = judgement.rules;
    transfer.message = judgement.allowed ? "" : cleaned_text(judgement.message, 1000);
    transfer.keep_days = judgement.keep_days > 0 ? judgement.keep_days : m_core.options.keep_days;
    if (!judgement.allowed) {
        TRY(record_decision(transfer, "refuse"));
        return end(transfer, State::refused);
    }
    const sekisho::Options options = stricter(transfer.options, judgement.options);
    if (judgement.level > transfer.level || may_have_used(receipts, transfer.options, options))
        return ask_for_stricter(transfer, judgement);
    transfer.options = options;
    transfer.approvals_needed = transfer.approvals_given = 0;
    for (const policy::Approval& needed : judgement.approvals) {
        transfer.approvals_needed += needed.count;
        transfer.approvals_given += given(needed, transfer, approvals);
    }
    if (transfer.approvals_given < transfer.approvals_needed) {
        transfer.state = State::held;
        TRY(record_decision(transfer, "hold"));
        return m_core.save(transfer);
    }
    const std::int64_t due = transfer.received + std::int64_t{judgement.delay_minutes} * 60'000;
    if (judgement.delay_minutes > 0 && m_core.now() < due) return wait_until(transfer, due);
    transfer.expires = 0;
    transfer.decided_sequence = TRY(record_decision(transfer, "deliver"));
    transfer.state = State::releasing;
    TRY(m_core.save(transfer));
    return m_release(transfer);
}

// Held like one that waits for people, who may still send it back; tick() goes on with it.
Result<> Deciding::wait_until(Transfer& transfer, std::int64_t due) {
    transfer.state = State::held;
    transfer.expires = due;
    transfer.message = "規則により一定時間後に引き渡します (a rule delays the delivery)";
    TRY(record_decision(transfer, "hold"));
    return m_core.save(transfer);
}

void Deciding::tick() {
    if (!m_core.judge.present()) return; // they wait for a policy, too
    const auto due = m_core.journal.due(m_core.now());
    if (!due) return;
    for (const Transfer& found : *due)
        static_cast<void>(m_core.attempt([&]() -> Result<> {
            Transfer transfer = found;
            return apply(transfer, TRY(standing_of(transfer)));
        }));
}

// The type turned out to be one that policy wants flattened or reduced to text, or of which it wants less kept. Cannot
// go round: levels only rise, and choices only become strict.
Result<> Deciding::ask_for_stricter(Transfer& transfer, const Judgement& judgement) {
    transfer.level = std::max(transfer.level, judgement.level);
    transfer.options = stricter(transfer.options, judgement.options);
    transfer.state = State::received;
    transfer.attempts = 0;
    transfer.ticket.clear();
    m_core.batch.after([this, id = transfer.id, epoch = transfer.epoch] {
        m_core.spool.remove(m_core.spool.staged(id, epoch));
        m_offer(id);
    });
    return m_core.save(transfer);
}

Result<> Deciding::end(Transfer& transfer, State state) {
    transfer.state = state;
    transfer.ticket.clear();
    TRY(m_core.discard(transfer));
    return m_core.save(transfer);
}

Result<std::uint64_t> Deciding::record_decision(const Transfer& transfer, std::string_view verdict) {
    return m_core.record(Event::transfer_decided, &transfer, [&](JsonWriter& json) {
        json.member("verdict", verdict)
            .member("sender", transfer.sender.person)
            .member("recipient", transfer.recipient);
        json.member("name", transfer.name).member("bytes", transfer.size).member("type", row_of(transfer.type_in).name);
        json.member("digest_in", to_hex(transfer.digest_in)).member("digest_out", to_hex(transfer.digest_out));
        json.member("policy", transfer.policy_digest).member("rules", transfer.rules);
        if (transfer.reason != Reason::none) json.member("reason", row_of(transfer.reason).code);
        if (const std::string chosen = to_text(transfer.options); !chosen.empty()) json.member("options", chosen);
        if (!transfer.message.empty()) json.member("why", transfer.message);
        json.member("approvals_needed", transfer.approvals_needed).member("approvals_given", transfer.approvals_given);
    });
}

Result<Deciding::Standing> Deciding::standing_of(const Transfer& transfer) {
    const auto receipts = TRY(m_core.journal.receipts(transfer));
    return Standing{m_core.judge.judge(transfer, receipts), TRY(m_core.journal.approvals(transfer.id)), receipts};
}

// Different people whose word counts for this requirement and for exactly these bytes.
std::uint32_t Deciding::given(const policy::Approval& needed, const Transfer& transfer,
                              const std::vector<ApprovalRow>& approvals) const {
    std::set<std::string_view> people;
    for (const ApprovalRow& approval : approvals)
        if (approval.approved && approval.digest_out == transfer.digest_out &&
            m_core.judge.may_approve(needed, approval.approver, approval.zone, transfer))
            people.insert(approval.approver.person);
    return std::min(static_cast<std::uint32_t>(people.size()), needed.count);
}

bool Deciding::may_decide(const Standing& standing, const Transfer& transfer, const Person& person,
                          const std::string& zone) const {
    if (transfer.state != State::held || person.person == transfer.sender.person) return false;
    const bool did_already = std::ranges::any_of(standing.approvals, [&](const ApprovalRow& approval) {
        return approval.approver.person == person.person && approval.digest_out == transfer.digest_out;
    });
    if (did_already || standing.approvals.size() >= most_approvals) return false;
    return std::ranges::any_of(standing.judgement.approvals, [&](const policy::Approval& needed) {
        return given(needed, transfer, standing.approvals) < needed.count &&
               m_core.judge.may_approve(needed, person, zone, transfer);
    });
}

Result<bool> Deciding::may_decide(const Transfer& transfer, const Person& person, const std::string& zone) {
    if (transfer.state != State::held || person.person == transfer.sender.person) return false;
    return may_decide(TRY(standing_of(transfer)), transfer, person, zone);
}

Result<> Deciding::approve(const Decide& said, const Caller& caller) {
    TRY(check_person(said.approver));
    auto transfer = TRY(m_core.journal.find(said.id));
    const auto unknown = [] { return reject("transfer.unknown", "there is no such transfer"); };
    if (!transfer || transfer->state != State::held) return unknown();
    if (said.approver.person == transfer->sender.person)
        return reject("approval.own", "nobody decides about what they sent themselves");
    Standing standing = TRY(standing_of(*transfer));
    if (!may_decide(standing, *transfer, said.approver, caller.zone)) return unknown();
    const ApprovalRow approval{said.approver, said.approve,        caller.zone, cleaned_text(said.reason, 1000),
                               m_core.now(),  transfer->digest_out};
    if (!said.approve && approval.reason.empty())
        return reject("approval.reason", "sending back needs a reason", {}, "Say what the sender should do");
    TRY(m_core.journal.add_approval(transfer->id, approval));
    TRY(m_core.record(
        said.approve ? Event::transfer_approved : Event::transfer_sent_back, &*transfer, [&](JsonWriter& json) {
            json.member("approver", approval.approver.person).member("account", approval.approver.account);
            json.member("zone", approval.zone).member("why", approval.reason);
            json.member("sender", transfer->sender.person).member("name", transfer->name);
            json.member("digest_out", to_hex(transfer->digest_out));
        }));
    m_core.batch.answer(caller.call, Done{});
    if (!said.approve) return end(*transfer, State::sent_back);
    standing.approvals.push_back(approval);
    return apply(*transfer, standing);
}

} // namespace sekisho::ledger
