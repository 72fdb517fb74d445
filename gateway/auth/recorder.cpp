#include "gateway/auth/recorder.h"

#include <chrono>

#include "base/ipc/client.h"
#include "gateway/protocol/audit.h"

namespace sekisho::auth {

namespace {
constexpr std::chrono::milliseconds pause_after_failure{500};
constexpr std::chrono::seconds patience{5};
} // namespace

Recorder::Recorder(std::string audit_socket)
    : m_socket(std::move(audit_socket)), m_thread([this] { send_for_ever(); }) {}

Recorder::~Recorder() {
    {
        const std::lock_guard guard(m_lock);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Recorder::record(std::string body) {
    {
        const std::lock_guard guard(m_lock);
        m_waiting.push_back(std::move(body));
    }
    m_changed.notify_all();
}

bool Recorder::keeps_up() const {
    const std::lock_guard guard(m_lock);
    return m_waiting.size() < most_waiting;
}

void Recorder::send_for_ever() {
    Client client(m_socket);
    std::uint64_t sequence = 0; // of the next record; 0 = the log has not been asked yet
    std::unique_lock guard(m_lock);
    for (;;) {
        m_changed.wait(guard, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping) return;
        const std::string body = m_waiting.front();
        guard.unlock();
        bool sent = false;
        if (sequence == 0) {
            const auto position = client.call<audit::Appended>(audit::GetPosition{}, {}, nullptr, patience);
            if (position) sequence = position->source_sequence + 1;
        }
        if (sequence > 0)
            sent = client.call<audit::Appended>(audit::Append{{{sequence, body}}}, {}, nullptr, patience).has_value();
        guard.lock();
        if (sent) {
            ++sequence;
            m_waiting.pop_front();
        } else {
            m_changed.wait_for(guard, pause_after_failure, [this] { return m_stopping; });
        }
    }
}

} // namespace sekisho::auth
