#include <set>

#include <fmt/format.h>

#include "policy/analysis/lint_parts.h"
#include "policy/language/parser.h"

namespace sekisho::policy {

namespace {

// By kind: types and people and days may have the same names.
struct Names {
    std::vector<Name> declared;
    std::set<std::string> used;
};

class Usage {
public:
    void add(const Tree& tree) {
        for (const TypeGroup& group : tree.type_groups) {
            m_types.declared.push_back(group.name);
            for (const Name& member : group.members) m_types.used.insert(member.text);
        }
        for (const Group& group : tree.groups) {
            m_people.declared.push_back(group.name);
            for (const GroupMember& member : group.members)
                if (member.kind == GroupMember::Kind::group) m_people.used.insert(member.value.text);
        }
        for (const Calendar& calendar : tree.calendars) {
            m_days.declared.push_back(calendar.name);
            for (const auto* parts : {&calendar.parts, &calendar.except})
                for (const CalendarPart& part : *parts)
                    if (part.kind == CalendarPart::Kind::calendar) m_days.used.insert(part.calendar.text);
        }
        for (const auto* rules : {&tree.rules, &tree.exceptions})
            for (const Rule& rule : *rules) add(rule);
        for (const Claim& claim : tree.claims)
            if (claim.when) add(*claim.when);
    }

    void say(std::vector<Remark>& out) const {
        for (const Names* names : {&m_types, &m_people, &m_days})
            for (const Name& name : names->declared)
                if (!names->used.contains(name.text))
                    out.push_back({Finding::unused_group, name.at, {{name.text, name.text}}, {}});
    }

private:
    void add(const Rule& rule) {
        if (rule.when) add(*rule.when);
        for (const ApprovalClause& approval : rule.obligations.approvals) m_people.used.insert(approval.group.text);
    }

    void add(const Condition& condition) {
        for (const Condition& child : condition.children) add(child); // as deep as the parser lets them nest
        if (condition.kind != Condition::Kind::comparison) return;
        const std::string& attribute = condition.attribute.text;
        const bool people = attribute == "user" || attribute == "recipient";
        Names& names = attribute == "type" ? m_types : people ? m_people : m_days;
        for (const Operand& operand : condition.operands)
            if (operand.kind == Operand::Kind::name) names.used.insert(operand.value.text);
    }

    Names m_types;
    Names m_people;
    Names m_days;
};

Words called(const CompiledRule& rule) {
    const std::string name = rule.title.empty() ? rule.id : rule.id + " " + rule.title;
    return {name, name};
}

std::string text_of(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

void say_end(std::chrono::sys_days end, std::chrono::sys_days today, const Words& what, std::optional<Span> at,
             const std::string& rule, std::vector<Remark>& out) {
    const auto left = (end - today).count();
    if (left > static_cast<std::int64_t>(expires_soon_days)) return;
    const std::string day = text_of(end);
    if (left < 0) {
        out.push_back({Finding::expired, at, {what, {day, day}}, rule});
        return;
    }
    const std::string days = fmt::format("{}", left);
    out.push_back({Finding::expires_soon, at, {what, {day, day}, {days, days}}, rule});
}

} // namespace

void lint_names(const Compiled& policy, std::vector<Remark>& out) {
    Usage usage;
    Problems problems; // there are none: the policy was loaded
    usage.add(parse(policy.sources, problems));
    usage.say(out);
}

void lint_ends(const Compiled& policy, std::chrono::sys_days today, std::vector<Remark>& out) {
    const auto day_of = [](std::uint64_t day) {
        return std::chrono::sys_days(std::chrono::days(static_cast<int>(day)));
    };
    if (policy.valid)
        say_end(day_of(policy.valid->until), today, {"the policy", "ポリシー"}, policy.valid->at, {}, out);
    for (const auto* rules : {&policy.rules, &policy.exceptions})
        for (const CompiledRule& rule : *rules)
            if (rule.until) say_end(day_of(*rule.until), today, called(rule), rule.at, rule.id, out);
}

void lint_hits(const Compiled& policy, const std::map<std::string, std::uint64_t>& hits, std::vector<Remark>& out) {
    const std::string days = fmt::format("{}", hits_days);
    for (const CompiledRule& rule : policy.rules) {
        const auto found = hits.find(rule.id);
        if (!rule.allows() || (found != hits.end() && found->second > 0)) continue;
        out.push_back({Finding::no_hits, rule.at, {called(rule), {days, days}}, rule.id});
    }
}

} // namespace sekisho::policy
