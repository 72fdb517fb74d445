#include "policy/engine/compile.h"

#include <array>

#include "policy/language/keywords.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

std::optional<std::uint32_t> Compiler::compile_when(const std::optional<Condition>& when) {
    if (!when) return std::nullopt;
    const auto first = static_cast<std::uint32_t>(m_out.steps.size());
    compile_condition(*when);
    return first;
}

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
    static constexpr std::array<std::pair<std::string_view, Compile>, 22> attributes{
        {{"type", &Compiler::compile_type},
         {"size", &Compiler::compile_size},
         {"user", &Compiler::compile_user},
         {"from", &Compiler::compile_zone},
         {"to", &Compiler::compile_zone},
         {"origin", &Compiler::compile_zone},
         {"family", &Compiler::compile_family},
         {"name", &Compiler::compile_name},
         {"archive.depth", &Compiler::compile_number},
         {"archive.members", &Compiler::compile_number},
         {"findings", &Compiler::compile_findings},
         {"dlp", &Compiler::compile_data},
         {"dlp.count", &Compiler::compile_number},
         {"level", &Compiler::compile_level},
         {"dept", &Compiler::compile_department},
         {"recipient", &Compiler::compile_user},
         {"class", &Compiler::compile_confidentiality},
         {"channel", &Compiler::compile_channel},
         {"flow", &Compiler::compile_flow},
         {"hours", &Compiler::compile_hours},
         {"date", &Compiler::compile_date},
         {"day", &Compiler::compile_day}}};
    for (const auto& [name, compile] : attributes)
        if (condition.attribute.text == name) return (this->*compile)(condition);
    auto& problem = m_problems.add(Problem::unknown_attribute, condition.attribute.at, {condition.attribute.text});
    problem.suggestion = nearest(condition.attribute.text, keywords_of(Role::attribute));
}

void Compiler::each(const Condition& condition, const std::function<void(const Operand&)>& compile) {
    if (condition.operands.size() == 1) return compile(condition.operands.front());
    const std::size_t step = m_out.steps.size();
    m_out.steps.push_back({Test::any, Operator::is, 0, 0, 0});
    for (const Operand& operand : condition.operands) compile(operand);
    m_out.steps[step].end = static_cast<std::uint32_t>(m_out.steps.size());
}

void Compiler::add_step(Test test, const Condition& condition, std::uint64_t first, std::uint64_t last) {
    const auto end = static_cast<std::uint32_t>(m_out.steps.size() + 1);
    m_out.steps.push_back({test, condition.comparison, end, first, last});
}

bool Compiler::picks(const Condition& condition, std::string_view example) {
    if (condition.comparison == Operator::is || condition.comparison == Operator::in) return true;
    bad_comparison(condition, example);
    return false;
}

void Compiler::compile_mask(Test test, const Condition& condition, std::span<const std::string_view> names,
                            std::string_view example) {
    if (!picks(condition, example)) return;
    std::uint64_t mask = 0;
    for (const Operand& operand : condition.operands) {
        const bool listed = operand.kind == Operand::Kind::name || operand.kind == Operand::Kind::number ||
                            operand.kind == Operand::Kind::size; // the class 3B reads as three bytes
        if (!listed)
            bad_value(condition.attribute, operand, example);
        else if (const auto bit = value(operand, condition.attribute, names))
            mask |= std::uint64_t{1} << *bit;
    }
    add_step(test, condition, mask);
}

void Compiler::bad_comparison(const Condition& condition, std::string_view example) {
    m_problems.add(Problem::bad_comparison, condition.comparison_word.at,
                   {condition.attribute.text, condition.comparison_word.text, std::string(example)});
}

void Compiler::bad_value(const Name& attribute, const Operand& operand, std::string_view example) {
    const Name& value = operand.value;
    const std::string shown = operand.kind == Operand::Kind::text ? '"' + value.text + '"' : value.text;
    m_problems.add(Problem::bad_value, value.at, {shown, attribute.text, std::string(example)});
}

std::optional<std::size_t> Compiler::number(std::map<std::string, std::size_t>& table, const Name& name) {
    const auto [found, fresh] = table.emplace(name.text, table.size());
    if (!fresh || found->second < groups_max) return found->second;
    table.erase(found);
    m_problems.add(Problem::too_many_names, name.at, {std::uint64_t{groups_max}});
    return std::nullopt;
}

} // namespace sekisho::policy
