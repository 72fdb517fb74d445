#include "policy/sign/openssl.h"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace sekisho::sign {

namespace {

template <auto release> struct Release {
    template <typename Object> void operator()(Object* object) const { release(object); }
};
using PublicKeyHandle = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Pair = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;

PublicKeyHandle public_key(const KeyKindRow& kind, View point) {
    std::string group(kind.group);
    Bytes octets(point.begin(), point.end()); // the parameters want something that may be written
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
        OSSL_PARAM_construct_end(),
    };
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    // OSSL_PARAM is copied here; fromdata wants an array that is not const.
    OSSL_PARAM copy[] = {parameters[0], parameters[1], parameters[2]};
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, copy) != 1) return nullptr;
    return PublicKeyHandle(key);
}

// RFC 5656 section 6.2.1.
const EVP_MD* digest_of(const KeyKindRow& kind) {
    switch (kind.kind) {
    case KeyKind::ecdsa_384:
        return EVP_sha384();
    case KeyKind::ecdsa_521:
        return EVP_sha512();
    default:
        return EVP_sha256();
    }
}

Number number_of(View octets) {
    return Number(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}

Bytes der_of(View r, View s) {
    const Pair pair(ECDSA_SIG_new());
    Number first = number_of(r);
    Number second = number_of(s);
    if (!pair || !first || !second || ECDSA_SIG_set0(pair.get(), first.get(), second.get()) != 1) return {};
    static_cast<void>(first.release()); // the pair's from here on
    static_cast<void>(second.release());
    const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
    if (size <= 0) return {};
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* end = der.data();
    return i2d_ECDSA_SIG(pair.get(), &end) == size ? der : Bytes{};
}

} // namespace

bool is_on_curve(const KeyKindRow& kind, View point) {
    if (point.empty() || point[0] != 4) return false; // SEC 1: not compressed
    const PublicKeyHandle key = public_key(kind, point);
    if (!key) return false;
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    return context && EVP_PKEY_public_check(context.get()) == 1;
}

bool verify_ecdsa(const KeyKindRow& kind, View point, View message, View r, View s) {
    constexpr std::size_t longest = 66; // octets of a number of P-521
    if (r.size() > longest || s.size() > longest) return false;
    const PublicKeyHandle key = public_key(kind, point);
    const Bytes der = der_of(r, s);
    const DigestContext context(EVP_MD_CTX_new());
    if (!key || der.empty() || !context) return false;
    if (EVP_DigestVerifyInit(context.get(), nullptr, digest_of(kind), nullptr, key.get()) != 1) return false;
    return EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

} // namespace sekisho::sign
