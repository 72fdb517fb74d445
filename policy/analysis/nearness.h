// How far a request is from a rule. Inside the room only.
#pragma once

#include <optional>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/engine/facts.h"

namespace sekisho::policy {

class Nearness {
public:
    // Borrows both.
    Nearness(const Compiled& policy, const Request& request);

    // The fewest comparisons that would have to come out otherwise for an allow to match; nothing if it goes another
    // way.
    std::optional<std::vector<Words>> to_match(const CompiledRule& rule) const;
    // The same for a forbid not to match; nothing if no change of what it asks for would do.
    std::optional<std::vector<Words>> to_avoid(const CompiledRule& rule) const;

private:
    // That a condition, or its negation, is surely so.
    std::vector<Words> to_hold(std::uint32_t step, bool negated) const;
    Truth truth_of(std::uint32_t step) const;
    Words wanted(std::uint32_t step, bool negated) const;

    const Compiled& m_policy;
    Facts m_facts;
};

} // namespace sekisho::policy
