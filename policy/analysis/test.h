// The test blocks of a policy: whether they pass, which rules they are decided by, and which changes to the rules they
// would not notice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/analysis/remark.h"
#include "policy/analysis/text.h"
#include "policy/analysis/work.h"
#include "policy/engine/engine.h"
#include "policy/engine/sample.h"

namespace sekisho::policy {

struct TestResult {
    std::string title;
    Span at;
    bool passed = false;
    Decision got;
    Words words; // what is not as expected; empty if it passed
};

// By title.
std::vector<TestResult> run_tests(const Policy& policy);

struct RuleCoverage {
    std::string rule;
    Span at;
    std::vector<std::string> tests; // titles of the tests that it decides
};

// Each allow and forbid, by id, and each exception by which a forbid does not match in some test.
std::vector<RuleCoverage> coverage(const Policy& policy);

// A policy in which one rule is dropped or widened.
struct Mutant {
    enum class Kind : std::uint8_t { dropped, widened };
    Kind kind = Kind::dropped;
    std::string rule;
    Span at;
    Words words;                       // "R-010 without `size <= 50MB`"
    std::optional<std::string> killer; // title of a test that fails on it
    bool equivalent = false;           // it means the same as the policy: no test can notice it, lint says why
    std::optional<Sample> witness;     // of a survivor: a request that would show it
    std::string suggestion;            // of a survivor: the test block that would notice it
    bool survives() const { return !killer && !equivalent; }
};

inline constexpr std::size_t witnesses_max = 100; // survivors of which a witness is sought

struct Mutation {
    std::vector<Mutant> mutants;
    bool too_intricate = false; // some survivors have no witness: they may be equivalent
    std::size_t survivors() const;
};

Mutation mutate(const Policy& policy, Work work = Work());

// A test block for a request, as it is decided.
std::string test_block(std::string_view title, const Sample& given, const Decision& decision);

std::vector<Remark> remarks_of(const std::vector<TestResult>& results); // those that failed
std::vector<Remark> remarks_of(const std::vector<RuleCoverage>& rules); // those without a test
std::vector<Remark> remarks_of(const Mutation& mutation);               // the survivors

} // namespace sekisho::policy
