// A policy as regions of a space.
#pragma once

#include <optional>
#include <vector>

#include "policy/analysis/region.h"
#include "policy/analysis/space.h"

namespace sekisho::policy {

// Of a condition with three values.
enum class Holds : std::uint8_t {
    surely, // is yes
    maybe   // is not no
};

// Where a condition holds; where its negation does.
Bounded<Region> region_of(const Space& space, std::size_t policy, std::uint32_t condition, Holds holds, Work& work,
                          bool negated = false);
// Where a rule's zones, condition and end hold.
Bounded<Region> region_of(const Space& space, std::size_t policy, const CompiledRule& rule, Holds holds, Work& work);

struct Model {
    static Bounded<Model> make(const Space& space, std::size_t policy, Work& work);

    const Space* space = nullptr;
    std::size_t policy = 0; // its number in the space
    // Of each rule of Compiled::rules, where it decides, other rules aside: an allow where it surely matches while the
    // policy is valid, a forbid where it may match and is not surely excepted.
    std::vector<Region> rules;
    std::vector<Region> bare;       // of each forbid, its exceptions aside
    std::vector<Region> exceptions; // where each surely holds
    Region invalid;                 // the days on which nothing is allowed

    const Compiled& compiled() const { return space->policy(policy); }
    // All that is never allowed. Borrows the model.
    Cover denied() const;
};

} // namespace sekisho::policy
