#include "gateway/audit/merkle.h"

#include <bit>

namespace sekisho::audit {

Digest leaf_hash(View record) {
    constexpr std::uint8_t prefix = 0;
    Sha256 hash;
    hash.add(View(&prefix, 1));
    hash.add(record);
    return hash.digest();
}

Digest node_hash(const Digest& left, const Digest& right) {
    constexpr std::uint8_t prefix = 1;
    Sha256 hash;
    hash.add(View(&prefix, 1));
    hash.add(left);
    hash.add(right);
    return hash.digest();
}

void Frontier::append(const Digest& leaf) {
    Digest carried = leaf;
    // As in a binary counter: every trailing one bit of the size is a complete subtree that now doubles.
    for (std::uint64_t bits = m_size; bits & 1; bits >>= 1) {
        carried = node_hash(m_complete.back(), carried);
        m_complete.pop_back();
    }
    m_complete.push_back(carried);
    ++m_size;
}

Digest Frontier::root() const {
    if (m_complete.empty()) return sha256({});
    Digest root = m_complete.back();
    for (std::size_t i = m_complete.size() - 1; i-- > 0;) root = node_hash(m_complete[i], root);
    return root;
}

namespace {

// The root of leaves [begin, end): complete subtrees from the store, the ragged right edge put together.
Result<Digest> range_root(std::uint64_t begin, std::uint64_t end, const NodeAt& node_at) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return node_at(level, begin >> level);
    }
    const std::uint64_t split = std::bit_floor(count);
    const Digest left = TRY(range_root(begin, begin + split, node_at));
    const Digest right = TRY(range_root(begin + split, end, node_at));
    return node_hash(left, right);
}

} // namespace

Result<std::vector<Digest>> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeAt& node_at) {
    if (index >= size) return reject("audit.no-leaf", "the log has no such record");
    std::vector<Digest> path;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t split = begin + std::bit_floor(end - begin - 1);
        const bool left = index < split;
        path.insert(path.begin(), TRY(left ? range_root(split, end, node_at) : range_root(begin, split, node_at)));
        (left ? end : begin) = split;
    }
    return path;
}

bool inclusion_holds(const Digest& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Digest>& path,
                     const Digest& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Digest hash = leaf;
    for (const Digest& sibling : path) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            hash = node_hash(sibling, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

} // namespace sekisho::audit
