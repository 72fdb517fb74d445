#include "policy/engine/compile.h"

#include <algorithm>
#include <utility>

#include "base/error/error.h"
#include "policy/language/nearest.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

Compiler::Compiler(const Tree& tree, const Vocabulary& known, Problems& problems)
    : m_tree(tree), m_known(known), m_problems(problems) {}

Compiled Compiler::run() {
    m_out.loaded = true;
    if (m_known.choices.size() > choices_max) bug("the vocabulary has more choices than a mask");
    for (const ChoiceName& choice : m_known.choices)
        m_out.choices.push_back({std::string(choice.name), std::string(choice.strict), std::string(choice.mild)});
    compile_header();
    compile_zones();
    compile_types();
    compile_groups();
    compile_calendars();
    compile_flows();
    compile_rules();
    compile_exceptions();
    compile_claims();
    compile_tests();
    finish_tables();
    if (m_problems.empty()) make_ways(m_out);
    return std::move(m_out);
}

bool Compiler::declare(NameTable& table, const Name& name, Problem problem) {
    const auto [first, fresh] = table.emplace(name.text, Declared{table.size(), name.at});
    if (fresh && problem != Problem::duplicate_name) return true; // ids, titles and attributes are no names
    if (fresh) {
        const auto [look, first_look] = m_looks.emplace(std::pair(&table, skeleton_of(name.text)), name);
        if (first_look) return true;
        auto& problem = m_problems.add(Problem::looks_alike, name.at, {name.text, look->second.text});
        problem.note = Note{Phrase::first_here, look->second.at};
        return true;
    }
    m_problems.add(problem, name.at, {name.text}).note = Note{Phrase::first_here, first->second.at};
    return false;
}

Diagnostic& Compiler::unknown(Problem problem, const Name& name, const NameTable& table) {
    std::vector<std::string_view> candidates;
    if (!m_problems.full()) // what nobody will see needs no search
        for (const auto& [candidate, declared] : table) candidates.push_back(candidate);
    auto& diagnostic = m_problems.add(problem, name.at, {name.text});
    diagnostic.suggestion = nearest(name.text, candidates);
    return diagnostic;
}

void Compiler::compile_header() {
    if (!m_tree.header) return;
    m_out.name = m_tree.header->title.text;
    m_out.version = m_tree.header->version;
    m_out.valid = m_tree.header->valid;
}

void Compiler::compile_zones() {
    if (!m_tree.zones) return;
    const std::vector<Name>& names = m_tree.zones->names;
    if (too_many(names, zones_max, [](const Name& name) { return name.at; })) return;
    for (const Name& name : names) {
        if (name.text == "any") m_problems.add(Problem::reserved_name, name.at, {name.text});
        if (declare(m_zones, name, Problem::duplicate_name)) m_out.zones.push_back(name.text);
    }
}

namespace {

// For each number in the order of appearance the one in the order of names.
std::vector<std::size_t> sorted_numbers(const std::map<std::string, std::size_t>& table) {
    std::vector<std::size_t> numbers(table.size());
    std::size_t next = 0;
    for (const auto& [name, number] : table) numbers[number] = next++;
    return numbers;
}

} // namespace

void Compiler::finish_tables() {
    for (const auto& [name, number] : m_departments) m_members.try_emplace({false, name});
    for (const auto& [name, number] : m_persons) m_members.try_emplace({true, name});
    std::vector<std::size_t> persons(m_persons.size());
    for (auto& [member, groups] : m_members) {
        CompiledMember out{member.first, member.second, std::move(groups), std::nullopt};
        if (member.first) {
            const auto person = m_persons.find(member.second);
            if (person != m_persons.end()) persons[person->second] = m_out.members.size();
        } else if (const auto found = m_departments.find(member.second); found != m_departments.end()) {
            out.department = static_cast<std::uint32_t>(found->second);
        }
        m_out.members.push_back(std::move(out));
    }
    m_out.departments.resize(m_departments.size());
    for (const auto& [name, number] : m_departments) m_out.departments[number] = name;
    for (const auto& [code, number] : m_findings) m_out.findings.push_back(code);
    m_out.globs.resize(m_globs.size());
    for (const auto& [glob, number] : m_globs) m_out.globs[number] = glob;
    const std::vector<std::size_t> findings = sorted_numbers(m_findings);
    for (Step& step : m_out.steps) {
        if (step.test == Test::finding) step.first = findings[step.first];
        if (step.test == Test::user_is || step.test == Test::recipient_is) step.first = persons[step.first];
    }
}

void Compiler::make_ways(Compiled& policy) {
    const std::size_t zones = policy.zones.size() + 1;
    const auto goes = [&](std::uint8_t rule, std::size_t zone) { return rule == any_zone || rule == zone; };
    policy.ways.assign(zones * zones, {});
    for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
        const CompiledRule& rule = policy.rules[i];
        const bool special = rule.until || !rule.exceptions.empty();
        for (std::size_t from = 0; from < zones; ++from)
            for (std::size_t to = 0; to < zones; ++to)
                if (goes(rule.from, from) && goes(rule.to, to))
                    policy.ways[from * zones + to].push_back(
                        {i, rule.condition.value_or(0), rule.condition.has_value(), special});
    }
}

std::optional<std::uint8_t> Compiler::zone(const Name& name) {
    if (name.text.empty() || !m_tree.zones) return std::nullopt;
    const auto found = m_zones.find(name.text);
    if (found != m_zones.end()) return static_cast<std::uint8_t>(found->second.index);
    unknown(Problem::unknown_zone, name, m_zones);
    return std::nullopt;
}

} // namespace sekisho::policy
