#include "base/crypto/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace sekisho {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    if (EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr) != 1) bug("SHA-256 is not available");
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(View view) {
    if (EVP_DigestUpdate(m_state->context, view.data(), view.size()) != 1) bug("SHA-256 update");
}

Digest Sha256::digest() const {
    const State copy;
    Digest digest{};
    if (EVP_MD_CTX_copy_ex(copy.context, m_state->context) != 1 ||
        EVP_DigestFinal_ex(copy.context, digest.data(), nullptr) != 1)
        bug("SHA-256 final");
    return digest;
}

Digest sha256(View view) {
    Sha256 hash;
    hash.add(view);
    return hash.digest();
}

Result<Digest> sha256_of_file(const Descriptor& descriptor) {
    Sha256 hash;
    Bytes buffer(256 * 1024);
    std::uint64_t offset = 0;
    for (;;) {
        const std::size_t count = TRY(read_at(descriptor, offset, buffer));
        if (count == 0) return hash.digest();
        hash.add(View(buffer).first(count));
        offset += count;
    }
}

struct SigningKey::State {
    EVP_PKEY* key = nullptr;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_PKEY_free(key); }
};

SigningKey::SigningKey() : m_state(std::make_unique<State>()) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate() {
    std::array<std::uint8_t, 32> seed{};
    fill_random(seed);
    auto key = from_seed(seed);
    OPENSSL_cleanse(seed.data(), seed.size());
    if (!key) bug("Ed25519 is not available");
    return std::move(*key);
}

Result<SigningKey> SigningKey::from_seed(View seed) {
    if (seed.size() != 32) return reject("key.bad", "an Ed25519 seed has 32 bytes");
    SigningKey key;
    key.m_state->key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
    if (!key.m_state->key) return reject("key.bad", "not an Ed25519 seed");
    return key;
}

Signature SigningKey::sign(View message) const {
    Signature signature{};
    std::size_t size = signature.size();
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const bool done = EVP_DigestSignInit(context, nullptr, nullptr, nullptr, m_state->key) == 1 &&
                      EVP_DigestSign(context, signature.data(), &size, message.data(), message.size()) == 1;
    EVP_MD_CTX_free(context);
    if (!done) bug("Ed25519 sign");
    return signature;
}

PublicKey SigningKey::public_key() const {
    PublicKey key{};
    std::size_t size = key.size();
    if (EVP_PKEY_get_raw_public_key(m_state->key, key.data(), &size) != 1) bug("Ed25519 public key");
    return key;
}

Bytes SigningKey::seed() const {
    Bytes seed(32);
    std::size_t size = seed.size();
    if (EVP_PKEY_get_raw_private_key(m_state->key, seed.data(), &size) != 1) bug("Ed25519 private key");
    return seed;
}

bool verify_signature(const PublicKey& key, View message, const Signature& signature) {
    EVP_PKEY* parsed = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size());
    if (!parsed) return false;
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const bool good =
        EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, parsed) == 1 &&
        EVP_DigestVerify(context, signature.data(), signature.size(), message.data(), message.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(parsed);
    return good;
}

void fill_random(std::span<std::uint8_t> into) {
    if (RAND_bytes(into.data(), static_cast<int>(into.size())) != 1) bug("no random bytes");
}

bool equal_in_constant_time(View a, View b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace sekisho
