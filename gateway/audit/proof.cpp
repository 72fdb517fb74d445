#include "gateway/audit/proof.h"

#include <boost/json.hpp>

namespace sekisho::audit {

namespace json = boost::json;

Result<Proof> make_proof(Log& log, std::uint64_t leaf, const SigningKey& key, std::int64_t now) {
    Proof proof;
    proof.record = TRY(log.record(leaf));
    if (log.last_checkpoint_size() <= leaf) TRY(log.write_checkpoint(key, now));
    proof.leaf = leaf;
    proof.size = log.last_checkpoint_size();
    proof.path = TRY(log.inclusion_path(leaf, proof.size));
    proof.checkpoint = log.last_checkpoint();
    return proof;
}

std::string to_json(const Proof& proof) {
    json::array path;
    for (const Digest& hash : proof.path) path.emplace_back(to_base64(hash));
    const json::object object{{"leaf", proof.leaf},
                              {"size", proof.size},
                              {"record", proof.record},
                              {"path", std::move(path)},
                              {"checkpoint", proof.checkpoint}};
    return json::serialize(object);
}

Result<Proof> proof_of_json(std::string_view text) {
    try {
        const json::value value = json::parse(text);
        const json::object& object = value.as_object();
        Proof proof;
        proof.leaf = object.at("leaf").to_number<std::uint64_t>();
        proof.size = object.at("size").to_number<std::uint64_t>();
        proof.record = std::string(object.at("record").as_string());
        proof.checkpoint = std::string(object.at("checkpoint").as_string());
        for (const json::value& item : object.at("path").as_array()) {
            const Bytes bytes = TRY(from_base64(std::string_view(item.as_string())));
            Digest hash{};
            if (bytes.size() != hash.size()) return reject("audit.proof", "a hash of the path has the wrong size");
            std::copy(bytes.begin(), bytes.end(), hash.begin());
            proof.path.push_back(hash);
        }
        return proof;
    } catch (const std::exception& error) {
        return reject("audit.proof", error.what(), {}, "Take the whole \"audit\" object of a receipt");
    }
}

Result<Checkpoint> check_proof(const Proof& proof, const PublicKey& key) {
    const Checkpoint checkpoint = TRY(checkpoint_of(proof.checkpoint, key));
    if (checkpoint.size != proof.size ||
        !inclusion_holds(leaf_hash(as_view(proof.record)), proof.leaf, proof.size, proof.path, checkpoint.root))
        return reject("audit.proof", "the record does not stand in the log that the checkpoint signs");
    return checkpoint;
}

} // namespace sekisho::audit
