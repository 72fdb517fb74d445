// RC4 as Office 2002 and 2003 use it ([MS-OFFCRYPTO] 2.3.5, "RC4 CryptoAPI"). OpenSSL keeps RC4 among what it loads
// from disk on demand, which a worker cannot; here nothing is protected by it, it only opens what it once hid.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "base/bytes/bytes.h"

namespace sekisho::office_encryption {

class Rc4 {
public:
    explicit Rc4(View key); // not empty
    // In place; goes on where the call before ended.
    void apply(std::span<std::uint8_t> bytes);

private:
    std::array<std::uint8_t, 256> m_state{};
    std::uint8_t m_i = 0, m_j = 0;
};

// Of one document and its password.
class Rc4Key {
public:
    // `info`: an EncryptionHeader with its EncryptionVerifier (2.3.5.1). `password` as UTF-16LE. Nothing if it does not
    // fit. Refuses Reason::office_encryption for other ciphers, Reason::input_damaged.
    static Result<std::optional<Rc4Key>> unlock(View info, View password);
    // 2.3.5.2: each block of a document has a key of its own.
    Result<Rc4> block(std::uint32_t number) const;

private:
    Rc4Key(Bytes hash, std::size_t size) : m_hash(std::move(hash)), m_size(size) {}
    Bytes m_hash;
    std::size_t m_size;
};

} // namespace sekisho::office_encryption
