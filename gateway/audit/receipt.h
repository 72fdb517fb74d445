// The signature of a receipt (無害化証明). The log's key signs, because this process meets fewest strangers: the ledger,
// which writes receipts, talks to portals.
//
// A signed receipt is `{...,"signature":"BASE64"}`: Ed25519 over "sekisho receipt 1\n" and the SHA-256 of the text
// without that member, byte by byte.
#pragma once

#include <string>
#include <string_view>

#include "base/crypto/crypto.h"

namespace sekisho::audit {

Signature sign_receipt(const Digest& digest, const SigningKey& key);

// The text that was signed. reject "receipt.unsigned" if there is no signature, "receipt.signature" if it is not this key's.
Result<std::string> check_receipt(std::string_view text, const PublicKey& key);

} // namespace sekisho::audit
