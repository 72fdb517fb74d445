// What `sekisho audit verify` does: reads the whole log again, with nothing but the public key.
#pragma once

#include "gateway/audit/log.h"

namespace sekisho::audit {

struct Verified {
    std::uint64_t records = 0;
    std::uint64_t checkpoints = 0;
    std::uint64_t covered = 0; // records that the last checkpoint signs
    Digest root{};
};

// reject "audit.damaged" with the place of the first contradiction, "audit.checkpoint" for a signature that does not
// fit.
Result<Verified> verify_log(const std::string& directory, const PublicKey& key);

} // namespace sekisho::audit
