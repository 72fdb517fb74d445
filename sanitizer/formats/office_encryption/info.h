// The stream EncryptionInfo ([MS-OFFCRYPTO] 2.3.4.5, 2.3.4.10).
#pragma once

#include <variant>

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/office_encryption/algorithms.h"

namespace sekisho::office_encryption {

// 2.3.4.6 to 2.3.4.9: AES in ECB mode, SHA-1, always 50,000 rounds.
struct Standard {
    std::size_t key_size = 0;
    Bytes salt;
    Bytes verifier, verifier_hash; // encrypted
};

// 2.3.4.10 to 2.3.4.15: AES in CBC mode.
struct AgileKey {
    HashKind hash = HashKind::sha512;
    std::size_t key_size = 0;
    Bytes salt;
};
struct Agile {
    AgileKey data;
    Bytes hmac_key, hmac_value; // encrypted
    AgileKey password;
    std::uint32_t spins = 0;
    Bytes verifier, verifier_hash, key; // encrypted
};

using Info = std::variant<Standard, Agile>;

// Refuses Reason::office_encryption for schemes that are not above (rights management, RC4, third parties),
// Reason::input_damaged for what contradicts itself, Reason::limit_seconds for more rounds than any program writes.
Result<Info> read_info(View stream, Budget& budget);

// info_agile.cpp
Result<Agile> read_agile(View document, Budget& budget);

} // namespace sekisho::office_encryption
