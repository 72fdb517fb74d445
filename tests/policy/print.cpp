#include "tests/policy/print.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace sekisho::tests {

namespace {

using namespace policy;

std::string day(std::uint64_t number) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(static_cast<int>(number)))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string time(std::uint64_t minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

std::string list(const auto& items, auto text, std::string_view between = ", ") {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : std::string(between)) + text(item);
    return out;
}

std::string operand(const Operand& value) {
    switch (value.kind) {
    case Operand::Kind::text:
        return quoted(value.value.text);
    case Operand::Kind::number:
        return std::to_string(value.first);
    case Operand::Kind::size:
        return std::to_string(value.first) + "B";
    case Operand::Kind::time:
        return time(value.first);
    case Operand::Kind::hours:
        return time(value.first) + ".." + time(value.last);
    case Operand::Kind::date:
        return day(value.first);
    case Operand::Kind::dates:
        return day(value.first) + ".." + day(value.last);
    case Operand::Kind::name:
        break;
    }
    return value.value.text;
}

std::string condition(const Condition& when) {
    constexpr std::array<std::string_view, 8> words{"in", "is", "has", "like", "<", "<=", ">", ">="};
    if (when.kind == Condition::Kind::comparison)
        return when.attribute.text + " " + std::string(words[static_cast<std::size_t>(when.comparison)]) + " " +
               list(when.operands, operand);
    if (when.kind == Condition::Kind::negation) return "not (" + condition(when.children[0]) + ")";
    return list(
        when.children, [](const Condition& child) { return "(" + condition(child) + ")"; },
        when.kind == Condition::Kind::all ? " and " : " or ");
}

std::string obligations(const Obligations& required, std::string_view level) {
    std::vector<std::string> all;
    if (required.strictness) all.push_back(std::string(level) + std::string(name_of(*required.strictness)));
    for (const ChoiceClause& clause : required.choices)
        all.push_back(clause.choice.text + (clause.word.text.empty() ? "" : " " + clause.word.text));
    for (const ApprovalClause& clause : required.approvals)
        all.push_back(fmt::format("approve {} by {}{}", clause.count, clause.group.text,
                                  clause.zone ? " in " + clause.zone->text : ""));
    if (required.keep_days) all.push_back(fmt::format("keep {} days", *required.keep_days));
    if (required.delay_minutes) all.push_back(fmt::format("delay {} minutes", *required.delay_minutes));
    for (const Name& text : required.watermarks) all.push_back("watermark " + quoted(text.text));
    return list(all, [](const std::string& one) { return one; });
}

std::string titled(std::string_view word, const Name& id, const std::string& title) {
    return std::string(word) + " " + quoted(id.text + (title.empty() ? "" : " " + title));
}

std::string why(const Name& reason, const Name& reference) {
    std::string out;
    if (!reason.text.empty()) out += " reason " + quoted(reason.text);
    if (!reference.text.empty()) out += " ref " + quoted(reference.text);
    return out + "\n";
}

std::string rule(const Rule& rule) {
    const std::string_view word = rule.kind == RuleKind::allow    ? "allow"
                                  : rule.kind == RuleKind::forbid ? "forbid"
                                                                  : "exception";
    std::string out = titled(word, rule.id, rule.title);
    if (rule.kind == RuleKind::exception) out += " of " + quoted(rule.of.text);
    out += " from " + rule.from.text + " to " + rule.to.text;
    if (rule.when) out += " when " + condition(*rule.when);
    const std::string required = obligations(rule.obligations, "");
    if (!required.empty()) out += " require " + required;
    if (rule.kind == RuleKind::exception)
        out += " requested by " + quoted(rule.requester.text) + " approved by " + quoted(rule.approver.text);
    if (rule.until) out += " until " + day(rule.until->day);
    return out + why(rule.reason, rule.reference);
}

std::string end(const FlowEnd& end) {
    return fmt::format("{} host {} mac {} port {}", end.zone.text, end.host.text, end.mac.text, end.port.value_or(0));
}

std::string claim(const Claim& claim) {
    std::string out = titled(claim.always_possible ? "must" : "never", claim.id, claim.title);
    out += " " + claim.from.text + " reaches " + claim.to.text;
    if (claim.when) out += " when " + condition(*claim.when);
    if (claim.unless && claim.unless->specific) out += " unless flow in specific";
    if (claim.unless && !claim.unless->specific)
        out += " unless flow " + list(claim.unless->flows, [](const Name& id) { return quoted(id.text); });
    return out + why(claim.reason, claim.reference);
}

std::string test(const TestBlock& test) {
    constexpr std::array<std::string_view, 3> outcomes{"refuse", "allow", "hold"};
    std::string out = "test " + quoted(test.title.text) + " given";
    for (const Given& given : test.given) out += " " + given.attribute.text + " " + list(given.values, operand);
    out += " expect " + std::string(outcomes[static_cast<std::size_t>(test.expect.kind)]);
    if (test.expect.rule) out += " by " + quoted(test.expect.rule->text);
    const std::string required = obligations(test.expect.obligations, "level ");
    return out + (required.empty() ? "" : " " + required) + "\n";
}

std::string part(const CalendarPart& part) {
    if (part.kind == CalendarPart::Kind::calendar) return part.calendar.text;
    return day(part.days.from) + ".." + day(part.days.until);
}

std::string member(const GroupMember& member) {
    if (member.kind == GroupMember::Kind::group) return member.value.text;
    return (member.kind == GroupMember::Kind::user ? "user " : "dept ") + quoted(member.value.text);
}

std::string declarations(const Tree& tree) {
    std::string out;
    if (tree.header) {
        out += "policy " + quoted(tree.header->title.text);
        if (tree.header->version != 0) out += fmt::format(" version {}", tree.header->version);
        if (tree.header->valid)
            out += " valid " + day(tree.header->valid->from) + ".." + day(tree.header->valid->until);
        out += "\n";
    }
    const auto name = [](const Name& name) { return name.text; };
    for (const Include& include : tree.includes) out += "include " + quoted(include.file.text) + "\n";
    if (tree.zones) out += "zone " + list(tree.zones->names, name) + "\n";
    for (const TypeGroup& group : tree.type_groups)
        out += "types " + group.name.text + " = " + list(group.members, name) + "\n";
    for (const Group& group : tree.groups)
        out += "group " + group.name.text + " = " + list(group.members, member) + "\n";
    for (const Calendar& calendar : tree.calendars) {
        out += "calendar " + calendar.name.text + " = " + list(calendar.parts, part);
        out += calendar.except.empty() ? "\n" : " except " + list(calendar.except, part) + "\n";
    }
    return out;
}

} // namespace

std::string print(const Tree& tree) {
    std::string out = declarations(tree);
    for (const Flow& flow : tree.flows)
        out += titled("flow", flow.id, flow.title) + " from " + end(flow.from) + " to " + end(flow.to) + " peer " +
               flow.peer.text + why(flow.reason, flow.reference);
    for (const Rule& one : tree.rules) out += rule(one);
    for (const Rule& one : tree.exceptions) out += rule(one);
    for (const Claim& one : tree.claims) out += claim(one);
    for (const TestBlock& one : tree.tests) out += test(one);
    return out;
}

} // namespace sekisho::tests
