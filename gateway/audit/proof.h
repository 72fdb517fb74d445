// A proof that one record stands in the log: the record, its place, the hashes beside its way to the root, and a signed
// checkpoint. It verifies offline with the log's public key alone.
#pragma once

#include "gateway/audit/log.h"

namespace sekisho::audit {

struct Proof {
    std::string record;
    std::uint64_t leaf = 0;
    std::uint64_t size = 0; // of the tree that the checkpoint signs
    std::vector<Digest> path;
    std::string checkpoint;
};

// Writes a new checkpoint first if the last one does not cover the leaf.
Result<Proof> make_proof(Log& log, std::uint64_t leaf, const SigningKey& key, std::int64_t now);
std::string to_json(const Proof& proof);
Result<Proof> proof_of_json(std::string_view json);
// reject "audit.proof" if record, path, checkpoint and key do not fit together.
Result<Checkpoint> check_proof(const Proof& proof, const PublicKey& key);

} // namespace sekisho::audit
