#include "policy/engine/compile.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "policy/language/nearest.h"

namespace sekisho::policy {

Compiler::Compiler(const Tree& tree, const Vocabulary& known, Problems& problems)
    : m_tree(tree), m_known(known), m_problems(problems) {}

Compiled Compiler::run() {
    m_out.loaded = true;
    compile_header();
    compile_zones();
    compile_types();
    compile_groups();
    compile_rules();
    finish_tables();
    return std::move(m_out);
}

bool Compiler::declare(NameTable& table, const Name& name, Problem problem) {
    const auto [first, fresh] = table.emplace(name.text, Declared{table.size(), name.at});
    if (fresh) return true;
    m_problems.add(problem, name.at, {name.text}).note = Note{Phrase::first_here, first->second.at};
    return false;
}

Diagnostic& Compiler::unknown(Problem problem, const Name& name, const NameTable& table) {
    std::vector<std::string_view> candidates;
    if (!m_problems.full()) // what nobody will see needs no search
        for (const auto& [candidate, declared] : table) candidates.push_back(candidate);
    auto& diagnostic = m_problems.add(problem, name.at, {name.text});
    diagnostic.suggestion = nearest(name.text, candidates);
    return diagnostic;
}

void Compiler::compile_header() {
    if (!m_tree.header) return;
    m_out.name = m_tree.header->title.text;
    m_out.version = m_tree.header->version;
    m_out.valid = m_tree.header->valid;
}

void Compiler::compile_zones() {
    if (!m_tree.zones) return;
    const std::vector<Name>& names = m_tree.zones->names;
    if (names.size() > zones_max) {
        m_problems.add(Problem::too_many_names, names[zones_max].at, {std::uint64_t{zones_max}});
        return;
    }
    for (const Name& name : names) {
        if (name.text == "any") m_problems.add(Problem::reserved_name, name.at, {name.text});
        if (declare(m_zones, name, Problem::duplicate_name)) m_out.zones.push_back(name.text);
    }
}

void Compiler::finish_tables() {
    for (const auto& [member, groups] : m_members) m_out.members.push_back({member.first, member.second, groups});
    m_out.findings.resize(m_findings.size());
    for (const auto& [code, number] : m_findings) m_out.findings[number] = code;
}

std::optional<std::uint8_t> Compiler::zone(const Name& name) {
    if (name.text.empty() || !m_tree.zones) return std::nullopt;
    const auto found = m_zones.find(name.text);
    if (found != m_zones.end()) return static_cast<std::uint8_t>(found->second.index);
    unknown(Problem::unknown_zone, name, m_zones);
    return std::nullopt;
}

void Compiler::compile_rules() {
    if (m_tree.rules.empty()) return;
    if (!m_tree.zones) m_problems.add(Problem::no_zones, m_tree.rules.front().at);
    if (m_tree.rules.size() > rules_max) {
        m_problems.add(Problem::too_many_names, m_tree.rules[rules_max].at, {std::uint64_t{rules_max}});
        return;
    }
    for (const Rule& rule : m_tree.rules) compile_rule(rule);
    std::ranges::sort(m_out.rules, [](const CompiledRule& a, const CompiledRule& b) {
        return std::tie(a.allows, a.id) < std::tie(b.allows, b.id);
    });
}

void Compiler::compile_rule(const Rule& rule) {
    CompiledRule out;
    out.allows = rule.allows;
    out.id = rule.id.text;
    out.reason = rule.reason;
    if (!rule.id.text.empty()) declare(m_ids, rule.id, Problem::duplicate_id);
    compile_rule_zones(rule, out);
    if (rule.when) {
        out.condition = static_cast<std::uint32_t>(m_out.steps.size());
        compile_condition(*rule.when);
    }
    out.strictness = rule.obligations.strictness.value_or(Strictness::rebuild);
    if (rule.obligations.keep_days) out.keep_days = static_cast<unsigned>(*rule.obligations.keep_days);
    compile_approvals(rule, out);
    m_out.rules.push_back(std::move(out));
}

void Compiler::compile_rule_zones(const Rule& rule, CompiledRule& into) {
    const auto place = [&](const Name& name, std::uint8_t& out) {
        if (name.text != "any") {
            out = zone(name).value_or(no_zone);
            return;
        }
        out = any_zone;
        if (rule.allows) m_problems.add(Problem::allow_any, name.at);
    };
    place(rule.from, into.from);
    place(rule.to, into.to);
    const bool named = into.from != any_zone && into.from != no_zone;
    if (named && into.from == into.to) m_problems.add(Problem::same_zone, rule.to.at, {rule.to.text});
}

void Compiler::compile_approvals(const Rule& rule, CompiledRule& into) {
    for (const ApprovalClause& clause : rule.obligations.approvals) {
        CompiledApproval out;
        out.count = static_cast<unsigned>(clause.count);
        const auto group = m_groups.find(clause.group.text);
        if (group == m_groups.end())
            unknown(Problem::unknown_group, clause.group, m_groups);
        else
            out.group = static_cast<std::uint32_t>(group->second.index);
        // The zones stand in the order of trust.
        const bool both = into.from < zones_max && into.to < zones_max;
        if (clause.zone)
            out.zone = zone(*clause.zone).value_or(no_zone);
        else if (both)
            out.zone = std::max(into.from, into.to);
        into.approvals.push_back(out);
    }
}

} // namespace sekisho::policy
