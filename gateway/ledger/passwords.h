// What opens the files of transfers on their way: in memory only, from the announcement until the transfer has ended.
// The journal knows that there were some, never which; after a restart the sender has to send them again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/protocol/transfer.h"

namespace sekisho::ledger {

class Passwords {
public:
    static constexpr std::size_t most = 20'000; // transfers at once

    Passwords() = default;
    Passwords(const Passwords&) = delete;
    ~Passwords();

    // fail "upload.passwords-full". Empty ones are no passwords.
    Result<> keep(const TransferId& id, const std::vector<std::string>& passwords);
    // Empty: none are known.
    const std::vector<std::string>& of(const TransferId& id) const;
    void forget(const TransferId& id);

private:
    std::map<TransferId, std::vector<std::string>> m_known;
};

} // namespace sekisho::ledger
