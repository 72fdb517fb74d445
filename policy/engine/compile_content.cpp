// Conditions on what a file is and what was found in it.
#include "policy/engine/compile.h"

#include <algorithm>
#include <array>

#include "policy/engine/glob.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

bool compares_numbers(Operator comparison) {
    return comparison == Operator::less || comparison == Operator::less_equal || comparison == Operator::greater ||
           comparison == Operator::greater_equal;
}

} // namespace

void Compiler::compile_type(const Condition& condition) {
    constexpr std::string_view example = "type in office";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        if (operand.kind != Operand::Kind::name) return bad_value(condition.attribute, operand, example);
        if (condition.comparison == Operator::in) return compile_type_in(condition, operand.value);
        compile_type_is(condition, operand.value);
    });
}

void Compiler::compile_type_is(const Condition& condition, const Name& name) {
    const auto type = m_types.find(name.text);
    if (type != m_types.end()) return add_step(Test::type_is, condition, type->second.index);
    if (m_type_groups.contains(name.text))
        m_problems.add(Problem::group_is_no_type, name.at, {name.text});
    else
        unknown(Problem::unknown_type, name, m_types);
}

void Compiler::compile_type_in(const Condition& condition, const Name& name) {
    const auto group = m_type_groups.find(name.text);
    if (group != m_type_groups.end()) return add_step(Test::type_in, condition, group->second.index);
    // The family first: where both have the name ("executable"), the family is what was meant, and the wider.
    if (m_families.contains(name.text)) {
        m_problems.add(Problem::family_is_no_group, name.at, {name.text});
        return;
    }
    const auto type = m_types.find(name.text);
    if (type != m_types.end()) return add_step(Test::type_is, condition, type->second.index);
    unknown_type(name);
}

void Compiler::compile_family(const Condition& condition) {
    constexpr std::string_view example = "family is picture";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        if (operand.kind != Operand::Kind::name) return bad_value(condition.attribute, operand, example);
        const auto family = m_families.find(operand.value.text);
        if (family != m_families.end()) return add_step(Test::family_is, condition, family->second.index);
        unknown(Problem::unknown_family, operand.value, m_families);
    });
}

void Compiler::compile_size(const Condition& condition) {
    constexpr std::string_view example = "size <= 50MB";
    const Operand& operand = condition.operands.front();
    if (!compares_numbers(condition.comparison)) return bad_comparison(condition, example);
    if (operand.kind != Operand::Kind::size) return bad_value(condition.attribute, operand, example);
    add_step(Test::size, condition, operand.first);
}

void Compiler::compile_number(const Condition& condition) {
    static constexpr std::array<std::pair<std::string_view, Test>, 3> tests{
        {{"archive.depth", Test::depth}, {"archive.members", Test::members}, {"dlp.count", Test::data_count}}};
    const std::string example = condition.attribute.text + " > 3";
    const Operand& operand = condition.operands.front();
    if (!compares_numbers(condition.comparison)) return bad_comparison(condition, example);
    if (operand.kind != Operand::Kind::number) return bad_value(condition.attribute, operand, example);
    for (const auto& [name, test] : tests)
        if (condition.attribute.text == name) add_step(test, condition, operand.first);
}

bool Compiler::known_finding(const Name& name) {
    if (std::ranges::find(m_known.findings, name.text) != m_known.findings.end()) return true;
    auto& problem = m_problems.add(Problem::unknown_finding, name.at, {name.text});
    problem.suggestion = nearest(name.text, m_known.findings);
    return false;
}

void Compiler::compile_findings(const Condition& condition) {
    constexpr std::string_view example = "findings has pdf.javascript";
    const Operand& operand = condition.operands.front();
    if (condition.comparison != Operator::has) return bad_comparison(condition, example);
    const bool code = operand.kind == Operand::Kind::text || operand.kind == Operand::Kind::name;
    if (!code) return bad_value(condition.attribute, operand, example);
    if (!known_finding(operand.value)) return;
    if (const auto found = number(m_findings, operand.value)) add_step(Test::finding, condition, *found);
}

void Compiler::compile_data(const Condition& condition) {
    constexpr std::string_view example = "dlp has mynumber";
    const Operand& operand = condition.operands.front();
    if (condition.comparison != Operator::has) return bad_comparison(condition, example);
    const bool kind = operand.kind == Operand::Kind::text || operand.kind == Operand::Kind::name;
    if (!kind) return bad_value(condition.attribute, operand, example);
    if (const auto found = value(operand, condition.attribute, data_kind_names))
        add_step(Test::data, condition, *found);
}

void Compiler::compile_level(const Condition& condition) {
    compile_mask(Test::level_in, condition, reached_names, "level is flatten");
}

void Compiler::compile_name(const Condition& condition) {
    constexpr std::string_view example = "name like \"*.pdf\"";
    const Operand& operand = condition.operands.front();
    if (condition.comparison != Operator::like) return bad_comparison(condition, example);
    if (operand.kind != Operand::Kind::text) return bad_value(condition.attribute, operand, example);
    const auto glob = folded_glob(operand.value.text);
    if (!glob) {
        m_problems.add(Problem::bad_glob, operand.value.at, {operand.value.text});
        return;
    }
    const auto [found, fresh] = m_globs.emplace(*glob, m_globs.size());
    add_step(Test::name_like, condition, found->second);
}

} // namespace sekisho::policy
