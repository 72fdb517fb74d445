#include "policy/analysis/test.h"

#include <algorithm>
#include <utility>

#include "policy/analysis/judged.h"
#include "policy/engine/facts.h"

namespace sekisho::policy {

namespace {

Words same(const std::string& text) {
    return {text, text};
}

// Whether a forbid would match if this exception were not.
bool excepts(const Compiled& policy, const CompiledRule& exception, const Facts& facts) {
    CompiledRule bare = policy.rules[exception.of];
    if (matches(policy, bare, facts) != Truth::no) return false;
    bare.exceptions.clear();
    CompiledRule alone = exception;
    alone.exceptions.clear();
    return matches(policy, bare, facts) != Truth::no && matches(policy, alone, facts) == Truth::yes;
}

} // namespace

std::vector<TestResult> run_tests(const Policy& policy) {
    std::vector<TestResult> out;
    for (const CompiledTest& test : policy.compiled().tests) {
        const Asked asked(test.given);
        TestResult result{test.title, test.at, false, policy.decide(asked.request()), {}};
        const auto wrong = objection(policy.compiled(), test, result.got);
        result.passed = !wrong;
        result.words = wrong.value_or(Words{});
        out.push_back(std::move(result));
    }
    return out;
}

std::vector<RuleCoverage> coverage(const Policy& policy) {
    const Compiled& compiled = policy.compiled();
    std::vector<RuleCoverage> out;
    for (const auto* rules : {&compiled.rules, &compiled.exceptions})
        for (const CompiledRule& rule : *rules) out.push_back({rule.id, rule.at, {}});
    const std::size_t exceptions = compiled.rules.size();
    for (const CompiledTest& test : compiled.tests) {
        const Asked asked(test.given);
        Ruling ruling;
        policy.rule(asked.request(), ruling);
        for (const std::uint32_t rule : ruling.rules) out[rule].tests.push_back(test.title);
        if (compiled.exceptions.empty()) continue;
        Facts facts;
        facts_of(compiled, asked.request(), facts);
        for (std::size_t i = 0; i < compiled.exceptions.size(); ++i)
            if (excepts(compiled, compiled.exceptions[i], facts)) out[exceptions + i].tests.push_back(test.title);
    }
    std::ranges::sort(out, {}, &RuleCoverage::rule);
    return out;
}

std::vector<Remark> remarks_of(const std::vector<TestResult>& results) {
    std::vector<Remark> out;
    for (const TestResult& result : results)
        if (!result.passed) out.push_back({Finding::test_failed, result.at, {same(result.title), result.words}, {}});
    return out;
}

std::vector<Remark> remarks_of(const std::vector<RuleCoverage>& rules) {
    std::vector<Remark> out;
    for (const RuleCoverage& rule : rules)
        if (rule.tests.empty()) out.push_back({Finding::rule_without_test, rule.at, {same(rule.rule)}, rule.rule});
    return out;
}

std::vector<Remark> remarks_of(const Mutation& mutation) {
    std::vector<Remark> out;
    for (const Mutant& mutant : mutation.mutants)
        if (mutant.survives())
            out.push_back({Finding::mutant_survived, mutant.at, {mutant.words, same(mutant.suggestion)}, mutant.rule});
    return out;
}

} // namespace sekisho::policy
