#include "gateway/ledger/changes.h"

#include "gateway/protocol/ledger.h"

namespace sekisho::ledger {

void Changes::touch(const std::string& person) {
    if (m_people.size() >= most_people) {
        m_people.clear();
        m_forgotten = m_version;
    }
    m_people[person] = ++m_version;
}

bool Changes::changed_since(const std::string& person, std::uint64_t version) const {
    if (version < m_forgotten || m_approvers > version) return true;
    const auto found = m_people.find(person);
    return found != m_people.end() && found->second > version;
}

void Changes::wait(std::shared_ptr<Call> call, std::string person, std::uint64_t version,
                   std::chrono::steady_clock::time_point until) {
    if (m_waiting.size() >= most_waiting || changed_since(person, version)) return call->answer(Changed{m_version});
    m_waiting.push_back({std::move(call), std::move(person), version, until});
}

void Changes::wake(std::chrono::steady_clock::time_point now) {
    std::erase_if(m_waiting, [&](const Waiting& waiting) {
        if (waiting.until > now && waiting.call->peer_is_connected() &&
            (m_woken_at == m_version || !changed_since(waiting.person, waiting.version)))
            return false;
        waiting.call->answer(Changed{m_version});
        return true;
    });
    m_woken_at = m_version;
}

} // namespace sekisho::ledger
