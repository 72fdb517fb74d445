// Syntax tree to tables: looks up every name and checks what the grammar cannot. Inside the room only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/engine/compiled.h"
#include "policy/engine/vocabulary.h"
#include "policy/language/diagnostic.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

struct Declared {
    std::size_t index = 0;
    Span at;
};

using NameTable = std::map<std::string, Declared, std::less<>>;

class Compiler {
public:
    Compiler(const Tree& tree, const Vocabulary& known, Problems& problems);
    // Of use only if there are no problems.
    Compiled run();

private:
    // False, and a problem, if the name was declared before.
    bool declare(NameTable& table, const Name& name, Problem problem);
    Diagnostic& unknown(Problem problem, const Name& name, const NameTable& table);
    void unknown_type(const Name& name);

    void compile_header();
    void compile_zones();
    std::optional<std::uint8_t> zone(const Name& name);

    void compile_types();
    void compile_type_group(std::size_t index, std::vector<Set>& inside);
    void compile_groups();
    void compile_member(const GroupMember& member, std::size_t index, std::vector<Set>& inside);
    // inside[g] holds the groups that g names; becomes, for each group, the groups that contain it, itself included.
    void close(std::vector<Set>& inside, const std::vector<Name>& names);

    void finish_tables();

    void compile_rules();
    void compile_rule(const Rule& rule);
    void compile_rule_zones(const Rule& rule, CompiledRule& into);
    void compile_approvals(const Rule& rule, CompiledRule& into);

    void compile_condition(const Condition& condition);
    void compile_comparison(const Condition& condition);
    void compile_type(const Condition& condition);
    void compile_type_in(const Condition& condition);
    void compile_family(const Condition& condition);
    void compile_size(const Condition& condition);
    void compile_depth(const Condition& condition);
    void compile_user(const Condition& condition);
    void compile_hours(const Condition& condition);
    void compile_findings(const Condition& condition);
    void add_step(Test test, const Condition& condition, std::uint64_t first, std::uint64_t last = 0);
    // The number of a name in a set, given when it is first seen; nothing (and a problem) if the set is full.
    std::optional<std::size_t> number(std::map<std::string, std::size_t>& table, std::size_t first, const Name& name);
    void bad_comparison(const Condition& condition, std::string_view example);
    void bad_value(const Condition& condition, std::string_view example);

    const Tree& m_tree;
    const Vocabulary& m_known;
    Problems& m_problems;
    Compiled m_out;
    NameTable m_zones;
    NameTable m_types;
    NameTable m_families;
    NameTable m_type_groups;
    NameTable m_groups;
    NameTable m_ids;
    std::map<std::pair<bool, std::string>, Set> m_members; // a user or not, name: the groups that contain it
    std::map<std::string, std::size_t> m_persons;          // named by `user is`: the nameless group made for each
    std::map<std::string, std::size_t> m_findings;         // named by rules, with their numbers
};

} // namespace sekisho::policy
