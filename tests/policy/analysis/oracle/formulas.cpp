#include "tests/policy/analysis/oracle/formulas.h"

#include <algorithm>
#include <functional>
#include <set>

namespace sekisho::tests {

namespace {

constexpr int other_zone = 3;
constexpr int other_user = 3;

z3::expr number(z3::context& context, std::uint64_t value) {
    return context.int_val(value);
}

z3::expr in_mask(const z3::expr& value, std::uint64_t mask) {
    z3::expr out = value.ctx().bool_val(false);
    for (unsigned i = 0; i < 64; ++i)
        if (((mask >> i) & 1) != 0) out = out || value == static_cast<int>(i);
    return out;
}

z3::expr between(const z3::expr& value, std::uint64_t first, std::uint64_t last) {
    return value >= number(value.ctx(), first) && value <= number(value.ctx(), last);
}

std::vector<z3::expr> bools(z3::context& context, std::string_view name, std::string_view suffix, std::size_t count) {
    std::vector<z3::expr> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(context.bool_const((std::string(name) + std::to_string(i) + std::string(suffix)).c_str()));
    return out;
}

Unsure unsure(z3::context& context, std::string_view name, std::string_view suffix) {
    const std::string text = std::string(name) + std::string(suffix);
    return {context.bool_const((text + "?").c_str()), context.int_const(text.c_str())};
}

z3::expr compare(const z3::expr& value, unsigned sign, std::uint64_t limit) {
    const z3::expr bound = number(value.ctx(), limit);
    return sign == 0 ? value < bound : sign == 1 ? value <= bound : sign == 2 ? value > bound : value >= bound;
}

z3::expr in_group(const z3::expr& user, const std::vector<z3::expr>& depts, const RandomGroup& group) {
    z3::expr out = user.ctx().bool_val(false);
    for (const unsigned member : group.users) out = out || user == static_cast<int>(member);
    for (const unsigned dept : group.depts) out = out || depts[dept];
    return out;
}

// A flow that is declared between other zones is as good as not known.
z3::expr flow_known(const Variables& of) {
    z3::expr placed = of.flow.value == 0;
    for (std::size_t i = 0; i < of.policy.flows.size(); ++i)
        placed = placed ||
                 (of.flow.value == static_cast<int>(i + 1) && of.from == static_cast<int>(of.policy.flows[i].from) &&
                  of.to == static_cast<int>(of.policy.flows[i].to));
    return of.flow.known && placed;
}

struct Question {
    z3::expr known;
    z3::expr yes;
};

z3::expr in_calendar(const Variables& of, std::uint64_t calendar) {
    const RandomPolicy& policy = of.policy;
    const z3::expr inside = between(of.day.value, policy.calendar.first, policy.calendar.second);
    if (calendar == 0) return inside;
    return inside && !between(of.day.value, policy.closed.first, policy.closed.second);
}

z3::expr within_hours(const z3::expr& minute, const Tree& tree) {
    const z3::expr begun = minute >= number(minute.ctx(), tree.first);
    const z3::expr not_over = minute < number(minute.ctx(), tree.last);
    return tree.first < tree.last ? begun && not_over : begun || not_over;
}

Question question(const Variables& of, const Tree& tree) {
    const auto masked = [&](const Unsure& value) { return Question{value.known, in_mask(value.value, tree.first)}; };
    const auto compared = [&](const Unsure& value, std::uint64_t unit = 1) {
        return Question{value.known, compare(value.value, tree.sign, tree.first * unit)};
    };
    const int first = static_cast<int>(tree.first);
    switch (tree.attribute) {
    case Attribute::from:
        return {of.from != other_zone, in_mask(of.from, tree.first)};
    case Attribute::to:
        return {of.to != other_zone, in_mask(of.to, tree.first)};
    case Attribute::origin:
        return masked(of.origin);
    case Attribute::type:
        return masked(of.type);
    case Attribute::size:
        return compared(of.size, 1000);
    case Attribute::depth:
        return compared(of.depth);
    case Attribute::members:
        return compared(of.members);
    case Attribute::data_count:
        return compared(of.data_count);
    case Attribute::hours:
        return {of.minute.known, within_hours(of.minute.value, tree)};
    case Attribute::date:
        return {of.day.known, between(of.day.value, tree.first, tree.last)};
    case Attribute::day:
        return {of.day.known, in_calendar(of, tree.first)};
    case Attribute::level:
        return masked(of.level);
    case Attribute::confidentiality:
        return masked(of.confidentiality);
    case Attribute::channel:
        return masked(of.channel);
    case Attribute::flow_specific:
        return {flow_known(of), of.flow.value > 0};
    case Attribute::flow_is:
        return {flow_known(of), of.flow.value == first + 1};
    case Attribute::user_in:
        return {of.sender.known, in_group(of.sender.value, of.sender_depts, of.policy.groups[tree.first])};
    case Attribute::user_is:
        return {of.sender.known, of.sender.value == first};
    case Attribute::dept_is:
        return {of.sender.known, of.sender_depts[tree.first]};
    case Attribute::recipient_in:
        return {of.recipient.known, in_group(of.recipient.value, of.recipient_depts, of.policy.groups[tree.first])};
    case Attribute::recipient_is:
        return {of.recipient.known, of.recipient.value == first};
    case Attribute::finding:
        return {of.findings.known, of.finding[tree.first]};
    case Attribute::data:
        return {of.data.known, of.data_kind[tree.first]};
    case Attribute::name:
        break;
    }
    return {of.name.known, of.globs[tree.first]};
}

template <typename Names> int index_of(const Names& names, std::string_view name) {
    return static_cast<int>(std::ranges::find(names, name) - names.begin());
}

template <typename Value> z3::expr same(const Unsure& of, const std::optional<Value>& value) {
    if (!value) return !of.known;
    return of.known && of.value == number(of.value.ctx(), static_cast<std::uint64_t>(*value));
}

z3::expr same(const Unsure& person, const std::vector<z3::expr>& depts, const std::string& name,
              const std::vector<std::string>& groups) {
    z3::expr out = name.empty() ? !person.known : person.known && person.value == index_of(user_names, name);
    for (std::size_t i = 0; i < dept_names.size(); ++i) {
        const bool in = std::ranges::find(groups, dept_names[i]) != groups.end();
        out = out && depts[i] == person.value.ctx().bool_val(in);
    }
    return out;
}

template <typename Names>
z3::expr same(const Unsure& known, const std::vector<z3::expr>& each, const Names& names,
              const std::optional<std::vector<std::string>>& found) {
    if (!found) return !known.known;
    z3::expr out = known.known;
    for (std::size_t i = 0; i < names.size(); ++i)
        out = out && each[i] == known.known.ctx().bool_val(std::ranges::find(*found, names[i]) != found->end());
    return out;
}

} // namespace

Variables::Variables(z3::context& c, const RandomPolicy& p, std::string_view s)
    : context(c), from(c.int_const(("from" + std::string(s)).c_str())),
      to(c.int_const(("to" + std::string(s)).c_str())), origin(unsure(c, "origin", s)), type(unsure(c, "type", s)),
      size(unsure(c, "size", s)), depth(unsure(c, "depth", s)), members(unsure(c, "members", s)),
      data_count(unsure(c, "data_count", s)), minute(unsure(c, "minute", s)), day(unsure(c, "day", s)),
      level(unsure(c, "level", s)), confidentiality(unsure(c, "class", s)), channel(unsure(c, "channel", s)),
      flow(unsure(c, "flow", s)), sender(unsure(c, "sender", s)), recipient(unsure(c, "recipient", s)),
      findings(unsure(c, "findings", s)), data(unsure(c, "data", s)), name(unsure(c, "name", s)),
      sender_depts(bools(c, "sender_dept", s, dept_names.size())),
      recipient_depts(bools(c, "recipient_dept", s, dept_names.size())),
      finding(bools(c, "finding", s, finding_names.size())), data_kind(bools(c, "kind", s, data_names.size())),
      globs(bools(c, "glob", s, glob_texts.size())), policy(p) {}

z3::expr Variables::frame() const {
    const auto to_value = [](const Unsure& of, std::uint64_t last) { return between(of.value, 0, last); };
    return between(from, 0, 3) && between(to, 0, 3) && to_value(origin, 2) && to_value(type, type_names.size()) &&
           size.value >= 0 && depth.value >= 0 && members.value >= 0 && data_count.value >= 0 &&
           to_value(minute, 1439) && to_value(day, 100'000) && to_value(level, 3) && to_value(confidentiality, 4) &&
           to_value(channel, 5) && to_value(flow, policy.flows.size()) && to_value(sender, other_user) &&
           to_value(recipient, other_user);
}

z3::expr Variables::is(const policy::Sample& sample, const RandomPolicy& of) const {
    const auto zone = [&](const z3::expr& zone, const std::string& name) { return zone == index_of(zone_names, name); };
    std::optional<int> origin_index;
    if (index_of(zone_names, sample.origin) < other_zone) origin_index = index_of(zone_names, sample.origin);
    std::optional<int> type_index;
    if (sample.type) type_index = index_of(type_names, *sample.type);
    std::optional<int> flow_index;
    if (sample.flow) flow_index = sample.flow->empty() ? 0 : sample.flow->back() - '0' + 1;
    if (flow_index && *flow_index > static_cast<int>(of.flows.size())) flow_index.reset();
    std::optional<std::int64_t> days;
    if (sample.day) days = sample.day->time_since_epoch().count();
    z3::expr out =
        zone(from, sample.from) && zone(to, sample.to) && same(origin, origin_index) && same(type, type_index) &&
        same(size, sample.size) && same(depth, sample.archive_depth) && same(members, sample.archive_members) &&
        same(data_count, sample.data_count) && same(minute, sample.minute) && same(day, days) &&
        same(level, sample.level) && same(confidentiality, sample.confidentiality) && same(channel, sample.channel) &&
        same(flow, flow_index) && same(sender, sender_depts, sample.sender, sample.sender_groups) &&
        same(recipient, recipient_depts, sample.recipient, sample.recipient_groups) &&
        same(findings, finding, finding_names, sample.findings) && same(data, data_kind, data_names, sample.data);
    if (!sample.name) return out && !name.known;
    const std::string& text = *sample.name;
    return out && name.known && globs[0] == context.bool_val(text.ends_with(".form.pdf")) &&
           globs[1] == context.bool_val(text.starts_with("draft"));
}

z3::expr Formulas::holds(const Variables& of, const Tree& tree, bool surely) {
    if (tree.kind == Tree::Kind::comparison) {
        const Question asked = question(of, tree);
        return surely ? asked.known && asked.yes : !asked.known || asked.yes;
    }
    if (tree.kind == Tree::Kind::negation) return !holds(of, tree.children.front(), !surely);
    const bool all = tree.kind == Tree::Kind::all;
    z3::expr out = of.context.bool_val(all);
    for (const Tree& child : tree.children)
        out = all ? out && holds(of, child, surely) : out || holds(of, child, surely);
    return out;
}

z3::expr Formulas::holds(const Variables& of, const RandomRule& rule, bool surely) {
    z3::expr out = of.context.bool_val(true);
    if (rule.from < 3) out = out && of.from == static_cast<int>(rule.from);
    if (rule.to < 3) out = out && of.to == static_cast<int>(rule.to);
    if (rule.until) {
        const z3::expr open = of.day.value <= static_cast<int>(*rule.until);
        out = out && (surely ? of.day.known && open : !of.day.known || open);
    }
    return rule.when ? out && holds(of, *rule.when, surely) : out;
}

z3::expr Formulas::permitted(const Variables& of) {
    z3::expr allowed = of.context.bool_val(false);
    z3::expr forbidden = of.context.bool_val(false);
    for (const RandomRule& rule : of.policy.rules) {
        if (rule.kind == RandomRule::Kind::allow) allowed = allowed || holds(of, rule, true);
        if (rule.kind != RandomRule::Kind::forbid) continue;
        z3::expr here = holds(of, rule, false);
        for (const RandomRule& other : of.policy.rules)
            if (other.kind == RandomRule::Kind::exception && other.of == rule.id)
                here = here && !holds(of, other, true);
        forbidden = forbidden || here;
    }
    z3::expr out = allowed && !forbidden;
    if (of.policy.valid)
        out = out && of.day.known && between(of.day.value, of.policy.valid->first, of.policy.valid->second);
    return out;
}

z3::expr Formulas::excused(const Variables& of, const RandomClaim& claim) {
    if (claim.unless == 0) return of.context.bool_val(false);
    return flow_known(of) && (claim.unless == 1 ? of.flow.value > 0 : of.flow.value == 2);
}

z3::expr Formulas::require_other(const Variables& one, const Variables& other) {
    using Asks = std::function<bool(const RandomRule&)>;
    std::vector<Asks> all;
    for (const unsigned level : {1U, 2U}) all.push_back([=](const RandomRule& rule) { return rule.level >= level; });
    for (const unsigned count : {1U, 2U})
        all.push_back([=](const RandomRule& rule) { return rule.approvals >= count; });
    for (const unsigned keep : {10U, 20U, 30U})
        all.push_back([=](const RandomRule& rule) { return rule.keep && *rule.keep <= keep; });
    for (const unsigned delay : {5U, 10U})
        all.push_back([=](const RandomRule& rule) { return rule.delay && *rule.delay >= delay; });
    for (const std::string_view mark : {"secret", "copy"})
        all.push_back([=](const RandomRule& rule) { return rule.mark && *rule.mark == mark; });
    z3::expr out = one.context.bool_val(false);
    for (const Asks& asks : all) {
        const auto asked = [&](const Variables& of) {
            z3::expr any = of.context.bool_val(false);
            for (const RandomRule& rule : of.policy.rules)
                if (rule.kind == RandomRule::Kind::allow && asks(rule)) any = any || holds(of, rule, true);
            return any;
        };
        out = out || asked(one) != asked(other);
    }
    return out;
}

} // namespace sekisho::tests
