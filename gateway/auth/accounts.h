// The accounts file, TOML: [[account]] with zone, account, person, display, groups, password (argon2id, PHC string).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/protocol/transfer.h"

namespace sekisho::auth {

struct Account {
    std::string zone;
    Person person;
    std::string password; // "$argon2id$v=19$m=...,t=...,p=...$salt$hash"
    bool disabled = false;
};

class Accounts {
public:
    // reject "accounts.invalid" with line and column.
    static Result<Accounts> load(const std::string& path);
    const Account* find(const std::string& zone, const std::string& account) const;
    std::size_t size() const { return m_accounts.size(); }

private:
    std::map<std::pair<std::string, std::string>, Account> m_accounts;
};

// argon2id, 19 MiB, two passes, one lane (the lower of the two profiles OWASP names; a log-in storm must not eat the
// memory of a small box). Returns the PHC string.
std::string hash_password(const std::string& password);
bool password_fits(const std::string& password, const std::string& hash);
// A hash that no password fits, to spend the same time on an account that does not exist.
const std::string& hash_of_nobody();

} // namespace sekisho::auth
