#include "policy/engine/compile.h"
#include "policy/engine/engine.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "policy/language/keywords.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

bool real(std::uint8_t zone) {
    return zone < zones_max;
}

} // namespace

void Compiler::compile_rules() {
    const bool some = !m_tree.rules.empty();
    if (some && !m_tree.zones) m_problems.add(Problem::no_zones, m_tree.rules.front().at);
    if (too_many(m_tree.rules, rules_max, [](const Rule& rule) { return rule.at; })) return;
    m_out.rules.reserve(m_tree.rules.size());
    for (const Rule& rule : m_tree.rules) m_out.rules.push_back(compile_rule(rule));
    std::ranges::sort(m_out.rules, [](const CompiledRule& a, const CompiledRule& b) {
        return std::tuple(a.allows(), std::string_view(a.id)) < std::tuple(b.allows(), std::string_view(b.id));
    });
    m_out.forbids = static_cast<std::size_t>(
        std::ranges::count_if(m_out.rules, [](const CompiledRule& rule) { return !rule.allows(); }));
}

CompiledRule Compiler::compile_rule(const Rule& rule) {
    CompiledRule out;
    out.kind = rule.kind;
    out.id = rule.id.text;
    out.title = rule.title;
    out.reason = rule.reason.text;
    out.reference = rule.reference.text;
    out.at = rule.whole;
    if (!rule.id.text.empty()) declare(m_ids, rule.id, Problem::duplicate_id);
    compile_rule_zones(rule, out);
    out.condition = compile_when(rule.when);
    if (rule.until) out.until = static_cast<std::uint32_t>(rule.until->day);
    const Obligations& required = rule.obligations;
    out.strictness = required.strictness.value_or(Strictness::rebuild);
    if (required.keep_days) out.keep_days = static_cast<unsigned>(*required.keep_days);
    if (required.delay_minutes) out.delay_minutes = static_cast<unsigned>(*required.delay_minutes);
    for (const Name& text : required.watermarks) out.watermarks.push_back(text.text);
    out.mild = choices(required).mild;
    out.approvals = approvals(required, out.from, out.to);
    return out;
}

void Compiler::compile_rule_zones(const Rule& rule, CompiledRule& into) {
    const auto place = [&](const Name& name, std::uint8_t& out) {
        if (name.text != "any") {
            out = zone(name).value_or(no_zone);
            return;
        }
        out = any_zone;
        if (rule.kind == RuleKind::allow) m_problems.add(Problem::allow_any, name.at);
    };
    place(rule.from, into.from);
    place(rule.to, into.to);
    if (real(into.from) && into.from == into.to) m_problems.add(Problem::same_zone, rule.to.at, {rule.to.text});
}

std::vector<CompiledApproval> Compiler::approvals(const Obligations& obligations, std::uint8_t from, std::uint8_t to) {
    std::vector<CompiledApproval> all;
    for (const ApprovalClause& clause : obligations.approvals) {
        CompiledApproval out;
        out.count = static_cast<unsigned>(clause.count);
        const auto group = m_groups.find(clause.group.text);
        if (group == m_groups.end())
            unknown(Problem::unknown_group, clause.group, m_groups);
        else
            out.group = static_cast<std::uint32_t>(group->second.index);
        // The zones stand in the order of trust.
        if (clause.zone)
            out.zone = zone(*clause.zone).value_or(no_zone);
        else if (real(from) && real(to))
            out.zone = std::max(from, to);
        all.push_back(out);
    }
    return all;
}

Compiler::Choices Compiler::choices(const Obligations& obligations) {
    Choices out;
    for (const ChoiceClause& clause : obligations.choices) {
        const auto& [name, word] = clause;
        const auto found = std::ranges::find(m_out.choices, name.text, &CompiledChoice::name);
        if (found == m_out.choices.end()) {
            unknown_obligation(name);
            continue;
        }
        const std::vector<std::string_view> words{found->strict, found->mild};
        const std::uint32_t bit = std::uint32_t{1} << (found - m_out.choices.begin());
        if (word.text.empty()) {
            const auto with = [&](const std::string& one) { return name.text + " " + one; };
            m_problems.add(Problem::choice_open, name.at, {name.text, with(found->strict), with(found->mild)});
        } else if (std::ranges::find(words, word.text) == words.end()) {
            auto& problem = m_problems.add(Problem::unknown_value, word.at,
                                           {word.text, name.text, found->strict + ", " + found->mild});
            problem.suggestion = nearest(word.text, words);
        }
        out.named |= bit;
        if (word.text == found->mild) out.mild |= bit;
    }
    return out;
}

