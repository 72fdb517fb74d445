#include "policy/engine/compile.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

// Has the departments that a test gives, and a name that no rule names.
constexpr std::string_view somebody = "somebody";

} // namespace

void Compiler::compile_tests() {
    if (too_many(m_tree.tests, tests_max, [](const TestBlock& test) { return test.at; })) return;
    for (const TestBlock& test : m_tree.tests) compile_test(test);
    std::ranges::sort(m_out.tests, {}, &CompiledTest::title);
}

void Compiler::compile_test(const TestBlock& test) {
    CompiledTest out;
    out.title = test.title.text;
    out.at = test.whole;
    declare(m_titles, test.title, Problem::duplicate_id);
    out.given = unremarkable();
    NameTable given;
    for (const Given& one : test.given) {
        declare(given, one.attribute, Problem::twice_given);
        compile_given(one, out.given);
    }
    for (const std::string_view needed : {"from", "to"})
        if (!given.contains(needed)) m_problems.add(Problem::test_without_way, test.at, {std::string(needed)});
    if (!given.contains("origin")) out.given.origin = out.given.from;
    if (out.given.sender.empty() && !out.given.sender_groups.empty()) out.given.sender = somebody;
    if (out.given.recipient.empty() && !out.given.recipient_groups.empty()) out.given.recipient = somebody;
    compile_expectation(test, out);
    m_out.tests.push_back(std::move(out));
}

void Compiler::compile_expectation(const TestBlock& test, CompiledTest& into) {
    const Expectation& expect = test.expect;
    into.expected = expect.kind;
    if (expect.rule) {
        const auto rule = std::ranges::find(m_out.rules, expect.rule->text, &CompiledRule::id);
        if (rule == m_out.rules.end())
            unknown(Problem::unknown_rule, *expect.rule, m_ids);
        else if (rule->allows() == (expect.kind == Expectation::Kind::refuse))
            m_problems.add(Problem::wrong_rule, expect.rule->at, {expect.rule->text});
        into.rule = expect.rule->text;
    }
    const auto zone_of = [&](const std::string& name) {
        const auto found = m_zones.find(name);
        return found == m_zones.end() ? no_zone : static_cast<std::uint8_t>(found->second.index);
    };
    const Obligations& required = expect.obligations;
    into.strictness = required.strictness;
    const Choices chosen = choices(required);
    into.chosen = chosen.named;
    into.mild = chosen.mild;
    into.approvals = approvals(required, zone_of(into.given.from), zone_of(into.given.to));
    if (required.keep_days) into.keep_days = static_cast<unsigned>(*required.keep_days);
    if (required.delay_minutes) into.delay_minutes = static_cast<unsigned>(*required.delay_minutes);
    for (const Name& text : required.watermarks) into.watermarks.push_back(text.text);
}

} // namespace sekisho::policy
