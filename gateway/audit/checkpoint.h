// A signed statement about the log at one size, in the form of a signed note (C2SP tlog-checkpoint): five lines of
// text, an empty line, and the signature line. Anybody who keeps one can later prove that history was not changed.
#pragma once

#include <string>

#include "base/crypto/crypto.h"

namespace sekisho::audit {

struct Checkpoint {
    std::uint64_t size = 0;
    Digest root{};
    std::int64_t time = 0; // Unix seconds
};

// The whole text, signature line included.
std::string signed_text(const Checkpoint& checkpoint, const SigningKey& key);
// Parses and checks the signature; reject "audit.checkpoint" for anything else.
Result<Checkpoint> checkpoint_of(std::string_view text, const PublicKey& key);

} // namespace sekisho::audit
