#include "sanitizer/formats/archive_encryption/cipher.h"

#include <algorithm>
#include <memory>

#include <openssl/evp.h>

#include "sanitizer/formats/archive_encryption/free.h"

namespace sekisho::archive_encryption {

namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;
using HashContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

} // namespace

Result<> decrypt(const Key& key, const Iv& iv, std::span<std::uint8_t> blocks) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    int made = 0;
    if (!context || EVP_DecryptInit_ex2(context.get(), EVP_aes_256_cbc(), key.data(), iv.data(), nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_DecryptUpdate(context.get(), blocks.data(), &made, blocks.data(), static_cast<int>(blocks.size())) != 1 ||
        static_cast<std::size_t>(made) != blocks.size())
        return refuse(Reason::internal);
    return {};
}

Result<Key> seven_zip_key(unsigned power, View salt, View password, Budget& budget) {
    constexpr unsigned no_hash = 0x3f;
    constexpr std::size_t rounds_at_once = 1024;
    Bytes round(salt.begin(), salt.end());
    round.insert(round.end(), password.begin(), password.end());
    Key key{};
    if (power == no_hash) {
        std::ranges::copy(View(round).first(std::min(round.size(), key.size())), key.begin());
        return key;
    }
    const std::size_t counter_at = round.size();
    round.resize(counter_at + 8);
    Bytes rounds;
    const HashContext hash(EVP_MD_CTX_new());
    if (!hash || EVP_DigestInit_ex2(hash.get(), EVP_sha256(), nullptr) != 1) return refuse(Reason::internal);
    for (std::uint64_t counter = 0; counter < 1ULL << power;) {
        TRY(budget.check_time());
        rounds.clear();
        for (std::size_t i = 0; i < rounds_at_once && counter < 1ULL << power; ++i, ++counter) {
            for (unsigned byte = 0; byte < 8; ++byte)
                round[counter_at + byte] = static_cast<std::uint8_t>(counter >> (8 * byte));
            rounds.insert(rounds.end(), round.begin(), round.end());
        }
        if (EVP_DigestUpdate(hash.get(), rounds.data(), rounds.size()) != 1) return refuse(Reason::internal);
    }
    if (EVP_DigestFinal_ex(hash.get(), key.data(), nullptr) != 1) return refuse(Reason::internal);
    return key;
}

} // namespace sekisho::archive_encryption
