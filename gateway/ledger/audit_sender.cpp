#include "gateway/ledger/audit_sender.h"

#include "base/fault/fault.h"

namespace sekisho::ledger {

using namespace std::chrono_literals;

AuditSender::AuditSender(Loop& loop, Options options, Listener listener)
    : m_loop(loop), m_options(std::move(options)), m_client(m_options.socket), m_listener(std::move(listener)),
      m_thread([this] { work(); }) {}

AuditSender::~AuditSender() {
    {
        const std::lock_guard guard(m_lock);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void AuditSender::send(audit::Record record, bool urgent) {
    bool wake = urgent;
    {
        const std::lock_guard guard(m_lock);
        if (m_records.empty()) m_oldest = std::chrono::steady_clock::now();
        wake = wake || m_records.empty() || m_records.size() + 1 == most_records;
        m_records.push_back(std::move(record));
        m_urgent = m_urgent || urgent;
    }
    if (wake) m_wake.notify_one();
}

void AuditSender::hurry() {
    {
        const std::lock_guard guard(m_lock);
        m_urgent = true;
    }
    m_wake.notify_one();
}

// True unless the process ends.
bool AuditSender::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(m_lock);
    m_wake.wait_for(lock, time, [this] { return m_stopping; });
    return !m_stopping;
}

std::vector<audit::Record> AuditSender::next_batch(std::chrono::milliseconds idle) {
    std::unique_lock lock(m_lock);
    m_wake.wait_for(lock, idle, [this] { return m_stopping || !m_records.empty(); });
    m_wake.wait_until(lock, m_oldest + m_options.gather, [this] {
        return m_stopping || m_urgent || m_records.empty() || m_records.size() >= most_records;
    });
    std::vector<audit::Record> batch;
    std::size_t bytes = 0;
    for (const audit::Record& record : m_records) {
        bytes += record.body.size() + 16;
        if (batch.size() >= most_records || (bytes > most_bytes && !batch.empty())) break;
        batch.push_back(record);
    }
    return batch;
}

Result<> AuditSender::ask_position() {
    const auto position = TRY(m_client.call<audit::Appended>(audit::GetPosition{}, {}, nullptr, m_options.patience));
    m_loop.post([this, sequence = position.source_sequence] { m_listener.position(sequence); });
    return {};
}

Result<> AuditSender::append(const std::vector<audit::Record>& batch) {
    const std::uint64_t last = batch.back().source_sequence;
    SEKISHO_FAULT("ledger.before-audit");
    const auto answer = TRY(m_client.call<audit::Appended>(audit::Append{batch}, {}, nullptr, m_options.patience));
    SEKISHO_FAULT("ledger.after-audit");
    if (answer.source_sequence < last) return fail("audit.unwritable", "the audit log took only a part");
    {
        const std::lock_guard guard(m_lock);
        m_records.erase(m_records.begin(), m_records.begin() + static_cast<std::ptrdiff_t>(batch.size()));
        if (m_records.empty()) m_urgent = false;
    }
    m_loop.post([this, said = Acknowledged{batch.front().source_sequence, last, answer.leaf, m_exact}] {
        m_listener.acknowledged(said);
    });
    return {};
}

Result<> AuditSender::attempt() {
    if (!m_positioned) {
        TRY(ask_position());
        m_positioned = true;
        return {};
    }
    const auto batch = next_batch(2s);
    if (!batch.empty()) {
        TRY(append(batch));
        m_exact = true;
        return {};
    }
    // A peer that has nothing to do is asked whether it still lives.
    TRY(m_client.call<audit::Appended>(audit::GetPosition{}, {}, nullptr, m_options.patience));
    return {};
}

void AuditSender::report(const Result<>& outcome) {
    Pulse pulse = Pulse::well;
    if (!outcome) pulse = outcome.error().code == "audit.unwritable" ? Pulse::unwritable : Pulse::silent;
    m_loop.post([this, pulse] { m_listener.pulse(pulse); });
}

void AuditSender::work() {
    std::chrono::milliseconds wait = 50ms;
    while (pause(0ms)) {
        const auto outcome = attempt();
        report(outcome);
        if (outcome) {
            wait = 50ms;
            continue;
        }
        m_exact = false;
        if (!pause(wait)) return;
        wait = std::min<std::chrono::milliseconds>(wait * 2, 1s);
    }
}

} // namespace sekisho::ledger
