#include "policy/analysis/judged.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

Words outcome_words(const Decision& got) {
    const std::string rules = got.rules.empty() ? "" : " by " + joined(got.rules, ", ");
    const std::string rules_japanese = got.rules.empty() ? "" : "（" + joined(got.rules, ", ") + "）";
    if (got.outcome == Outcome::deny) return {"it is refused" + rules, "拒否されました" + rules_japanese};
    if (got.approvals.empty()) return {"it is allowed" + rules, "許可されました" + rules_japanese};
    return {"it is held for approval" + rules, "承認待ちになりました" + rules_japanese};
}

// `allow` means at once, unless the test says itself which approvals there are.
bool as_expected(const CompiledTest& test, const Decision& got) {
    switch (test.expected) {
    case Expectation::Kind::refuse:
        return got.outcome == Outcome::deny;
    case Expectation::Kind::allow:
        return got.outcome == Outcome::allow && (got.approvals.empty() || !test.approvals.empty());
    case Expectation::Kind::hold:
        return got.outcome == Outcome::allow && !got.approvals.empty();
    }
    return false;
}

bool required(const Compiled& policy, const CompiledApproval& wanted, const Decision& got) {
    return std::ranges::any_of(got.approvals, [&](const Approval& has) {
        const bool zone = wanted.zone >= policy.zones.size() || has.zone == policy.zones[wanted.zone];
        return has.count == wanted.count && has.group == policy.groups[wanted.group] && zone;
    });
}

} // namespace

std::optional<Words> objection(const Compiled& policy, const CompiledTest& test, const Decision& got) {
    const Words outcome = outcome_words(got);
    if (!as_expected(test, got)) return outcome;
    if (!test.rule.empty() && std::ranges::find(got.rules, test.rule) == got.rules.end())
        return Words{fmt::format("{}, not by {}", outcome.english, test.rule),
                     fmt::format("{}。{}によるものではありません", outcome.japanese, test.rule)};
    const auto missing = [](const Words& what) {
        return Words{fmt::format("it does not require {}", what.english),
                     fmt::format("{}が条件になっていません", what.japanese)};
    };
    if (test.strictness && *test.strictness != got.strictness) return missing(level_words(*test.strictness));
    for (std::size_t i = 0; i < policy.choices.size(); ++i) {
        const CompiledChoice& choice = policy.choices[i];
        const auto has = [&](std::uint32_t mask) { return ((mask >> i) & 1U) != 0; };
        const bool mild = std::ranges::find(got.mild, choice.name, &Chosen::name) != got.mild.end();
        if (has(test.chosen) && has(test.mild) != mild)
            return missing(choice_words(choice.name, mild ? choice.strict : choice.mild));
    }
    for (const CompiledApproval& wanted : test.approvals) {
        const bool zone = wanted.zone < policy.zones.size();
        if (!required(policy, wanted, got))
            return missing(
                approval_words(wanted.count, policy.groups[wanted.group], zone ? policy.zones[wanted.zone] : ""));
    }
    if (test.keep_days && test.keep_days != got.keep_days) return missing(keep_words(*test.keep_days));
    if (test.delay_minutes && test.delay_minutes != got.delay_minutes) return missing(delay_words(*test.delay_minutes));
    for (const std::string& text : test.watermarks)
        if (std::ranges::find(got.watermarks, text) == got.watermarks.end()) return missing(watermark_words(text));
    return std::nullopt;
}

} // namespace sekisho::policy
