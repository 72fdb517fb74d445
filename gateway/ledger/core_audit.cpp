// The outbox: what the journal holds until the audit log has it.
#include "gateway/ledger/core.h"
#include "sanitizer/name/name.h"

namespace sekisho::ledger {

void Core::on_position(std::uint64_t sequence) {
    m_position = sequence;
    align_outbox();
}

// Once after the start. A journal that is older than the log (restored from a backup) would use numbers again that the
// log takes for repetitions and does not store: then everything that waits gets numbers behind the log's.
void Core::align_outbox() {
    if (m_aligned || !m_position) return;
    const auto aligned = attempt([this]() -> Result<> {
        if (*m_position <= m_last_at_start) return {};
        TRY(journal.renumber_records(*m_position));
        return outbox_renumbered();
    });
    if (!aligned) return;
    batch.after([this] {
        const auto waiting = journal.outbox();
        if (!waiting) return;
        m_aligned = true;
        for (const audit::Record& record : *waiting) m_audit->send(record, true);
        const std::uint64_t first = waiting->empty() ? m_position.value_or(0) + 1 : waiting->front().source_sequence;
        m_sent = waiting->empty() ? m_sent : waiting->back().source_sequence;
        m_acknowledged = std::max(m_acknowledged, first - 1);
        if (audit_moved) audit_moved();
    });
    batch.otherwise([this](const Error&) { m_aligned = false; });
}

void Core::on_acknowledged(const AuditSender::Acknowledged& said) {
    m_acknowledged = std::max(m_acknowledged, said.last);
    m_unsettled.push_back(said);
    if (audit_moved) audit_moved();
}

bool Core::settling_is_due() const {
    constexpr std::uint64_t many = 64; // records
    return !m_unsettled.empty() && m_unsettled.back().last - m_unsettled.front().first >= many;
}

// Not urgent: a record that is sent again after a restart is not stored twice. So many go along with one commit.
Result<> Core::settle_acknowledged() {
    if (m_unsettled.empty()) return {};
    const auto said = std::exchange(m_unsettled, {});
    batch.otherwise([this, said](const Error&) { m_unsettled.insert(m_unsettled.begin(), said.begin(), said.end()); });
    TRY(journal.remove_records(said.back().last));
    for (const auto& one : said) TRY(note_leaves(one));
    return {};
}

Result<> Core::note_leaves(const AuditSender::Acknowledged& said) {
    if (said.exact) return journal.note_leaves(said.first, said.last, said.leaf);
    for (Transfer& transfer : TRY(journal.released_between(said.first, said.last)))
        TRY(record_again(std::move(transfer)));
    return {};
}

// The place of the first record is not known, so a second one is made whose place will be.
Result<> Core::record_again(Transfer transfer) {
    transfer.released_sequence = TRY(record_release(transfer, true));
    return journal.save(transfer);
}

Result<std::uint64_t> Core::record_release(const Transfer& transfer, bool again) {
    return record(Event::transfer_released, &transfer, [&](JsonWriter& json) {
        json.member("sender", transfer.sender.person).member("recipient", transfer.recipient);
        json.member("name", name_for_type(transfer.name, transfer.type_out))
            .member("type", row_of(transfer.type_out).name);
        json.member("digest_in", to_hex(transfer.digest_in)).member("digest_out", to_hex(transfer.digest_out));
        json.member("bytes", transfer.bytes_out)
            .member("policy", transfer.policy_digest)
            .member("rules", transfer.rules);
        if (again) json.member("again", true);
    });
}

void Core::on_pulse(AuditSender::Pulse pulse) {
    const auto now = std::chrono::steady_clock::now();
    if (pulse == AuditSender::Pulse::well) {
        m_audit_heard = now;
        m_audit_is_well = true;
    }
    if (pulse == AuditSender::Pulse::unwritable || now - m_audit_heard >= options.audit_patience)
        m_audit_is_well = false;
}

} // namespace sekisho::ledger
