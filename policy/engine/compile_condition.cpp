#include "policy/engine/compile.h"

#include <algorithm>
#include <array>

#include "policy/language/keywords.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

void Compiler::compile_condition(const Condition& condition) {
    if (condition.kind == Condition::Kind::comparison) return compile_comparison(condition);
    const std::size_t step = m_out.steps.size();
    const auto test = condition.kind == Condition::Kind::all   ? Test::all
                      : condition.kind == Condition::Kind::any ? Test::any
                                                               : Test::negation;
    m_out.steps.push_back({test, Operator::is, 0, 0, 0});
    for (const Condition& child : condition.children) compile_condition(child);
    m_out.steps[step].end = static_cast<std::uint32_t>(m_out.steps.size());
}

void Compiler::compile_comparison(const Condition& condition) {
    using Compile = void (Compiler::*)(const Condition&);
    static constexpr std::array<std::pair<std::string_view, Compile>, 7> attributes{
        {{"type", &Compiler::compile_type},
         {"family", &Compiler::compile_family},
         {"size", &Compiler::compile_size},
         {"user", &Compiler::compile_user},
         {"hours", &Compiler::compile_hours},
         {"findings", &Compiler::compile_findings},
         {"archive.depth", &Compiler::compile_depth}}};
    for (const auto& [name, compile] : attributes)
        if (condition.attribute.text == name) return (this->*compile)(condition);
    auto& problem = m_problems.add(Problem::unknown_attribute, condition.attribute.at, {condition.attribute.text});
    problem.suggestion = nearest(condition.attribute.text, keywords_of(Role::attribute));
}

void Compiler::add_step(Test test, const Condition& condition, std::uint64_t first, std::uint64_t last) {
    const auto end = static_cast<std::uint32_t>(m_out.steps.size() + 1);
    m_out.steps.push_back({test, condition.comparison, end, first, last});
}

void Compiler::bad_comparison(const Condition& condition, std::string_view example) {
    m_problems.add(Problem::bad_comparison, condition.comparison_word.at,
                   {condition.attribute.text, condition.comparison_word.text, std::string(example)});
}

void Compiler::bad_value(const Condition& condition, std::string_view example) {
    const Name& value = condition.operand.value;
    const std::string shown = condition.operand.kind == Operand::Kind::text ? '"' + value.text + '"' : value.text;
    m_problems.add(Problem::bad_value, value.at, {shown, condition.attribute.text, std::string(example)});
}

std::optional<std::size_t> Compiler::number(std::map<std::string, std::size_t>& table, std::size_t first,
                                            const Name& name) {
    const std::size_t next = first + table.size();
    const auto [found, fresh] = table.emplace(name.text, next);
    if (!fresh || next < groups_max) return found->second;
    table.erase(found);
    m_problems.add(Problem::too_many_names, name.at, {std::uint64_t{groups_max}});
    return std::nullopt;
}

void Compiler::compile_type(const Condition& condition) {
    if (condition.operand.kind != Operand::Kind::name) return bad_value(condition, "type in office");
    if (condition.comparison == Operator::in) return compile_type_in(condition);
    if (condition.comparison != Operator::is) return bad_comparison(condition, "type in office");
    const Name& name = condition.operand.value;
    const auto type = m_types.find(name.text);
    if (type != m_types.end()) return add_step(Test::type_is, condition, type->second.index);
    if (m_type_groups.contains(name.text))
        m_problems.add(Problem::group_is_no_type, name.at, {name.text});
    else
        unknown(Problem::unknown_type, name, m_types);
}

void Compiler::compile_type_in(const Condition& condition) {
    const Name& name = condition.operand.value;
    const auto group = m_type_groups.find(name.text);
    if (group != m_type_groups.end()) return add_step(Test::type_in, condition, group->second.index);
    // The family first: where both have the name ("executable"), the family is what was meant, and the wider.
    if (m_families.contains(name.text))
        m_problems.add(Problem::family_is_no_group, name.at, {name.text});
    else if (m_types.contains(name.text))
        m_problems.add(Problem::type_is_no_group, name.at, {name.text});
    else
        unknown(Problem::unknown_type, name, m_type_groups);
}

void Compiler::compile_family(const Condition& condition) {
    if (condition.comparison != Operator::is) return bad_comparison(condition, "family is picture");
    if (condition.operand.kind != Operand::Kind::name) return bad_value(condition, "family is picture");
    const auto family = m_families.find(condition.operand.value.text);
    if (family != m_families.end()) return add_step(Test::family_is, condition, family->second.index);
    unknown(Problem::unknown_family, condition.operand.value, m_families);
}

namespace {

bool compares_numbers(Operator comparison) {
    return comparison == Operator::less || comparison == Operator::less_equal || comparison == Operator::greater ||
           comparison == Operator::greater_equal;
}

} // namespace

void Compiler::compile_size(const Condition& condition) {
    if (!compares_numbers(condition.comparison)) return bad_comparison(condition, "size <= 50MB");
    if (condition.operand.kind != Operand::Kind::size) return bad_value(condition, "size <= 50MB");
    add_step(Test::size, condition, condition.operand.first);
}

void Compiler::compile_depth(const Condition& condition) {
    if (!compares_numbers(condition.comparison)) return bad_comparison(condition, "archive.depth > 3");
    if (condition.operand.kind != Operand::Kind::number) return bad_value(condition, "archive.depth > 3");
    add_step(Test::depth, condition, condition.operand.first);
}

void Compiler::compile_user(const Condition& condition) {
    const Name& name = condition.operand.value;
    if (condition.comparison == Operator::in) {
        if (condition.operand.kind != Operand::Kind::name) return bad_value(condition, "user in tax");
        const auto group = m_groups.find(name.text);
        if (group != m_groups.end()) return add_step(Test::user_in, condition, group->second.index);
        unknown(Problem::unknown_group, name, m_groups);
        return;
    }
    if (condition.comparison != Operator::is) return bad_comparison(condition, "user in tax");
    if (condition.operand.kind != Operand::Kind::text) return bad_value(condition, "user is \"tanaka\"");
    const auto group = number(m_persons, m_groups.size(), name);
    if (!group) return;
    m_members[{true, name.text}].set(*group);
    add_step(Test::user_in, condition, *group);
}

void Compiler::compile_hours(const Condition& condition) {
    if (condition.comparison != Operator::in) return bad_comparison(condition, "hours in 08:30..19:00");
    if (condition.operand.kind != Operand::Kind::hours) return bad_value(condition, "hours in 08:30..19:00");
    add_step(Test::hours, condition, condition.operand.first, condition.operand.last);
}

void Compiler::compile_findings(const Condition& condition) {
    constexpr std::string_view example = "findings has \"pdf.javascript\"";
    if (condition.comparison != Operator::has) return bad_comparison(condition, example);
    if (condition.operand.kind != Operand::Kind::text) return bad_value(condition, example);
    const Name& name = condition.operand.value;
    if (std::ranges::find(m_known.findings, name.text) == m_known.findings.end()) {
        auto& problem = m_problems.add(Problem::unknown_finding, name.at, {name.text});
        problem.suggestion = nearest(name.text, m_known.findings);
        return;
    }
    const auto finding = number(m_findings, 0, name);
    if (finding) add_step(Test::finding, condition, *finding);
}

} // namespace sekisho::policy
