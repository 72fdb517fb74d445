// What RAR 5 makes of a password. Inside the room only.
#pragma once

#include <map>
#include <optional>

#include "sanitizer/formats/archive_encryption/cipher.h"

namespace sekisho::archive_encryption {

using Salt = std::array<std::uint8_t, 16>;
using Check = std::array<std::uint8_t, 8>;

// "Archive encryption header" and "File encryption record": what they have in common.
struct RarKdf {
    unsigned power = 0; // binary logarithm of the iterations
    Salt salt{};
    Check check{}; // of the right password
};

struct RarKeys {
    Key cipher{}, sums{};
    Check check{};
};

// PBKDF2 with HMAC-SHA256: the key after the iterations, that of checksums 16 later, the check value 32 later.
Result<RarKeys> rar_keys(const RarKdf& kdf, std::string_view password, Budget& budget);
Result<Key> hmac_sha256(const Key& key, View message);

// Tries passwords once for each salt.
class RarKeyring {
public:
    RarKeyring(std::vector<std::string> passwords, Budget& budget)
        : m_passwords(std::move(passwords)), m_budget(budget) {}
    // Refuses Reason::input_encrypted without passwords, archive_password if none fits.
    Result<RarKeys> keys_for(const RarKdf& kdf);

private:
    std::vector<std::string> m_passwords;
    Budget& m_budget;
    std::map<std::pair<unsigned, Salt>, RarKeys> m_known;
};

} // namespace sekisho::archive_encryption
