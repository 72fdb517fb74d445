#include "sanitizer/formats/archive_encryption/rar5_keys.h"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "sanitizer/formats/archive_encryption/free.h"

namespace sekisho::archive_encryption {

namespace {

class Hmac {
public:
    Result<> start(View key) {
        const std::unique_ptr<EVP_MAC, Free<EVP_MAC_free>> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        m_context.reset(algorithm ? EVP_MAC_CTX_new(algorithm.get()) : nullptr);
        std::array<char, 7> digest{"SHA256"};
        const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                    OSSL_PARAM_construct_end()};
        if (!m_context || EVP_MAC_init(m_context.get(), key.data(), key.size(), parameters.data()) != 1)
            return refuse(Reason::internal);
        return {};
    }
    Result<> over(View message, Key& made) {
        std::size_t size = 0;
        if (EVP_MAC_init(m_context.get(), nullptr, 0, nullptr) != 1 ||
            EVP_MAC_update(m_context.get(), message.data(), message.size()) != 1 ||
            EVP_MAC_final(m_context.get(), made.data(), &size, made.size()) != 1)
            return refuse(Reason::internal);
        return {};
    }

private:
    std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>> m_context;
};

} // namespace

Result<Key> hmac_sha256(const Key& key, View message) {
    Hmac hmac;
    TRY(hmac.start(key));
    Key made{};
    TRY(hmac.over(message, made));
    return made;
}

Result<RarKeys> rar_keys(const RarKdf& kdf, std::string_view password, Budget& budget) {
    constexpr std::uint64_t sums_after = 16, check_after = 32;
    Hmac hmac;
    TRY(hmac.start(as_view(password)));
    Bytes first(kdf.salt.begin(), kdf.salt.end());
    first.insert(first.end(), {0, 0, 0, 1}); // RFC 8018 5.2: the number of the block
    Key round{};
    TRY(hmac.over(first, round));
    Key sum = round;
    RarKeys keys;
    const std::uint64_t count = 1ULL << kdf.power;
    for (std::uint64_t i = 1; i < count + check_after; ++i) {
        if (i == count) keys.cipher = sum;
        if (i == count + sums_after) keys.sums = sum;
        TRY(budget.check_time());
        TRY(hmac.over(round, round));
        for (std::size_t byte = 0; byte < sum.size(); ++byte) sum[byte] ^= round[byte];
    }
    for (std::size_t byte = 0; byte < sum.size(); ++byte) keys.check[byte % keys.check.size()] ^= sum[byte];
    return keys;
}

Result<RarKeys> RarKeyring::keys_for(const RarKdf& kdf) {
    const std::pair place(kdf.power, kdf.salt);
    if (const auto known = m_known.find(place); known != m_known.end()) {
        if (known->second.check != kdf.check) return refuse(Reason::archive_password);
        return known->second;
    }
    if (m_passwords.empty()) return refuse(Reason::input_encrypted);
    for (const std::string& password : m_passwords) {
        const RarKeys keys = TRY(rar_keys(kdf, password, m_budget));
        if (keys.check != kdf.check) continue;
        m_known.emplace(place, keys);
        return keys;
    }
    return refuse(Reason::archive_password);
}

} // namespace sekisho::archive_encryption
