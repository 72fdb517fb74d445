// The Merkle tree of RFC 9162 section 2.1: leaf = SHA-256(0x00 || record), node = SHA-256(0x01 || left || right).
#pragma once

#include <functional>
#include <vector>

#include "base/crypto/crypto.h"

namespace sekisho::audit {

Digest leaf_hash(View record);
Digest node_hash(const Digest& left, const Digest& right);

// The right edge of a growing tree: enough to append and to tell the root.
class Frontier {
public:
    void append(const Digest& leaf);
    std::uint64_t size() const { return m_size; }
    // SHA-256 of nothing for an empty tree.
    Digest root() const;

private:
    std::uint64_t m_size = 0;
    std::vector<Digest> m_complete; // the complete subtrees, largest first
};

// Gives the hash of the complete subtree of 2^level leaves whose number is `index` at that level.
using NodeAt = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;

// The hashes beside the way from leaf `index` to the root of the first `size` leaves (RFC 9162 2.1.3.1).
Result<std::vector<Digest>> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeAt& node_at);
// RFC 9162 2.1.3.2.
bool inclusion_holds(const Digest& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Digest>& path,
                     const Digest& root);

} // namespace sekisho::audit