void Compiler::unknown_obligation(const Name& name) {
    std::vector<std::string_view> candidates = keywords_of(Role::obligation);
    for (const CompiledChoice& choice : m_out.choices) candidates.push_back(choice.name);
    m_problems.add(Problem::unknown_obligation, name.at, {name.text}).suggestion = nearest(name.text, candidates);
}

void Compiler::compile_exceptions() {
    if (too_many(m_tree.exceptions, rules_max, [](const Rule& rule) { return rule.at; })) return;
    for (const Rule& rule : m_tree.exceptions) {
        CompiledRule out = compile_rule(rule);
        out.requester = rule.requester.text;
        out.approver = rule.approver.text;
        if (!out.requester.empty() && same_person(out.requester, out.approver))
            m_problems.add(Problem::same_person, rule.approver.at, {rule.approver.text});
        if (except(rule, out)) m_out.exceptions.push_back(std::move(out));
    }
    std::ranges::sort(m_out.exceptions, {}, &CompiledRule::id);
    for (std::uint32_t i = 0; i < m_out.exceptions.size(); ++i)
        m_out.rules[m_out.exceptions[i].of].exceptions.push_back(i);
}

// Finds the forbid that the exception is made of.
bool Compiler::except(const Rule& rule, CompiledRule& exception) {
    if (rule.of.text.empty()) return false;
    const auto end = m_out.rules.begin() + static_cast<std::ptrdiff_t>(m_out.forbids);
    const auto found =
        std::lower_bound(m_out.rules.begin(), end, rule.of.text,
                         [](const CompiledRule& forbid, const std::string& id) { return forbid.id < id; });
    if (found == end || found->id != rule.of.text) {
        NameTable forbids;
        for (auto forbid = m_out.rules.begin(); forbid != end; ++forbid) forbids.emplace(forbid->id, Declared{});
        unknown(Problem::unknown_forbid, rule.of, forbids);
        return false;
    }
    exception.of = static_cast<std::uint32_t>(found - m_out.rules.begin());
    const auto apart = [](std::uint8_t a, std::uint8_t b) { return real(a) && real(b) && a != b; };
    if (apart(found->from, exception.from) || apart(found->to, exception.to)) {
        auto& problem = m_problems.add(Problem::outside_forbid, rule.of.at, {rule.of.text});
        problem.note = Note{Phrase::the_forbid, found->at};
    }
    return true;
}

void Compiler::compile_claims() {
    const bool some = !m_tree.claims.empty() && m_tree.rules.empty();
    if (some && !m_tree.zones) m_problems.add(Problem::no_zones, m_tree.claims.front().at);
    if (too_many(m_tree.claims, claims_max, [](const Claim& claim) { return claim.at; })) return;
    for (const Claim& claim : m_tree.claims) compile_claim(claim);
    std::ranges::sort(m_out.nevers, {}, &CompiledClaim::id);
    std::ranges::sort(m_out.musts, {}, &CompiledClaim::id);
}

void Compiler::compile_claim(const Claim& claim) {
    CompiledClaim out;
    out.id = claim.id.text;
    out.title = claim.title;
    out.reason = claim.reason.text;
    out.reference = claim.reference.text;
    out.at = claim.whole;
    if (!claim.id.text.empty()) declare(m_ids, claim.id, Problem::duplicate_id);
    out.from = zone(claim.from).value_or(no_zone);
    out.to = zone(claim.to).value_or(no_zone);
    if (real(out.from) && out.from == out.to) m_problems.add(Problem::same_zone, claim.to.at, {claim.to.text});
    out.condition = compile_when(claim.when);
    if (claim.unless) compile_unless(claim, out);
    (claim.always_possible ? m_out.musts : m_out.nevers).push_back(std::move(out));
}

void Compiler::compile_unless(const Claim& claim, CompiledClaim& into) {
    into.unless_specific = claim.unless->specific;
    for (const Name& id : claim.unless->flows) {
        const auto flow = m_flows.find(id.text);
        if (flow == m_flows.end())
            unknown(Problem::unknown_flow, id, m_flows);
        else
            into.unless_flows.push_back(static_cast<std::uint32_t>(flow->second.index));
    }
}

} // namespace sekisho::policy
