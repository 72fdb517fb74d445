#include "tests/policy/sign/signer.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "base/crypto/crypto.h"
#include "policy/sign/wire.h"

namespace sekisho::tests {

using sign::KeyKind;
using sign::write_string;

struct PolicySigner::State {
    EVP_PKEY* key = nullptr;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_PKEY_free(key); }
};

namespace {

constexpr std::string_view application = "ssh:";

void write_positive(ByteWriter& writer, const BIGNUM* number) {
    Bytes octets(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, octets.data());
    if (octets.empty() || octets[0] >= 0x80) octets.insert(octets.begin(), 0);
    write_string(writer, octets);
}

Bytes digest_of(const std::string& hash, View message) {
    Bytes digest(64);
    std::size_t size = digest.size();
    EVP_Q_digest(nullptr, hash.c_str(), nullptr, message.data(), message.size(), digest.data(), &size);
    digest.resize(size);
    return digest;
}

const EVP_MD* digest_for(KeyKind kind) {
    if (kind == KeyKind::ecdsa_384) return EVP_sha384();
    return kind == KeyKind::ecdsa_521 ? EVP_sha512() : EVP_sha256();
}

Bytes point_of(EVP_PKEY* key, const sign::KeyKindRow& row) {
    Bytes point(row.point);
    std::size_t size = point.size();
    if (row.curve.empty())
        EVP_PKEY_get_raw_public_key(key, point.data(), &size);
    else
        EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, point.data(), point.size(), &size);
    point.resize(size);
    return point;
}

} // namespace

PolicySigner::PolicySigner(KeyKind kind) : m_state(std::make_unique<State>()), m_kind(kind) {
    const sign::KeyKindRow& row = sign::row_of(kind);
    m_state->key = row.curve.empty() ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519") : EVP_EC_gen(row.group);
    ByteWriter writer;
    write_string(writer, as_view(row.name));
    if (!row.curve.empty()) write_string(writer, as_view(row.curve));
    write_string(writer, point_of(m_state->key, row));
    if (row.hardware) write_string(writer, as_view(application));
    m_blob = writer.take();
}

PolicySigner::PolicySigner(PolicySigner&&) noexcept = default;
PolicySigner::~PolicySigner() = default;

std::string PolicySigner::line() const {
    return std::string(sign::row_of(m_kind).name) + ' ' + to_base64(m_blob);
}

Bytes PolicySigner::raw_signature(View message) const {
    const bool curve = !sign::row_of(m_kind).curve.empty();
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, curve ? digest_for(m_kind) : nullptr, nullptr, m_state->key);
    std::size_t size = 0;
    EVP_DigestSign(context, nullptr, &size, message.data(), message.size());
    Bytes octets(size);
    EVP_DigestSign(context, octets.data(), &size, message.data(), message.size());
    EVP_MD_CTX_free(context);
    octets.resize(size);
    if (!curve) return octets;
    const std::uint8_t* begin = octets.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(octets.size()));
    ByteWriter writer;
    write_positive(writer, ECDSA_SIG_get0_r(pair));
    write_positive(writer, ECDSA_SIG_get0_s(pair));
    ECDSA_SIG_free(pair);
    return writer.take();
}

std::string PolicySigner::sign(std::string_view message, const SignAs& as) const {
    const sign::KeyKindRow& row = sign::row_of(m_kind);
    ByteWriter words;
    words.text("SSHSIG");
    write_string(words, as_view(as.purpose));
    write_string(words, {});
    write_string(words, as_view(as.hash));
    write_string(words, digest_of(as.hash, as_view(message)));
    ByteWriter signature;
    write_string(signature, as_view(row.name));
    if (row.hardware) {
        ByteWriter wrapped;
        wrapped.raw(sha256(as_view(application)));
        wrapped.u8(as.flags);
        wrapped.u32be(as.counter);
        wrapped.raw(sha256(words.bytes()));
        write_string(signature, raw_signature(wrapped.bytes()));
        signature.u8(as.flags);
        signature.u32be(as.counter);
    } else {
        write_string(signature, raw_signature(words.bytes()));
    }
    ByteWriter blob;
    blob.text("SSHSIG");
    blob.u32be(1);
    write_string(blob, m_blob);
    write_string(blob, as_view(as.purpose));
    write_string(blob, as_view(as.reserved));
    write_string(blob, as_view(as.hash));
    write_string(blob, signature.bytes());
    return armored(blob.bytes());
}

std::string armored(View blob) {
    const std::string base64 = to_base64(blob);
    std::string text = "-----BEGIN SSH SIGNATURE-----\n";
    for (std::size_t i = 0; i < base64.size(); i += 70) text += base64.substr(i, 70) + '\n';
    return text + "-----END SSH SIGNATURE-----\n";
}

} // namespace sekisho::tests
