#include "policy/engine/engine.h"

#include <algorithm>
#include <string>
#include <utility>

#include "policy/engine/facts.h"

namespace sekisho::policy {

namespace {

// Unknown: the policy has a validity and the day is not known.
Truth valid_on(const Compiled& policy, const Facts& facts) {
    if (!policy.valid) return Truth::yes;
    if (!facts.day) return Truth::unknown;
    return *facts.day >= policy.valid->from && *facts.day <= policy.valid->until ? Truth::yes : Truth::no;
}

void add_rule(Decision& decision, const CompiledRule& rule) {
    decision.rules.push_back(rule.id);
    if (rule.reason.empty()) return;
    if (!decision.reason.empty()) decision.reason += " / ";
    decision.reason += rule.reason;
}

void require(Decision& decision, Approval approval) {
    const auto same = std::ranges::find_if(decision.approvals, [&](const Approval& other) {
        return other.group == approval.group && other.zone == approval.zone;
    });
    if (same == decision.approvals.end())
        decision.approvals.push_back(std::move(approval));
    else
        same->count = std::max(same->count, approval.count);
}

// The strictest of what was required so far and what this rule requires.
void add_obligations(Decision& decision, const Compiled& policy, const CompiledRule& rule) {
    decision.strictness = std::max(decision.strictness, rule.strictness);
    for (const CompiledApproval& approval : rule.approvals)
        require(decision, {approval.count, policy.groups[approval.group], policy.zones[approval.zone]});
    if (rule.keep_days) decision.keep_days = std::min(decision.keep_days.value_or(*rule.keep_days), *rule.keep_days);
    if (rule.delay_minutes) decision.delay_minutes = std::max(decision.delay_minutes.value_or(0), *rule.delay_minutes);
    decision.watermarks.insert(decision.watermarks.end(), rule.watermarks.begin(), rule.watermarks.end());
}

// The forbids that match, or that cannot be known not to.
void forbid(const Compiled& policy, const Facts& facts, Ruling& into) {
    into.ground = Ground::not_certain;
    for (const Gate& gate : gates_of(policy, facts)) {
        if (gate.rule >= policy.forbids) break;
        const Truth match = passes(policy, gate, facts);
        if (match == Truth::no) continue;
        if (match == Truth::yes) into.ground = Ground::forbidden;
        into.rules.push_back(gate.rule);
    }
}

// Every one of these allows has to say so: what one of them leaves strict is strict.
std::vector<Chosen> mild_choices(const Compiled& policy, const std::vector<std::uint32_t>& allows) {
    std::uint32_t mild = allows.empty() ? 0 : ~std::uint32_t{0};
    for (const std::uint32_t index : allows) mild &= policy.rules[index].mild;
    std::vector<Chosen> out;
    for (std::size_t i = 0; i < policy.choices.size(); ++i)
        if (((mild >> i) & 1U) != 0) out.push_back({policy.choices[i].name, policy.choices[i].mild});
    return out;
}

} // namespace

void Policy::rule(const Request& request, Ruling& into) const {
    const Compiled& policy = *m_compiled;
    into.outcome = Outcome::deny;
    into.ground = Ground::no_policy;
    into.rules.clear();
    if (!policy.loaded) return;
    Facts facts;
    facts_of(policy, request, facts);
    if (valid_on(policy, facts) != Truth::yes) {
        into.ground = Ground::not_valid;
        return;
    }
    forbid(policy, facts, into);
    if (!into.rules.empty()) return;
    for (const Gate& gate : gates_of(policy, facts))
        if (gate.rule >= policy.forbids && passes(policy, gate, facts) == Truth::yes) into.rules.push_back(gate.rule);
    const bool allowed = !into.rules.empty();
    into.outcome = allowed ? Outcome::allow : Outcome::deny;
    into.ground = allowed ? Ground::allowed : Ground::no_rule;
}

Decision Policy::words(const Ruling& ruling) const {
    const Compiled& policy = *m_compiled;
    Decision decision;
    decision.outcome = ruling.outcome;
    decision.ground = ruling.ground;
    for (const std::uint32_t index : ruling.rules) {
        add_rule(decision, policy.rules[index]);
        if (ruling.outcome == Outcome::allow) add_obligations(decision, policy, policy.rules[index]);
    }
    if (ruling.outcome == Outcome::allow) decision.mild = mild_choices(policy, ruling.rules);
    std::ranges::sort(decision.approvals, {}, [](const Approval& a) { return std::pair(a.group, a.zone); });
    std::ranges::sort(decision.watermarks);
    const auto same = std::ranges::unique(decision.watermarks);
    decision.watermarks.erase(same.begin(), same.end());
    return decision;
}

Decision Policy::decide(const Request& request) const {
    Ruling ruling;
    rule(request, ruling);
    return words(ruling);
}

bool Policy::possible(const Request& request) const {
    const Compiled& policy = *m_compiled;
    if (!policy.loaded) return false;
    Facts facts;
    facts_of(policy, request, facts);
    if (valid_on(policy, facts) == Truth::no) return false;
    bool some = false;
    for (const Gate& gate : gates_of(policy, facts)) {
        const bool forbids = gate.rule < policy.forbids;
        if (!forbids && some) break;
        const Truth match = passes(policy, gate, facts);
        if (forbids && match == Truth::yes) return false;
        if (!forbids && match != Truth::no) some = true;
    }
    return some;
}

} // namespace sekisho::policy
