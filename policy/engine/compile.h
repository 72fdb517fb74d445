// Syntax tree to tables: looks up every name and checks what the grammar cannot. Inside the room only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
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
    // Compiled::ways, of the rest.
    static void make_ways(Compiled& policy);

private:
    // False, and a problem, if the name was declared before.
    bool declare(NameTable& table, const Name& name, Problem problem);
    Diagnostic& unknown(Problem problem, const Name& name, const NameTable& table);
    void unknown_obligation(const Name& name);
    void unknown_type(const Name& name);
    // True, and a problem, if there are more than can be.
    template <typename Items, typename At> bool too_many(const Items& items, std::size_t most, At at) {
        if (items.size() <= most) return false;
        m_problems.add(Problem::too_many_names, at(items[most]), {std::uint64_t{most}});
        return true;
    }

    void compile_header();
    void compile_zones();
    std::optional<std::uint8_t> zone(const Name& name);

    void compile_types();
    void number_types();
    void compile_type_group(std::size_t index, std::vector<Set>& inside);
    void compile_groups();
    void compile_member(const GroupMember& member, std::size_t index, std::vector<Set>& inside);
    // inside[g] holds the groups that g names; becomes, for each group, the groups that contain it, itself included.
    void close(std::vector<Set>& inside, const std::vector<Name>& names);

    void compile_calendars();
    std::optional<CompiledCalendar> calendar(std::size_t index);
    bool add_parts(const std::vector<CalendarPart>& parts, CompiledCalendar& into);

    void compile_flows();
    CompiledFlow compile_flow(const Flow& flow);
    void compile_flow_end(const FlowEnd& end, CompiledFlowEnd& into);

    void finish_tables();

    void compile_rules();
    CompiledRule compile_rule(const Rule& rule);
    void compile_rule_zones(const Rule& rule, CompiledRule& into);
    // Masks of the choices that are named, and of those that are mild.
    struct Choices {
        std::uint32_t named = 0;
        std::uint32_t mild = 0;
    };
    Choices choices(const Obligations& obligations);
    std::vector<CompiledApproval> approvals(const Obligations& obligations, std::uint8_t from, std::uint8_t to);
    void compile_exceptions();
    bool except(const Rule& rule, CompiledRule& exception);
    void compile_claims();
    void compile_claim(const Claim& claim);
    void compile_unless(const Claim& claim, CompiledClaim& into);

    void compile_tests();
    void compile_test(const TestBlock& test);
    void compile_given(const Given& given, Sample& into);
    bool given_person(const Given& given, Sample& into);
    bool given_number(const Given& given, Sample& into);
    void given_name(const Given& given, Sample& into);
    std::string given_zone(const Given& given);
    std::string given_text(const Given& given, std::string_view example);
    std::vector<std::string> given_texts(const Given& given, std::string_view example);
    std::optional<std::uint64_t> given_value(const Given& given, Operand::Kind kind, std::string_view example);
    template <typename Value>
    std::optional<Value> given_listed(const Given& given, std::span<const std::string_view> names);
    std::optional<std::vector<std::string>> given_findings(const Given& given);
    std::optional<std::vector<std::string>> given_data(const Given& given);
    void compile_expectation(const TestBlock& test, CompiledTest& into);

    std::optional<std::uint32_t> compile_when(const std::optional<Condition>& when);
    void compile_condition(const Condition& condition);
    void compile_comparison(const Condition& condition);
    // Each operand for itself, any of them.
    void each(const Condition& condition, const std::function<void(const Operand&)>& compile);
    void compile_zone(const Condition& condition);
    void compile_type(const Condition& condition);
    void compile_type_in(const Condition& condition, const Name& name);
    void compile_type_is(const Condition& condition, const Name& name);
    void compile_family(const Condition& condition);
    void compile_size(const Condition& condition);
    void compile_number(const Condition& condition);
    void compile_user(const Condition& condition);
    void compile_department(const Condition& condition);
    void compile_hours(const Condition& condition);
    void compile_date(const Condition& condition);
    void compile_day(const Condition& condition);
    void compile_findings(const Condition& condition);
    void compile_data(const Condition& condition);
    void compile_level(const Condition& condition);
    void compile_confidentiality(const Condition& condition);
    void compile_channel(const Condition& condition);
    void compile_flow(const Condition& condition);
    void compile_name(const Condition& condition);
    void add_step(Test test, const Condition& condition, std::uint64_t first, std::uint64_t last = 0);
    // Whether it is `is` or `in`; else a problem.
    bool picks(const Condition& condition, std::string_view example);
    void compile_mask(Test test, const Condition& condition, std::span<const std::string_view> names,
                      std::string_view example);
    // The place of the operand in a closed list; nothing (and a problem) if it is not there.
    std::optional<std::size_t> value(const Operand& operand, const Name& attribute,
                                     std::span<const std::string_view> names);
    // False, and a problem, if the vocabulary has no such finding.
    bool known_finding(const Name& name);
    // The number of a name in a set, given when it is first seen; nothing (and a problem) if the set is full.
    std::optional<std::size_t> number(std::map<std::string, std::size_t>& table, const Name& name);
    void bad_comparison(const Condition& condition, std::string_view example);
    void bad_value(const Name& attribute, const Operand& operand, std::string_view example);

    const Tree& m_tree;
    const Vocabulary& m_known;
    Problems& m_problems;
    Compiled m_out;
    NameTable m_zones;
    NameTable m_types;
    NameTable m_families;
    NameTable m_type_groups;
    NameTable m_groups;
    NameTable m_calendars;
    NameTable m_flows;
    std::map<std::pair<const NameTable*, std::string>, Name> m_looks; // of the names that are declared: how they look
    NameTable m_ids;
    NameTable m_titles;
    enum class Progress : std::uint8_t { untouched, open, failed };
    std::vector<Progress> m_calendar_progress;
    std::map<std::pair<bool, std::string>, Set> m_members; // a user or not, name: the groups that contain it
    // Named by conditions, in the order of appearance; finish_tables() turns the numbers into those of sorted tables.
    std::map<std::string, std::size_t> m_persons;
    std::map<std::string, std::size_t> m_departments;
    std::map<std::string, std::size_t> m_findings;
    std::map<std::u32string, std::size_t> m_globs;
};

} // namespace sekisho::policy
