#include "sanitizer/formats/office_encryption/algorithms.h"

#include <array>

#include <openssl/core_names.h>
#include <openssl/evp.h>

namespace sekisho::office_encryption {

namespace {

struct HashRow {
    HashKind kind;
    std::string_view name, short_name; // as in EncryptionInfo; [MS-OFFCRYPTO] 2.3.4.10 has both
    const char* openssl;
    std::size_t size;
};

constexpr HashRow hashes[] = {
    {HashKind::sha1, "SHA1", "SHA-1", "SHA1", 20},
    {HashKind::sha256, "SHA256", "SHA-256", "SHA256", 32},
    {HashKind::sha384, "SHA384", "SHA-384", "SHA384", 48},
    {HashKind::sha512, "SHA512", "SHA-512", "SHA512", 64},
};

const HashRow& row_of(HashKind kind) {
    return hashes[static_cast<std::size_t>(kind)];
}

const EVP_CIPHER* cipher_of(std::size_t key_size, Aes::Chaining chaining) {
    const bool cbc = chaining == Aes::Chaining::cbc;
    switch (key_size) {
    case 16:
        return cbc ? EVP_aes_128_cbc() : EVP_aes_128_ecb();
    case 24:
        return cbc ? EVP_aes_192_cbc() : EVP_aes_192_ecb();
    case 32:
        return cbc ? EVP_aes_256_cbc() : EVP_aes_256_ecb();
    default:
        return nullptr;
    }
}

} // namespace

std::optional<HashKind> hash_named(std::string_view name) {
    for (const HashRow& row : hashes)
        if (row.name == name || row.short_name == name) return row.kind;
    return std::nullopt;
}

std::size_t size_of(HashKind kind) {
    return row_of(kind).size;
}

void Hash::Free::operator()(EVP_MD* digest) const {
    EVP_MD_free(digest);
}
void Hash::Free::operator()(EVP_MD_CTX* context) const {
    EVP_MD_CTX_free(context);
}
void Hmac::Free::operator()(EVP_MAC_CTX* context) const {
    EVP_MAC_CTX_free(context);
}
void Aes::Free::operator()(EVP_CIPHER_CTX* context) const {
    EVP_CIPHER_CTX_free(context);
}

Result<Hash> Hash::of(HashKind kind) {
    Hash hash;
    hash.m_digest.reset(EVP_MD_fetch(nullptr, row_of(kind).openssl, nullptr));
    hash.m_context.reset(EVP_MD_CTX_new());
    if (!hash.m_digest || !hash.m_context) return refuse(Reason::internal);
    return hash;
}

Result<> Hash::over(std::initializer_list<View> pieces, Bytes& made) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    bool done = EVP_DigestInit_ex2(m_context.get(), m_digest.get(), nullptr) == 1;
    for (const View piece : pieces) done = done && EVP_DigestUpdate(m_context.get(), piece.data(), piece.size()) == 1;
    if (!done || EVP_DigestFinal_ex(m_context.get(), digest.data(), &size) != 1) return refuse(Reason::internal);
    made.assign(digest.begin(), digest.begin() + size);
    return {};
}

Result<Hmac> Hmac::of(HashKind kind, View key) {
    Hmac hmac;
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                      EVP_MAC_free);
    hmac.m_context.reset(algorithm ? EVP_MAC_CTX_new(algorithm.get()) : nullptr);
    std::string digest(row_of(kind).openssl);
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                OSSL_PARAM_construct_end()};
    if (!hmac.m_context || EVP_MAC_init(hmac.m_context.get(), key.data(), key.size(), parameters.data()) != 1)
        return refuse(Reason::internal);
    return hmac;
}

Result<> Hmac::add(View view) {
    if (EVP_MAC_update(m_context.get(), view.data(), view.size()) != 1) return refuse(Reason::internal);
    return {};
}

Result<Bytes> Hmac::finish() {
    Bytes made(EVP_MAX_MD_SIZE);
    std::size_t size = 0;
    if (EVP_MAC_final(m_context.get(), made.data(), &size, made.size()) != 1) return refuse(Reason::internal);
    made.resize(size);
    return made;
}

Result<Aes> Aes::with(View key, Chaining chaining) {
    Aes aes;
    const EVP_CIPHER* cipher = cipher_of(key.size(), chaining);
    aes.m_context.reset(EVP_CIPHER_CTX_new());
    if (!cipher || !aes.m_context ||
        EVP_DecryptInit_ex2(aes.m_context.get(), cipher, key.data(), nullptr, nullptr) != 1)
        return refuse(Reason::internal);
    return aes;
}

Result<> Aes::decrypt(std::span<std::uint8_t> blocks, View iv) {
    int made = 0;
    if (EVP_DecryptInit_ex2(m_context.get(), nullptr, nullptr, iv.empty() ? nullptr : iv.data(), nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(m_context.get(), 0) != 1 ||
        EVP_DecryptUpdate(m_context.get(), blocks.data(), &made, blocks.data(), static_cast<int>(blocks.size())) != 1 ||
        static_cast<std::size_t>(made) != blocks.size())
        return refuse(Reason::internal);
    return {};
}

} // namespace sekisho::office_encryption
