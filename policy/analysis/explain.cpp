#include "policy/analysis/explain.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/analysis/demand.h"
#include "policy/analysis/nearness.h"
#include "policy/analysis/words.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::size_t lines_max = 40; // of a rule that are shown

const CompiledRule* rule_named(const Compiled& policy, const std::string& id) {
    const auto found = std::ranges::find(policy.rules, id, &CompiledRule::id);
    return found == policy.rules.end() ? nullptr : &*found;
}

RuleLine line_of(const Compiled& policy, const CompiledRule& rule) {
    RuleLine out{rule.id, rule.title, rule.reason, rule.reference, {}, 0, {}};
    if (rule.at.file >= policy.sources.size()) return out;
    const SourceText& text = policy.sources[rule.at.file];
    const Source source(text.name, text.text, rule.at.file);
    out.file = text.name;
    out.line = source.line_of(rule.at.begin);
    const std::uint32_t last = std::max(out.line, source.line_of(rule.at.end > 0 ? rule.at.end - 1 : 0));
    for (std::uint32_t line = out.line; line <= last && out.text.size() < lines_max; ++line)
        out.text.emplace_back(source.line(line));
    return out;
}

// Which of the deciding rules require each thing that is required.
std::vector<RequiredBy> required(const Compiled& policy, const Decision& decision) {
    std::vector<RequiredBy> out;
    for (const Words& obligation : obligations_of(decision)) {
        RequiredBy one{obligation, {}};
        for (const std::string& id : decision.rules) {
            const CompiledRule* rule = rule_named(policy, id);
            if (rule == nullptr) continue;
            const auto own = obligations_of(policy, *rule);
            if (std::ranges::find(own, obligation) != own.end()) one.rules.push_back(id);
        }
        out.push_back(std::move(one));
    }
    return out;
}

NearMiss miss_of(const CompiledRule& rule, std::vector<Words> changes) {
    const Words all = joined(changes, " and ", "、かつ");
    NearMiss out;
    out.rule = rule.id;
    out.allows = rule.allows();
    out.words = rule.allows() ? Words{fmt::format("{} would match if {}", rule.id, all.english),
                                      fmt::format("{}は、次のとおりなら当てはまります: {}", rule.id, all.japanese)}
                              : Words{fmt::format("{} would not match if {}", rule.id, all.english),
                                      fmt::format("{}は、次のとおりなら当てはまりません: {}", rule.id, all.japanese)};
    out.changes = std::move(changes);
    return out;
}

// What is in the way of a request: the forbids that match it, then the allows that nearly do.
std::vector<NearMiss> near_misses(const Compiled& policy, const Request& request, const Decision& decision) {
    std::vector<NearMiss> out;
    const Nearness nearness(policy, request);
    const bool forbidden = decision.ground == Ground::forbidden || decision.ground == Ground::not_certain;
    for (const std::string& id : decision.rules) {
        const CompiledRule* rule = forbidden ? rule_named(policy, id) : nullptr;
        if (rule == nullptr || out.size() >= near_misses_max) continue;
        auto changes = nearness.to_avoid(*rule);
        if (changes && !changes->empty()) out.push_back(miss_of(*rule, std::move(*changes)));
    }
    std::vector<NearMiss> allows;
    for (const CompiledRule& rule : policy.rules) {
        auto changes = rule.allows() ? nearness.to_match(rule) : std::nullopt;
        if (changes && !changes->empty()) allows.push_back(miss_of(rule, std::move(*changes)));
    }
    std::ranges::stable_sort(allows, {}, [](const NearMiss& miss) { return miss.changes.size(); });
    for (NearMiss& miss : allows)
        if (out.size() < near_misses_max) out.push_back(std::move(miss));
    return out;
}

Words verdict(const Decision& decision) {
    switch (decision.ground) {
    case Ground::no_policy:
        return {"denied: there is no policy", "拒否: ポリシーがありません"};
    case Ground::not_valid:
        return {"denied: the policy is not valid on that day, or the day is not known",
                "拒否: その日はポリシーの有効期間外か、日が不明です"};
    case Ground::no_rule:
        return {"denied: no rule allows it", "拒否: 許可する規則がありません"};
    case Ground::forbidden:
        return {"denied: it is forbidden", "拒否: 禁止されています"};
    case Ground::not_certain:
        return {"denied: it may be forbidden, and what would tell is not known",
                "拒否: 禁止に当たるかもしれず、それを確かめる情報が不明です"};
    case Ground::allowed:
        break;
    }
    if (decision.approvals.empty()) return {"allowed", "許可"};
    return {"allowed once approved", "承認されれば許可"};
}

} // namespace

Explanation explain(const Policy& policy, const Request& request) {
    Explanation out;
    out.decision = policy.decide(request);
    const Compiled& compiled = policy.compiled();
    for (const std::string& id : out.decision.rules)
        if (const CompiledRule* rule = rule_named(compiled, id)) out.rules.push_back(line_of(compiled, *rule));
    if (out.decision.outcome == Outcome::allow)
        out.obligations = required(compiled, out.decision);
    else
        out.near_misses = near_misses(compiled, request, out.decision);
    return out;
}

std::string words(const Explanation& explanation, Language language) {
    const bool english = language == Language::english;
    std::string out = verdict(explanation.decision).in(language) + "\n";
    for (const RuleLine& rule : explanation.rules) {
        out += fmt::format("\n{}:{}: {} {}\n", rule.file, rule.line, rule.id, visible(rule.title));
        std::uint32_t number = rule.line;
        for (const std::string& line : rule.text) out += fmt::format("{:>5} | {}\n", number++, visible(line));
    }
    if (!explanation.obligations.empty()) out += english ? "\nrequired:\n" : "\n条件:\n";
    for (const RequiredBy& one : explanation.obligations)
        out += fmt::format("  {} ({})\n", visible(one.obligation.in(language)), joined(one.rules, ", "));
    if (!explanation.near_misses.empty()) out += english ? "\nnear misses:\n" : "\nあと少しの規則:\n";
    for (const NearMiss& miss : explanation.near_misses) out += fmt::format("  {}\n", visible(miss.words.in(language)));
    return out;
}

} // namespace sekisho::policy
