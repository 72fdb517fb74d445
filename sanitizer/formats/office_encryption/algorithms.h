// AES, hashes and HMAC of OpenSSL, as [MS-OFFCRYPTO] uses them.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes/bytes.h"
#include "sanitizer/catalogue/catalogue.h"

struct evp_md_st;
struct evp_md_ctx_st;
struct evp_mac_ctx_st;
struct evp_cipher_ctx_st;

namespace sekisho::office_encryption {

enum class HashKind : std::uint8_t { sha1, sha256, sha384, sha512 };
std::optional<HashKind> hash_named(std::string_view name); // as in EncryptionInfo: "SHA1", "SHA512", ...
std::size_t size_of(HashKind kind);

class Hash {
public:
    static Result<Hash> of(HashKind kind);
    // The hash of some pieces, one behind the other. Fast enough to be repeated a million times.
    Result<> over(std::initializer_list<View> pieces, Bytes& made);

private:
    struct Free {
        void operator()(evp_md_st* digest) const;
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_st, Free> m_digest;
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

class Hmac {
public:
    static Result<Hmac> of(HashKind kind, View key);
    Result<> add(View view);
    Result<Bytes> finish();

private:
    struct Free {
        void operator()(evp_mac_ctx_st* context) const;
    };
    std::unique_ptr<evp_mac_ctx_st, Free> m_context;
};

// AES of 128, 192 or 256 bits without padding.
class Aes {
public:
    enum class Chaining : std::uint8_t { ecb, cbc };
    static constexpr std::size_t block_size = 16;

    static Result<Aes> with(View key, Chaining chaining);
    // In place; `blocks` is a multiple of block_size. `iv` is empty with ECB.
    Result<> decrypt(std::span<std::uint8_t> blocks, View iv = {});

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    std::unique_ptr<evp_cipher_ctx_st, Free> m_context;
};

} // namespace sekisho::office_encryption
