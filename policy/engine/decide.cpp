#include "policy/engine/engine.h"

#include <algorithm>
#include <string>
#include <utility>

#include "policy/engine/facts.h"

namespace sekisho::policy {

namespace {

// Unknown: the policy has a validity and the day is not known.
Truth valid_on(const Compiled& policy, const std::optional<std::chrono::sys_days>& day) {
    if (!policy.valid) return Truth::yes;
    if (!day) return Truth::unknown;
    const auto number = day->time_since_epoch().count();
    const bool begun = number >= static_cast<std::int64_t>(policy.valid->from);
    return begun && number <= static_cast<std::int64_t>(policy.valid->until) ? Truth::yes : Truth::no;
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
    if (!rule.keep_days) return;
    decision.keep_days = std::min(decision.keep_days.value_or(*rule.keep_days), *rule.keep_days);
}

Decision denied(Ground ground) {
    Decision decision;
    decision.ground = ground;
    return decision;
}

// The forbids that match, or that cannot be known not to.
Decision forbidden(const Compiled& policy, const Facts& facts) {
    Decision decision = denied(Ground::not_certain);
    for (const CompiledRule& rule : policy.rules) {
        if (rule.allows) break;
        const Truth match = matches(policy, rule, facts);
        if (match == Truth::no) continue;
        if (match == Truth::yes) decision.ground = Ground::forbidden;
        add_rule(decision, rule);
    }
    return decision;
}

} // namespace

Decision Policy::decide(const Request& request) const {
    const Compiled& policy = *m_compiled;
    if (!policy.loaded) return denied(Ground::no_policy);
    if (valid_on(policy, request.day) != Truth::yes) return denied(Ground::not_valid);

    const Facts facts = facts_of(policy, request);
    Decision decision = forbidden(policy, facts);
    if (!decision.rules.empty()) return decision;
    for (const CompiledRule& rule : policy.rules) {
        if (!rule.allows || matches(policy, rule, facts) != Truth::yes) continue;
        add_rule(decision, rule);
        add_obligations(decision, policy, rule);
    }
    const bool allowed = !decision.rules.empty();
    decision.outcome = allowed ? Outcome::allow : Outcome::deny;
    decision.ground = allowed ? Ground::allowed : Ground::no_rule;
    std::ranges::sort(decision.approvals, {}, [](const Approval& a) { return std::pair(a.group, a.zone); });
    return decision;
}

bool Policy::possible(const Request& request) const {
    const Compiled& policy = *m_compiled;
    if (!policy.loaded || valid_on(policy, request.day) == Truth::no) return false;
    const Facts facts = facts_of(policy, request);
    bool some = false;
    for (const CompiledRule& rule : policy.rules) {
        const Truth match = matches(policy, rule, facts);
        if (!rule.allows && match == Truth::yes) return false;
        if (rule.allows && match != Truth::no) some = true;
    }
    return some;
}

} // namespace sekisho::policy
