// The instances of a file and what each refers to.
#pragma once

#include <optional>
#include <vector>

#include "sanitizer/core/budget.h"

namespace sekisho::sxf {

class Graph {
public:
    // Refuses Reason::limit_members beyond what any drawing has.
    Result<> add(std::uint64_t instance, bool kept, bool multiplies);
    Result<> refer(std::uint64_t to); // from the instance that was added last
    // Refuses Reason::cad_damaged for an instance that is there twice or a reference that leads nowhere, cad_nesting
    // for instances that contain each other or figures that multiply without bound.
    Result<> check(Budget& budget);
    // Once checked.
    bool is_kept(std::uint64_t instance) const;

private:
    struct Node {
        std::uint64_t instance;
        std::uint32_t first; // reference
        std::uint32_t count;
        bool kept, multiplies;
    };
    std::optional<std::uint32_t> find(std::uint64_t instance) const;
    Result<> resolve();
    Result<> weigh(Budget& budget) const;

    std::vector<Node> m_nodes;               // sorted once checked
    std::vector<std::uint64_t> m_references; // instances; positions in m_nodes once checked
};

} // namespace sekisho::sxf
