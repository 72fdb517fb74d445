// Encrypts packages as Office does ([MS-OFFCRYPTO]), with knobs to get it wrong.
#pragma once

#include <functional>
#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct Agile {
    std::u16string password = u"secret";
    std::string hash = "SHA512";
    int key_bits = 256;
    unsigned spins = 1000;
    std::string claimed_spins;                     // in place of the true number
    bool break_proof = false;                      // the HMAC is of something else
    std::function<void(std::string&)> change_info; // the XML, before it is packed
    std::function<void(Bytes&)> change_content;    // after encryption
};
Bytes encrypt(View package, const Agile& how);

struct Standard {
    std::u16string password = u"secret";
    int key_bits = 128;
    std::function<void(Bytes&)> change_info = {}; // the stream EncryptionInfo
};
Bytes encrypt(View package, const Standard& how);

} // namespace sekisho::tests
