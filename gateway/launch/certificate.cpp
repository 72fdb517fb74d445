#include "gateway/launch/certificate.h"

#include <array>
#include <memory>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/crypto/crypto.h"

namespace sekisho::launch {

namespace {

constexpr long days_valid = 397; // what browsers accept at most
constexpr long seconds_of_a_day = 86'400;

template <typename Object, auto free_it> struct Freed {
    void operator()(Object* object) const { free_it(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

std::unexpected<Error> failed(const char* what) {
    return fail("launch.certificate", what);
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
    std::array<std::uint8_t, 16> random{};
    fill_random(random);
    random[0] &= 0x7F; // positive
    const std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>> number(BN_bin2bn(random.data(), random.size(), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509* certificate, const std::string& common_name) {
    X509_NAME* name = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, as_octets(common_name.data()),
                                      static_cast<int>(common_name.size()), -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1;
}

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace

Result<CertificateAndKey> make_certificate(const std::string& common_name, const std::string& alternative_names) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate) return failed("make a key");
    X509* x509 = certificate.get();
    const bool filled = X509_set_version(x509, X509_VERSION_3) == 1 && set_serial(x509) &&
                        X509_gmtime_adj(X509_getm_notBefore(x509), -seconds_of_a_day) &&
                        X509_gmtime_adj(X509_getm_notAfter(x509), (days_valid - 1) * seconds_of_a_day) &&
                        set_name(x509, common_name) && X509_set_pubkey(x509, key.get()) == 1 &&
                        add_extension(x509, NID_basic_constraints, "critical,CA:FALSE") &&
                        add_extension(x509, NID_key_usage, "critical,digitalSignature") &&
                        add_extension(x509, NID_ext_key_usage, "serverAuth") &&
                        add_extension(x509, NID_subject_alt_name, alternative_names);
    if (!filled || X509_sign(x509, key.get(), EVP_sha256()) == 0) return failed("sign a certificate");
    const Memory certificate_out(BIO_new(BIO_s_mem()));
    const Memory key_out(BIO_new(BIO_s_mem()));
    if (!certificate_out || !key_out || PEM_write_bio_X509(certificate_out.get(), x509) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return failed("write a certificate");
    return CertificateAndKey{text_of(certificate_out.get()), text_of(key_out.get())};
}

} // namespace sekisho::launch
