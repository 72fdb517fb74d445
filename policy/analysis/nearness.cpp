#include "policy/analysis/nearness.h"

#include "policy/analysis/words.h"

namespace sekisho::policy {

Nearness::Nearness(const Compiled& policy, const Request& request) : m_policy(policy) {
    facts_of(policy, request, m_facts);
}

// The engine's own word about a part of a condition: that of a rule that asks for nothing else.
Truth Nearness::truth_of(std::uint32_t step) const {
    CompiledRule alone;
    alone.from = any_zone;
    alone.to = any_zone;
    alone.condition = step;
    return matches(m_policy, alone, m_facts);
}

Words Nearness::wanted(std::uint32_t step, bool negated) const {
    return condition_words(m_policy, step, negated);
}

std::vector<Words> Nearness::to_hold(std::uint32_t at, bool negated) const {
    const Step& step = m_policy.steps[at];
    if (step.test == Test::negation) return to_hold(at + 1, !negated);
    if (step.test != Test::all && step.test != Test::any) {
        if (truth_of(at) == (negated ? Truth::no : Truth::yes)) return {};
        return {wanted(at, negated)};
    }
    const bool every = (step.test == Test::all) != negated;
    std::vector<Words> out;
    bool first = true;
    for (std::uint32_t inner = at + 1; inner < step.end; inner = m_policy.steps[inner].end) {
        auto changes = to_hold(inner, negated);
        if (every)
            out.insert(out.end(), changes.begin(), changes.end());
        else if (first || changes.size() < out.size())
            out = std::move(changes);
        first = false;
    }
    return out;
}

std::optional<std::vector<Words>> Nearness::to_match(const CompiledRule& rule) const {
    std::vector<Words> out;
    if (rule.from != m_facts.from || rule.to != m_facts.to) return std::nullopt;
    if (rule.until && (!m_facts.day || *m_facts.day > *rule.until)) {
        const std::string day = day_text(*rule.until);
        out.push_back({"date <= " + day, "日付 " + day + "以前"});
    }
    if (!rule.condition) return out;
    for (Words& change : to_hold(*rule.condition, false)) out.push_back(std::move(change));
    return out;
}

std::optional<std::vector<Words>> Nearness::to_avoid(const CompiledRule& rule) const {
    if (!rule.condition) return std::nullopt;
    return to_hold(*rule.condition, true);
}

} // namespace sekisho::policy
