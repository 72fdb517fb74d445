#include "policy/engine/facts.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

Truth truth(bool holds) {
    return holds ? Truth::yes : Truth::no;
}

Truth negated(Truth value) {
    return value == Truth::unknown ? value : truth(value == Truth::no);
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

Truth in_mask(std::uint64_t mask, std::size_t bit) {
    return truth(((mask >> bit) & 1U) != 0);
}

template <typename Value> Truth one_of(const std::optional<Value>& value, const Step& step) {
    return value ? in_mask(step.first, static_cast<std::size_t>(*value)) : Truth::unknown;
}

Truth zone_in(std::uint8_t zone, const Step& step) {
    return zone < zones_max ? in_mask(step.first, zone) : Truth::unknown;
}

// 22:00..06:00 goes over midnight.
Truth within_hours(const std::optional<std::uint64_t>& minute, const Step& step) {
    if (!minute) return Truth::unknown;
    const bool begun = *minute >= step.first;
    const bool not_over = *minute < step.last;
    return truth(step.first < step.last ? begun && not_over : begun || not_over);
}

Truth in_group(const std::optional<PersonFacts>& person, const Step& step) {
    return person ? truth(person->groups[step.first]) : Truth::unknown;
}

Truth is_member(const std::optional<PersonFacts>& person, const Step& step) {
    return person ? truth(person->member && *person->member == step.first) : Truth::unknown;
}

Truth evaluate_transfer(const Compiled& policy, const Step& step, const Facts& facts) {
    switch (step.test) {
    case Test::from_in:
        return zone_in(facts.from, step);
    case Test::to_in:
        return zone_in(facts.to, step);
    case Test::origin_in:
        return zone_in(facts.origin, step);
    case Test::user_in:
        return in_group(facts.sender, step);
    case Test::user_is:
        return is_member(facts.sender, step);
    case Test::department_is:
        return facts.sender ? truth(facts.sender->departments[step.first]) : Truth::unknown;
    case Test::recipient_in:
        return in_group(facts.recipient, step);
    case Test::recipient_is:
        return is_member(facts.recipient, step);
    case Test::confidentiality:
        return one_of(facts.confidentiality, step);
    case Test::channel_in:
        return one_of(facts.channel, step);
    case Test::flow_specific:
        return facts.flow_known ? truth(facts.flow.has_value()) : Truth::unknown;
    case Test::flow_is:
        return facts.flow_known ? truth(facts.flow && *facts.flow == step.first) : Truth::unknown;
    case Test::hours:
        return within_hours(facts.minute, step);
    case Test::dates:
        return facts.day ? truth(*facts.day >= step.first && *facts.day <= step.last) : Truth::unknown;
    case Test::day_in:
        return contains(policy.calendars[step.first], facts.day);
    default:
        return Truth::unknown;
    }
}

Truth evaluate_content(const Compiled& policy, const Step& step, const Facts& facts) {
    switch (step.test) {
    case Test::type_in:
        return facts.type ? truth(facts.type->groups[step.first]) : Truth::unknown;
    case Test::type_is:
        return facts.type ? truth(facts.type_index == step.first) : Truth::unknown;
    case Test::family_is:
        return facts.type ? truth(facts.type->family == step.first) : Truth::unknown;
    case Test::size:
        return compare(facts.size, step);
    case Test::depth:
        return compare(facts.depth, step);
    case Test::members:
        return compare(facts.members, step);
    case Test::data_count:
        return compare(facts.data_count, step);
    case Test::finding:
        return facts.findings ? truth((*facts.findings)[step.first]) : Truth::unknown;
    case Test::data:
        return facts.data ? in_mask(*facts.data, step.first) : Truth::unknown;
    case Test::level_in:
        return one_of(facts.level, step);
    case Test::name_like:
        return facts.name ? truth(glob_matches(policy.globs[step.first], facts.name->text())) : Truth::unknown;
    default:
        return evaluate_transfer(policy, step, facts);
    }
}

// As deep as the parser lets conditions nest.
Truth evaluate(const Compiled& policy, std::uint32_t at, const Facts& facts) {
    const Step& step = policy.steps[at];
    const auto fold = [&](Truth result, Truth last, auto pick) {
        for (std::uint32_t inner = at + 1; inner < step.end && result != last; inner = policy.steps[inner].end)
            result = pick(result, evaluate(policy, inner, facts));
        return result;
    };
    switch (step.test) {
    case Test::all:
        return fold(Truth::yes, Truth::no, [](Truth a, Truth b) { return std::min(a, b); });
    case Test::any:
        return fold(Truth::no, Truth::yes, [](Truth a, Truth b) { return std::max(a, b); });
    case Test::negation:
        return negated(evaluate(policy, at + 1, facts));
    default:
        return evaluate_content(policy, step, facts);
    }
}

bool zone_matches(std::uint8_t rule, std::uint8_t request) {
    return rule == any_zone || rule == request;
}

bool has_day(const std::vector<DayRange>& ranges, std::uint64_t day) {
    const auto after = std::ranges::upper_bound(ranges, day, {}, &DayRange::first);
    return after != ranges.begin() && day <= std::prev(after)->last;
}

Truth not_over(const CompiledRule& rule, const Facts& facts) {
    if (!rule.until) return Truth::yes;
    return facts.day ? truth(*facts.day <= *rule.until) : Truth::unknown;
}

Truth holds(const Compiled& policy, const CompiledRule& rule, const Facts& facts) {
    if (!zone_matches(rule.from, facts.from) || !zone_matches(rule.to, facts.to)) return Truth::no;
    const Truth open = not_over(rule, facts);
    if (!rule.condition || open == Truth::no) return open;
    return std::min(open, evaluate(policy, *rule.condition, facts));
}

} // namespace

Truth contains(const CompiledCalendar& calendar, std::optional<std::uint64_t> day) {
    if (!day || has_day(calendar.unknown, *day)) return Truth::unknown;
    return truth(has_day(calendar.days, *day));
}

Truth passes(const Compiled& policy, const Gate& gate, const Facts& facts) {
    if (gate.special) return matches(policy, policy.rules[gate.rule], facts);
    return gate.conditional ? evaluate(policy, gate.condition, facts) : Truth::yes;
}

const std::vector<Gate>& gates_of(const Compiled& policy, const Facts& facts) {
    const std::size_t zones = policy.zones.size() + 1;
    const auto index = [&](std::uint8_t zone) { return std::min<std::size_t>(zone, zones - 1); };
    return policy.ways[index(facts.from) * zones + index(facts.to)];
}

Truth matches(const Compiled& policy, const CompiledRule& rule, const Facts& facts) {
    Truth result = holds(policy, rule, facts);
    for (const std::uint32_t exception : rule.exceptions) {
        if (result == Truth::no) break;
        result = std::min(result, negated(holds(policy, policy.exceptions[exception], facts)));
    }
    return result;
}

} // namespace sekisho::policy
