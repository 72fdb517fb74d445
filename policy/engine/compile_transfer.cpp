// Conditions on who sends a file, which way and when.
#include "policy/engine/compile.h"

#include <algorithm>

namespace sekisho::policy {

void Compiler::compile_zone(const Condition& condition) {
    const std::string example = condition.attribute.text + " in internet, lgwan";
    if (!picks(condition, example)) return;
    std::uint64_t mask = 0;
    for (const Operand& operand : condition.operands) {
        if (operand.kind != Operand::Kind::name)
            bad_value(condition.attribute, operand, example);
        else if (const auto found = zone(operand.value))
            mask |= std::uint64_t{1} << *found;
    }
    const Test test = condition.attribute.text == "from" ? Test::from_in
                      : condition.attribute.text == "to" ? Test::to_in
                                                         : Test::origin_in;
    add_step(test, condition, mask);
}

// `user`, and `recipient` in the same way.
void Compiler::compile_user(const Condition& condition) {
    const bool sender = condition.attribute.text == "user";
    const std::string example = condition.attribute.text + " in tax";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        const Name& name = operand.value;
        if (condition.comparison == Operator::is) {
            const std::string named = condition.attribute.text + " is \"tanaka\"";
            if (operand.kind != Operand::Kind::text) return bad_value(condition.attribute, operand, named);
            const auto [person, fresh] = m_persons.emplace(name.text, m_persons.size());
            return add_step(sender ? Test::user_is : Test::recipient_is, condition, person->second);
        }
        if (operand.kind != Operand::Kind::name) return bad_value(condition.attribute, operand, example);
        const auto group = m_groups.find(name.text);
        if (group == m_groups.end())
            unknown(Problem::unknown_group, name, m_groups);
        else
            add_step(sender ? Test::user_in : Test::recipient_in, condition, group->second.index);
    });
}

void Compiler::compile_department(const Condition& condition) {
    constexpr std::string_view example = "dept is \"税務課\"";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        if (operand.kind != Operand::Kind::text) return bad_value(condition.attribute, operand, example);
        if (const auto found = number(m_departments, operand.value)) add_step(Test::department_is, condition, *found);
    });
}

void Compiler::compile_confidentiality(const Condition& condition) {
    constexpr std::string_view example = "class <= 2";
    const Operator comparison = condition.comparison;
    if (comparison == Operator::is || comparison == Operator::in)
        return compile_mask(Test::confidentiality, condition, confidentiality_names, example);
    if (comparison == Operator::has || comparison == Operator::like) return bad_comparison(condition, example);
    const Operand& operand = condition.operands.front();
    const bool listed = operand.kind == Operand::Kind::name || operand.kind == Operand::Kind::number ||
                        operand.kind == Operand::Kind::size; // the class 3B reads as three bytes
    if (!listed) return bad_value(condition.attribute, operand, example);
    const auto bound = value(operand, condition.attribute, confidentiality_names);
    if (!bound) return;
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < confidentiality_names.size(); ++i) {
        const bool inside = comparison == Operator::less         ? i < *bound
                            : comparison == Operator::less_equal ? i <= *bound
                            : comparison == Operator::greater    ? i > *bound
                                                                 : i >= *bound;
        if (inside) mask |= std::uint64_t{1} << i;
    }
    add_step(Test::confidentiality, condition, mask);
}

void Compiler::compile_channel(const Condition& condition) {
    compile_mask(Test::channel_in, condition, channel_names, "channel in portal, mail");
}

void Compiler::compile_flow(const Condition& condition) {
    constexpr std::string_view example = "flow in specific";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        const bool specific = operand.kind == Operand::Kind::name && operand.value.text == "specific";
        if (specific && condition.comparison == Operator::in) return add_step(Test::flow_specific, condition, 0);
        const bool id = operand.kind == Operand::Kind::text || operand.kind == Operand::Kind::name;
        if (!id || specific) return bad_value(condition.attribute, operand, example);
        const auto flow = m_flows.find(operand.value.text);
        if (flow == m_flows.end())
            unknown(Problem::unknown_flow, operand.value, m_flows);
        else
            add_step(Test::flow_is, condition, flow->second.index);
    });
}

void Compiler::compile_hours(const Condition& condition) {
    constexpr std::string_view example = "hours in 08:30..19:00";
    if (condition.comparison != Operator::in) return bad_comparison(condition, example);
    each(condition, [&](const Operand& operand) {
        if (operand.kind != Operand::Kind::hours) return bad_value(condition.attribute, operand, example);
        add_step(Test::hours, condition, operand.first, operand.last);
    });
}

void Compiler::compile_date(const Condition& condition) {
    constexpr std::string_view example = "date in 2026-04-01..2026-04-30";
    if (!picks(condition, example)) return;
    each(condition, [&](const Operand& operand) {
        const bool days = operand.kind == Operand::Kind::date || operand.kind == Operand::Kind::dates;
        if (!days) return bad_value(condition.attribute, operand, example);
        add_step(Test::dates, condition, operand.first, operand.last);
    });
}

void Compiler::compile_day(const Condition& condition) {
    constexpr std::string_view example = "day in workdays";
    if (condition.comparison != Operator::in) return bad_comparison(condition, example);
    each(condition, [&](const Operand& operand) {
        if (operand.kind != Operand::Kind::name) return bad_value(condition.attribute, operand, example);
        const auto calendar = m_calendars.find(operand.value.text);
        if (calendar == m_calendars.end())
            unknown(Problem::unknown_calendar, operand.value, m_calendars);
        else
            add_step(Test::day_in, condition, calendar->second.index);
    });
}

} // namespace sekisho::policy
