// AES as WinZip does it: PBKDF2 with HMAC-SHA1 gives a key, a key for the proof and two bytes that tell a wrong
// password; the data are AES in counter mode (little-endian, from 1); the first ten bytes of an HMAC-SHA1 over the
// encrypted data stand behind them. OpenSSL brings the primitives.
#include <algorithm>
#include <array>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "sanitizer/formats/zip_container/decrypt.h"

namespace sekisho::zip_detail {

namespace {

constexpr std::size_t block_size = 16, piece_size = 64 * 1024, proof_size = 10, check_size = 2;

template <auto function> struct Free {
    void operator()(auto* object) const { function(object); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;
using Mac = std::unique_ptr<EVP_MAC, Free<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;

// Where the parts of an encrypted member lie, and what its password makes.
struct Keys {
    std::uint64_t data = 0, size = 0; // of the encrypted bytes alone
    Bytes cipher, proof, check;
};

Result<Keys> derive(const Source& in, const ZipEntry& entry, std::string_view password) {
    constexpr int rounds = 1000;
    const std::size_t key_size = 8 * (entry.aes_strength + 1U), salt_size = key_size / 2;
    const std::size_t overhead = salt_size + check_size + proof_size;
    if (entry.packed < overhead) return refuse(Reason::zip_size);
    const Bytes salt = TRY(read_exactly(in, entry.data_offset, salt_size));
    Bytes made(2 * key_size + check_size);
    if (PKCS5_PBKDF2_HMAC_SHA1(password.data(), static_cast<int>(password.size()), salt.data(),
                               static_cast<int>(salt.size()), rounds, static_cast<int>(made.size()), made.data()) != 1)
        return refuse(Reason::internal);
    const auto part = [&](std::size_t at, std::size_t size) {
        const View view = View(made).subspan(at, size);
        return Bytes(view.begin(), view.end());
    };
    return Keys{entry.data_offset + salt_size + check_size, entry.packed - overhead, part(0, key_size),
                part(key_size, key_size), part(2 * key_size, check_size)};
}

template <typename Piece> Result<> for_pieces(const Source& in, const Keys& keys, Budget& budget, Piece with) {
    Bytes piece(piece_size);
    for (std::uint64_t done = 0; done < keys.size;) {
        TRY(budget.check_time());
        const std::size_t size = std::min<std::uint64_t>(piece.size(), keys.size - done);
        const auto part = std::span(piece).first(size);
        if (TRY(in.read_at(keys.data + done, part)) != size) return refuse(Reason::zip_truncated);
        TRY(with(part));
        done += size;
    }
    return {};
}

// Whether the ten bytes behind the data prove data and password.
Result<bool> proved(const Source& in, const Keys& keys, Budget& budget) {
    const Mac algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    const MacContext mac(algorithm ? EVP_MAC_CTX_new(algorithm.get()) : nullptr);
    std::array<char, 5> digest{"SHA1"};
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                OSSL_PARAM_construct_end()};
    if (!mac || EVP_MAC_init(mac.get(), keys.proof.data(), keys.proof.size(), parameters.data()) != 1)
        return refuse(Reason::internal);
    TRY(for_pieces(in, keys, budget, [&](std::span<std::uint8_t> piece) -> Result<> {
        if (EVP_MAC_update(mac.get(), piece.data(), piece.size()) != 1) return refuse(Reason::internal);
        return {};
    }));
    std::array<std::uint8_t, 20> made{};
    std::size_t size = 0;
    if (EVP_MAC_final(mac.get(), made.data(), &size, made.size()) != 1) return refuse(Reason::internal);
    const Bytes stored = TRY(read_exactly(in, keys.data + keys.size, proof_size));
    return std::ranges::equal(stored, View(made).first(proof_size));
}

// The key stream, a piece at a time.
class Counter {
public:
    Result<> start(const Bytes& key) {
        const EVP_CIPHER* cipher = key.size() == 16   ? EVP_aes_128_ecb()
                                   : key.size() == 24 ? EVP_aes_192_ecb()
                                                      : EVP_aes_256_ecb();
        m_context.reset(EVP_CIPHER_CTX_new());
        if (!m_context || EVP_EncryptInit_ex2(m_context.get(), cipher, key.data(), nullptr, nullptr) != 1 ||
            EVP_CIPHER_CTX_set_padding(m_context.get(), 0) != 1)
            return refuse(Reason::internal);
        return {};
    }
    // All pieces but the last are whole blocks.
    Result<> apply(std::span<std::uint8_t> piece) {
        const std::size_t blocks = (piece.size() + block_size - 1) / block_size;
        Bytes stream(blocks * block_size);
        for (std::size_t i = 0; i < blocks; ++i) {
            ++m_next;
            for (std::size_t byte = 0; byte < 8; ++byte)
                stream[i * block_size + byte] = static_cast<std::uint8_t>(m_next >> (8 * byte));
        }
        int made = 0;
        if (EVP_EncryptUpdate(m_context.get(), stream.data(), &made, stream.data(), static_cast<int>(stream.size())) !=
                1 ||
            static_cast<std::size_t>(made) != stream.size())
            return refuse(Reason::internal);
        for (std::size_t i = 0; i < piece.size(); ++i) piece[i] ^= stream[i];
        return {};
    }

private:
    CipherContext m_context;
    std::uint64_t m_next = 0;
};

} // namespace

Result<> decrypt_aes(const Source& in, const ZipEntry& entry, std::string_view password, Budget& budget, Sink& out) {
    const Keys keys = TRY(derive(in, entry, password));
    const Bytes check = TRY(read_exactly(in, keys.data - check_size, check_size));
    if (check != keys.check || !TRY(proved(in, keys, budget))) return refuse(Reason::archive_password);
    Counter counter;
    TRY(counter.start(keys.cipher));
    return for_pieces(in, keys, budget, [&](std::span<std::uint8_t> piece) -> Result<> {
        TRY(counter.apply(piece));
        return out.write(View(piece));
    });
}

} // namespace sekisho::zip_detail

namespace sekisho {

void warm_up_zip() {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
    std::uint8_t key[16];
    const std::string_view sample = "password";
    if (!mac || PKCS5_PBKDF2_HMAC_SHA1(sample.data(), static_cast<int>(sample.size()), as_view(sample).data(),
                                       static_cast<int>(sample.size()), 1, sizeof key, key) != 1)
        bug("OpenSSL lacks an algorithm");
}

} // namespace sekisho
