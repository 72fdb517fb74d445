#include "policy/analysis/demand.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

struct Approving {
    std::string group;
    std::string zone;
    unsigned count;
    friend auto operator<=>(const Approving&, const Approving&) = default;
};

Approving approving(const Compiled& policy, const CompiledApproval& approval) {
    const bool zone = approval.zone < policy.zones.size();
    return {policy.groups[approval.group], zone ? policy.zones[approval.zone] : "", approval.count};
}

bool approves(const Compiled& policy, const CompiledRule& rule, const Approving& wanted) {
    return std::ranges::any_of(rule.approvals, [&](const CompiledApproval& approval) {
        const Approving has = approving(policy, approval);
        return has.group == wanted.group && has.zone == wanted.zone && has.count >= wanted.count;
    });
}

bool leaves_strict(const Compiled& policy, const CompiledRule& rule, std::string_view choice) {
    for (std::size_t i = 0; i < policy.choices.size(); ++i)
        if (policy.choices[i].name == choice) return ((rule.mild >> i) & 1U) == 0;
    return true;
}

struct Required {
    std::set<Approving> approvings;
    std::set<std::pair<std::string, std::string>> choices; // that are mild somewhere, with their strict words
    std::set<unsigned> keeps;
    std::set<unsigned> delays;
    std::set<std::string> marks;
};

Required required_by(std::span<const Compiled* const> policies) {
    Required out;
    for (const Compiled* policy : policies) {
        for (const CompiledRule& rule : policy->rules) {
            for (std::size_t i = 0; i < policy->choices.size(); ++i)
                if (((rule.mild >> i) & 1U) != 0)
                    out.choices.emplace(policy->choices[i].name, policy->choices[i].strict);
            for (const CompiledApproval& one : rule.approvals) out.approvings.insert(approving(*policy, one));
            if (rule.keep_days) out.keeps.insert(*rule.keep_days);
            if (rule.delay_minutes) out.delays.insert(*rule.delay_minutes);
            out.marks.insert(rule.watermarks.begin(), rule.watermarks.end());
        }
    }
    return out;
}

} // namespace

std::vector<Demand> demands_of(std::span<const Compiled* const> policies) {
    std::vector<Demand> out;
    const auto put = [&](Words words, auto made_by) { out.push_back({made_by, std::move(words)}); };
    using Policy = const Compiled&;
    using Rule = const CompiledRule&;
    for (const Strictness level : {Strictness::flatten, Strictness::text})
        put(level_words(level), [=](Policy, Rule rule) { return rule.strictness >= level; });
    const Required required = required_by(policies);
    for (const auto& [choice, strict] : required.choices)
        put(choice_words(choice, strict),
            [choice](Policy policy, Rule rule) { return leaves_strict(policy, rule, choice); });
    for (const Approving& wanted : required.approvings)
        put(approval_words(wanted.count, wanted.group, wanted.zone),
            [=](Policy policy, Rule rule) { return approves(policy, rule, wanted); });
    for (const unsigned days : required.keeps)
        put(keep_words(days), [=](Policy, Rule rule) { return rule.keep_days && *rule.keep_days <= days; });
    for (const unsigned minutes : required.delays)
        put(delay_words(minutes),
            [=](Policy, Rule rule) { return rule.delay_minutes && *rule.delay_minutes >= minutes; });
    for (const std::string& text : required.marks)
        put(watermark_words(text),
            [=](Policy, Rule rule) { return std::ranges::find(rule.watermarks, text) != rule.watermarks.end(); });
    return out;
}

} // namespace sekisho::policy
