// SHA-256, Ed25519 and random bytes, by OpenSSL 3. The scanner does not link this room (licence of libclamav).
#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes/bytes.h"
#include "base/descriptor/descriptor.h"

namespace sekisho {

using Digest = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;

// Streaming SHA-256 (FIPS 180-4).
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void add(View view);
    // The digest of everything added so far; the state goes on.
    Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

Digest sha256(View view);
Result<Digest> sha256_of_file(const Descriptor& descriptor);

// An Ed25519 private key (RFC 8032). Wiped when it goes.
class SigningKey {
public:
    static SigningKey generate();
    // The 32-byte seed.
    static Result<SigningKey> from_seed(View seed);
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();
    Signature sign(View message) const;
    PublicKey public_key() const;
    Bytes seed() const;

private:
    SigningKey();
    struct State;
    std::unique_ptr<State> m_state;
};

bool verify_signature(const PublicKey& key, View message, const Signature& signature);

void fill_random(std::span<std::uint8_t> into);
// True if equal; the time does not depend on where they differ.
bool equal_in_constant_time(View a, View b);

} // namespace sekisho
