#include "gateway/ledger/passwords.h"

namespace sekisho::ledger {

Passwords::~Passwords() {
    for (auto& [id, passwords] : m_known) wipe(passwords);
}

Result<> Passwords::keep(const TransferId& id, const std::vector<std::string>& passwords) {
    if (passwords.empty()) return {};
    if (m_known.size() >= most) return fail("upload.passwords-full", "too many files with a password wait");
    m_known[id] = passwords;
    return {};
}

const std::vector<std::string>& Passwords::of(const TransferId& id) const {
    static const std::vector<std::string> none;
    const auto found = m_known.find(id);
    return found == m_known.end() ? none : found->second;
}

void Passwords::forget(const TransferId& id) {
    const auto found = m_known.find(id);
    if (found == m_known.end()) return;
    wipe(found->second);
    m_known.erase(found);
}

} // namespace sekisho::ledger
