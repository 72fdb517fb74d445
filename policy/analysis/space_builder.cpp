#include "policy/analysis/space_builder.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sekisho::policy {

void SpaceBuilder::run() {
    m_space.m_of_axis.resize(static_cast<std::size_t>(Axis::sender_group));
    add_zones();
    add_types();
    add_numbers();
    add_days();
    add_values();
    add_flows();
    constexpr std::array sender{Test::user_in, Test::user_is, Test::department_is};
    constexpr std::array recipient{Test::recipient_in, Test::recipient_is};
    add_people(Axis::sender, Axis::sender_group, sender);
    add_people(Axis::recipient, Axis::recipient_group, recipient);
    add_contents();
    forbid_misplaced_flows();
    add_atoms();
}

void SpaceBuilder::each_step(const std::function<void(std::size_t, const Step&)>& call) const {
    for (std::size_t policy = 0; policy < m_space.m_policies.size(); ++policy)
        for (const Step& step : m_space.m_policies[policy]->steps) call(policy, step);
}

std::size_t SpaceBuilder::add(Dimension dimension, std::size_t classes) {
    const std::size_t number = m_space.m_shape.add(classes);
    if (dimension.axis < Axis::sender_group) m_space.m_of_axis[static_cast<std::size_t>(dimension.axis)] = number;
    m_space.m_dimensions.push_back(std::move(dimension));
    return number;
}

void SpaceBuilder::add_names(Axis axis, Names names, bool with_unknown) {
    Dimension out;
    out.axis = axis;
    out.unknown = names.size();
    if (with_unknown) names.emplace_back();
    const std::size_t classes = names.size();
    out.names = std::move(names);
    add(std::move(out), classes);
}

void SpaceBuilder::add_zones() {
    Names names;
    for (const Compiled* policy : m_space.m_policies)
        for (const std::string& zone : policy->zones)
            if (std::ranges::find(names, std::vector{zone}) == names.end()) names.push_back({zone});
    for (const Axis axis : {Axis::from, Axis::to, Axis::origin}) add_names(axis, names);
}

void SpaceBuilder::add_types() {
    std::set<std::string> types;
    for (const Compiled* policy : m_space.m_policies)
        for (const CompiledType& type : policy->types) types.insert(type.name);
    Names names;
    for (const std::string& type : types) names.push_back({type});
    add_names(Axis::type, std::move(names));
}

// Where an answer can change: the first value of each class but the first.
std::set<std::uint64_t> SpaceBuilder::cuts_of(Test test) const {
    std::set<std::uint64_t> cuts;
    const auto after = [&](std::uint64_t value) {
        if (value < std::numeric_limits<std::uint64_t>::max()) cuts.insert(value + 1);
    };
    each_step([&](std::size_t, const Step& step) {
        if (step.test != test) return;
        const bool before = step.comparison == Operator::less || step.comparison == Operator::greater_equal;
        const bool both = step.comparison == Operator::is || step.comparison == Operator::in;
        if (before || both) cuts.insert(step.first);
        if (!before || both) after(step.first);
    });
    return cuts;
}

void SpaceBuilder::add_number(Axis axis, std::set<std::uint64_t> cuts, std::uint64_t last) {
    Dimension out;
    out.axis = axis;
    std::uint64_t first = 0;
    cuts.erase(0);
    for (const std::uint64_t cut : cuts) {
        if (cut > last) break;
        out.ranges.push_back({{first, cut - 1}});
        first = cut;
    }
    out.ranges.push_back({{first, last}});
    out.unknown = out.ranges.size();
    const std::size_t classes = out.ranges.size() + 1;
    add(std::move(out), classes);
}

void SpaceBuilder::add_numbers() {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    add_number(Axis::size, cuts_of(Test::size), most);
    add_number(Axis::depth, cuts_of(Test::depth), std::numeric_limits<unsigned>::max());
    add_number(Axis::members, cuts_of(Test::members), most);
    add_number(Axis::data_count, cuts_of(Test::data_count), most);
    std::set<std::uint64_t> minutes;
    each_step([&](std::size_t, const Step& step) {
        if (step.test == Test::hours) minutes.insert({step.first, step.last});
    });
    constexpr std::uint64_t last_minute = 24 * 60 - 1;
    add_number(Axis::minute, std::move(minutes), last_minute);
}

void SpaceBuilder::add_values() {
    const auto names_of = [](auto all) {
        Names names;
        for (const std::string_view name : all) names.push_back({std::string(name)});
        return names;
    };
    add_names(Axis::level, names_of(reached_names));
    add_names(Axis::confidentiality, names_of(confidentiality_names));
    add_names(Axis::channel, names_of(channel_names));
}

void SpaceBuilder::add_yes_no(Axis known, Axis axis, const std::set<std::string>& names) {
    Dimension about;
    about.axis = known;
    add(std::move(about), 2);
    for (const std::string& name : names) {
        Dimension out;
        out.axis = axis;
        out.names = {{}, {name}};
        m_space.m_named[{axis, name}] = add(std::move(out), 2);
    }
}

void SpaceBuilder::add_contents() {
    std::set<std::string> findings;
    std::set<std::string> kinds;
    std::set<std::string> globs;
    each_step([&](std::size_t policy, const Step& step) {
        const Compiled& of = *m_space.m_policies[policy];
        if (step.test == Test::finding) findings.insert(of.findings[step.first]);
        if (step.test == Test::data) kinds.insert(std::string(data_kind_names[step.first]));
        if (step.test == Test::name_like) globs.insert(utf8_of(of.globs[step.first]));
    });
    add_yes_no(Axis::findings, Axis::finding, findings);
    add_yes_no(Axis::data, Axis::data_kind, kinds);
    add_yes_no(Axis::name, Axis::glob, globs);
}

void SpaceBuilder::add_atoms() {
    each_step([&](std::size_t policy, const Step& step) {
        if (step.test == Test::all || step.test == Test::any || step.test == Test::negation) return;
        const Space::Key key{policy, step.test, step.comparison, step.first, step.last};
        if (!m_space.m_atoms.contains(key)) m_space.m_atoms.emplace(key, m_space.make_atom(policy, step));
    });
    m_space.m_asked.resize(m_space.m_dimensions.size());
    for (const auto& [key, atom] : m_space.m_atoms) {
        m_space.m_asked[atom.unknown.dimension] = true;
        for (const Piece& piece : atom.yes) m_space.m_asked[piece.dimension] = true;
    }
    for (const Axis axis : {Axis::from, Axis::to, Axis::origin}) m_space.m_asked[m_space.dimension(axis)] = true;
    const std::size_t day = m_space.dimension(Axis::day); // the ends of rules ask for it, too
    if (m_space.m_dimensions[day].ranges.size() > 1) m_space.m_asked[day] = true;
}

} // namespace sekisho::policy
