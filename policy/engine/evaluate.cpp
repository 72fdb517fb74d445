#include "policy/engine/facts.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

Truth truth(bool holds) {
    return holds ? Truth::yes : Truth::no;
}

Truth compare(const std::optional<std::uint64_t>& value, const Step& step) {
    if (!value) return Truth::unknown;
    switch (step.comparison) {
    case Operator::less:
        return truth(*value < step.first);
    case Operator::less_equal:
        return truth(*value <= step.first);
    case Operator::greater:
        return truth(*value > step.first);
    case Operator::greater_equal:
        return truth(*value >= step.first);
    default:
        return Truth::unknown; // the compiler lets no other through
    }
}

Truth contains(const std::optional<Set>& set, const Step& step) {
    return set ? truth((*set)[step.first]) : Truth::unknown;
}

// 22:00..06:00 goes over midnight.
Truth within_hours(const std::optional<std::uint64_t>& minute, const Step& step) {
    if (!minute) return Truth::unknown;
    const bool begun = *minute >= step.first;
    const bool not_over = *minute < step.last;
    return truth(step.first < step.last ? begun && not_over : begun || not_over);
}

// As deep as the parser lets conditions nest.
Truth evaluate(const Compiled& policy, std::uint32_t at, const Facts& facts) {
    const Step& step = policy.steps[at];
    const auto fold = [&](Truth result, auto pick) {
        for (std::uint32_t inner = at + 1; inner < step.end; inner = policy.steps[inner].end)
            result = pick(result, evaluate(policy, inner, facts));
        return result;
    };
    switch (step.test) {
    case Test::all:
        return fold(Truth::yes, [](Truth a, Truth b) { return std::min(a, b); });
    case Test::any:
        return fold(Truth::no, [](Truth a, Truth b) { return std::max(a, b); });
    case Test::negation: {
        const Truth inner = evaluate(policy, at + 1, facts);
        return inner == Truth::unknown ? inner : truth(inner == Truth::no);
    }
    case Test::type_in:
        return facts.type ? truth(facts.type->groups[step.first]) : Truth::unknown;
    case Test::type_is:
        return facts.type ? truth(facts.type_index == step.first) : Truth::unknown;
    case Test::family_is:
        return facts.type ? truth(facts.type->family == step.first) : Truth::unknown;
    case Test::user_in:
        return contains(facts.groups, step);
    case Test::size:
        return compare(facts.size, step);
    case Test::depth:
        return compare(facts.depth, step);
    case Test::hours:
        return within_hours(facts.minute, step);
    case Test::finding:
        return contains(facts.findings, step);
    }
    return Truth::unknown;
}

bool zone_matches(std::uint8_t rule, std::uint8_t request) {
    return rule == any_zone || rule == request;
}

} // namespace

Truth matches(const Compiled& policy, const CompiledRule& rule, const Facts& facts) {
    if (!zone_matches(rule.from, facts.from) || !zone_matches(rule.to, facts.to)) return Truth::no;
    return rule.condition ? evaluate(policy, *rule.condition, facts) : Truth::yes;
}

} // namespace sekisho::policy
