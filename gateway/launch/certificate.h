#pragma once

#include <string>

#include "base/error/error.h"

namespace sekisho::launch {

struct CertificateAndKey {
    std::string certificate; // PEM
    std::string key;         // PEM, PKCS #8
};

// Self-signed, EC P-256, 397 days, for a portal that has no certificate of the municipality yet.
// `alternative_names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1".
Result<CertificateAndKey> make_certificate(const std::string& common_name, const std::string& alternative_names);

} // namespace sekisho::launch
