#include "policy/analysis/space.h"

#include <algorithm>

#include "policy/analysis/space_builder.h"

namespace sekisho::policy {

Space::Space(std::span<const Compiled* const> policies) : m_policies(policies.begin(), policies.end()) {
    SpaceBuilder(*this).run();
}

std::size_t Space::dimension(Axis axis) const {
    return m_of_axis[static_cast<std::size_t>(axis)];
}

const Atom& Space::atom(std::size_t policy, const Step& step) const {
    return m_atoms.at({policy, step.test, step.comparison, step.first, step.last});
}

Atom Space::make_atom(std::size_t policy, const Step& step) const {
    switch (step.test) {
    case Test::from_in:
        return zones(policy, Axis::from, step.first);
    case Test::to_in:
        return zones(policy, Axis::to, step.first);
    case Test::origin_in:
        return zones(policy, Axis::origin, step.first);
    case Test::type_in:
    case Test::type_is:
    case Test::family_is:
        return types(policy, step);
    case Test::size:
        return numbers(Axis::size, step);
    case Test::depth:
        return numbers(Axis::depth, step);
    case Test::members:
        return numbers(Axis::members, step);
    case Test::data_count:
        return numbers(Axis::data_count, step);
    case Test::hours:
    case Test::dates:
        return numbers(step.test == Test::hours ? Axis::minute : Axis::day, step);
    case Test::day_in:
        return calendar(policy, step.first);
    case Test::finding:
        return yes_no(Axis::findings, Axis::finding, this->policy(policy).findings[step.first]);
    case Test::data:
        return yes_no(Axis::data, Axis::data_kind, std::string(data_kind_names[step.first]));
    case Test::name_like:
        return yes_no(Axis::name, Axis::glob, utf8_of(this->policy(policy).globs[step.first]));
    case Test::level_in:
        return masked(Axis::level, step.first);
    case Test::confidentiality:
        return masked(Axis::confidentiality, step.first);
    case Test::channel_in:
        return masked(Axis::channel, step.first);
    case Test::flow_specific:
    case Test::flow_is:
        return flows(policy, step);
    default:
        return people(policy, step);
    }
}

Atom Space::named(Axis axis, const Classes& yes, const Classes& unknown) const {
    const std::size_t number = dimension(axis);
    return {{number, unknown}, {{number, yes}}};
}

Atom Space::zones(std::size_t policy, Axis axis, std::uint64_t mask) const {
    const auto& names = m_dimensions[dimension(axis)].names;
    Classes yes(names.size());
    Classes unknown(names.size(), true);
    const auto& declared = m_policies[policy]->zones;
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const auto at = static_cast<std::size_t>(std::ranges::find(names, std::vector{declared[i]}) - names.begin());
        unknown.remove(at);
        if (((mask >> i) & 1) != 0) yes.add(at);
    }
    return named(axis, yes, unknown);
}

std::optional<Classes> Space::zone(std::size_t policy, std::uint8_t zone) const {
    if (zone == any_zone) return std::nullopt;
    const auto& names = m_dimensions[dimension(Axis::from)].names;
    const auto& declared = m_policies[policy]->zones;
    Classes out(names.size());
    if (zone < declared.size())
        out.add(static_cast<std::size_t>(std::ranges::find(names, std::vector{declared[zone]}) - names.begin()));
    return out;
}

Atom Space::types(std::size_t policy, const Step& step) const {
    const auto& names = m_dimensions[dimension(Axis::type)].names;
    Classes yes(names.size());
    Classes unknown(names.size(), true);
    const auto& types = m_policies[policy]->types;
    std::size_t at = 0;
    for (std::size_t i = 0; i < types.size(); ++i) {
        while (names[at].empty() || names[at].front() != types[i].name) ++at; // both are sorted
        unknown.remove(at);
        const bool meant = step.test == Test::type_is     ? i == step.first
                           : step.test == Test::family_is ? types[i].family == step.first
                                                          : types[i].groups[step.first];
        if (meant) yes.add(at);
    }
    return named(Axis::type, yes, unknown);
}

Classes Space::inside(std::size_t dimension, std::span<const Range> ranges) const {
    const Dimension& of = m_dimensions[dimension];
    Classes out(m_shape.classes(dimension));
    for (std::size_t i = 0; i < of.ranges.size(); ++i) {
        const std::uint64_t value = of.ranges[i].front().first; // speaks for its class
        if (std::ranges::any_of(ranges, [&](const Range& in) { return in.first <= value && value <= in.last; }))
            out.add(i);
    }
    return out;
}

Classes Space::days(Range range) const {
    return inside(dimension(Axis::day), std::span(&range, 1));
}

