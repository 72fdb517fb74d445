#include "policy/engine/compile.h"

namespace sekisho::policy {

void Compiler::close(std::vector<Set>& inside, const std::vector<Name>& names) {
    // Warshall: what a group names, and what that names, ...
    for (std::size_t through = 0; through < inside.size(); ++through)
        for (Set& reached : inside)
            if (reached[through]) reached |= inside[through];

    Set reported;
    for (std::size_t group = 0; group < inside.size(); ++group) {
        if (!inside[group][group] || reported[group]) continue;
        m_problems.add(Problem::contains_itself, names[group].at, {names[group].text});
        reported |= inside[group]; // one problem per circle
    }

    std::vector<Set> containing(inside.size());
    for (std::size_t outer = 0; outer < inside.size(); ++outer)
        for (std::size_t inner = 0; inner < inside.size(); ++inner)
            if (inner == outer || inside[outer][inner]) containing[inner].set(outer);
    inside = std::move(containing);
}

void Compiler::number_types() {
    for (const TypeName& type : m_known.types) {
        m_types.emplace(type.name, Declared{});
        m_families.emplace(type.family, Declared{});
    }
    for (auto& [name, declared] : m_families) {
        declared.index = m_out.families.size();
        m_out.families.push_back(name);
    }
    for (auto& [name, declared] : m_types) {
        declared.index = m_out.types.size();
        m_out.types.push_back({name, 0, {}});
    }
    for (const TypeName& type : m_known.types) {
        CompiledType& out = m_out.types[m_types.find(type.name)->second.index];
        out.family = static_cast<std::uint32_t>(m_families.find(type.family)->second.index);
    }
}

void Compiler::compile_types() {
    number_types();
    if (too_many(m_tree.type_groups, groups_max, [](const TypeGroup& group) { return group.name.at; })) return;
    std::vector<Name> names;
    for (const TypeGroup& group : m_tree.type_groups) {
        names.push_back(group.name);
        if (m_types.contains(group.name.text)) m_problems.add(Problem::name_of_type, group.name.at, {group.name.text});
        declare(m_type_groups, group.name, Problem::duplicate_name);
        m_out.type_groups.push_back(group.name.text);
    }
    std::vector<Set> inside(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) compile_type_group(i, inside);
    close(inside, names);
    for (CompiledType& type : m_out.types) {
        Set all;
        for (std::size_t i = 0; i < names.size(); ++i)
            if (type.groups[i]) all |= inside[i];
        type.groups = all;
    }
}

// Marks what the group names; compile_types() adds the groups around it.
void Compiler::compile_type_group(std::size_t index, std::vector<Set>& inside) {
    for (const Name& member : m_tree.type_groups[index].members) {
        const auto type = m_types.find(member.text);
        const auto group = m_type_groups.find(member.text);
        if (type != m_types.end()) {
            m_out.types[type->second.index].groups.set(index);
        } else if (group != m_type_groups.end()) {
            inside[index].set(group->second.index);
        } else {
            unknown_type(member);
        }
    }
}

void Compiler::unknown_type(const Name& name) {
    NameTable candidates;
    if (!m_problems.full()) candidates = m_types;
    if (!m_problems.full()) candidates.insert(m_type_groups.begin(), m_type_groups.end());
    unknown(Problem::unknown_type, name, candidates);
}

void Compiler::compile_groups() {
    if (too_many(m_tree.groups, groups_max, [](const Group& group) { return group.name.at; })) return;
    std::vector<Name> names;
    for (const Group& group : m_tree.groups) {
        names.push_back(group.name);
        declare(m_groups, group.name, Problem::duplicate_name);
    }
    std::vector<Set> inside(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const GroupMember& member : m_tree.groups[i].members) compile_member(member, i, inside);
    close(inside, names);
    for (auto& [member, groups] : m_members) {
        Set all;
        for (std::size_t i = 0; i < names.size(); ++i)
            if (groups[i]) all |= inside[i];
        groups = all;
    }
    for (const Name& name : names) m_out.groups.push_back(name.text);
}

void Compiler::compile_member(const GroupMember& member, std::size_t index, std::vector<Set>& inside) {
    if (member.kind != GroupMember::Kind::group) {
        m_members[{member.kind == GroupMember::Kind::user, member.value.text}].set(index);
        return;
    }
    const auto group = m_groups.find(member.value.text);
    if (group == m_groups.end())
        unknown(Problem::unknown_group, member.value, m_groups);
    else
        inside[index].set(group->second.index);
}

} // namespace sekisho::policy