Atom Space::numbers(Axis axis, const Step& step) const {
    const std::size_t number = dimension(axis);
    const auto least = std::uint64_t{0};
    const auto most = m_dimensions[number].ranges.back().back().last;
    std::vector<Range> ranges;
    if (step.test == Test::dates)
        ranges = {{step.first, step.last}};
    else if (step.test == Test::hours && step.first < step.last)
        ranges = {{step.first, step.last - 1}};
    else if (step.test == Test::hours)
        ranges = {{step.first, most}};
    else if (step.comparison == Operator::less_equal)
        ranges = {{least, step.first}};
    else if (step.comparison == Operator::greater_equal)
        ranges = {{step.first, most}};
    else if (step.comparison == Operator::is || step.comparison == Operator::in)
        ranges = {{step.first, step.first}};
    if (step.test == Test::hours && step.first >= step.last && step.last > 0) ranges.push_back({least, step.last - 1});
    if (step.comparison == Operator::less && step.first > 0) ranges = {{least, step.first - 1}};
    if (step.comparison == Operator::greater && step.first < most) ranges = {{step.first + 1, most}};
    return named(axis, inside(number, ranges), Classes::only(m_shape.classes(number), m_dimensions[number].unknown));
}

Atom Space::calendar(std::size_t policy, std::size_t calendar) const {
    const std::size_t number = dimension(Axis::day);
    const auto classes_of = [&](const std::vector<DayRange>& days) {
        std::vector<Range> ranges;
        for (const DayRange& range : days) ranges.push_back({range.first, range.last});
        return inside(number, ranges);
    };
    const CompiledCalendar& of = m_policies[policy]->calendars[calendar];
    Classes unknown = classes_of(of.unknown);
    unknown.add(m_dimensions[number].unknown);
    return named(Axis::day, classes_of(of.days), unknown);
}

Atom Space::masked(Axis axis, std::uint64_t mask) const {
    const std::size_t number = dimension(axis);
    const std::size_t size = m_shape.classes(number);
    Classes yes(size);
    for (std::size_t i = 0; i + 1 < size; ++i)
        if (((mask >> i) & 1) != 0) yes.add(i);
    return named(axis, yes, Classes::only(size, size - 1));
}

Atom Space::flows(std::size_t policy, const Step& step) const {
    const Compiled& of = *m_policies[policy];
    return flow_atom(policy, step.test == Test::flow_specific ? nullptr : &of.flows[step.first].id);
}

Atom Space::flow_atom(std::size_t policy, const std::string* id) const {
    const std::size_t number = dimension(Axis::flow);
    const Dimension& of = m_dimensions[number];
    Classes yes(of.names.size());
    Classes unknown = Classes::only(of.names.size(), of.unknown);
    for (std::size_t i = 0; i < m_flows.size(); ++i) {
        const bool known = m_flows[i].policies.contains(policy);
        if (!known) unknown.add(i + 1);
        const bool meant = id == nullptr || std::ranges::find(of.names[i + 1], *id) != of.names[i + 1].end();
        if (known && meant) yes.add(i + 1);
    }
    return named(Axis::flow, yes, unknown);
}

Atom Space::people(std::size_t policy, const Step& step) const {
    const bool sender = step.test != Test::recipient_in && step.test != Test::recipient_is;
    const Axis axis = sender ? Axis::sender : Axis::recipient;
    const std::size_t number = dimension(axis);
    const Dimension& of = m_dimensions[number];
    Atom out = named(axis, Classes(of.names.size()), Classes::only(of.names.size(), of.unknown));
    const Compiled& compiled = *m_policies[policy];
    std::vector<bool> done(m_dimensions.size());
    for (std::size_t i = 0; i < compiled.members.size(); ++i) {
        const CompiledMember& member = compiled.members[i];
        if (!means(compiled, step, i)) continue;
        if (member.user) {
            out.yes.front().set.add(m_named.at({axis, member.name}));
            continue;
        }
        const std::size_t group = m_named.at({sender ? Axis::sender_group : Axis::recipient_group, member.name});
        if (done[group]) continue;
        done[group] = true;
        out.yes.push_back({group, Classes::only(2, yes_class)});
    }
    return out;
}

Atom Space::yes_no(Axis known, Axis axis, const std::string& name) const {
    return {{dimension(known), Classes::only(2, 0)}, {{m_named.at({axis, name}), Classes::only(2, yes_class)}}};
}

std::string utf8_of(const std::u32string& text) {
    std::string out;
    const auto put = [&](char32_t lead, char32_t code, unsigned rest) {
        out += static_cast<char>(lead | (code >> (6 * rest)));
        while (rest-- > 0) out += static_cast<char>(0x80 | ((code >> (6 * rest)) & 0x3F));
    };
    for (const char32_t code : text) {
        if (code < 0x80)
            put(0, code, 0);
        else if (code < 0x800)
            put(0xC0, code, 1);
        else if (code < 0x10000)
            put(0xE0, code, 2);
        else
            put(0xF0, code, 3);
    }
    return out;
}

} // namespace sekisho::policy
