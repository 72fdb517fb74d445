#include "policy/analysis/test.h"
#include "tests/policy/analysis/build.h"

namespace sekisho {
namespace {

using namespace tests;

constexpr std::string_view rules = R"(
allow "R-010 x" from internet to lgwan when type in office and size <= 50MB require rebuild, keep 30 days reason "r"
forbid "F-001 x" from any to any when findings has "ooxml.macro" reason "r"
)";

constexpr std::string_view tests_of_all = R"(
test "文書は通る" given from internet to lgwan type docx size 1MB expect allow by R-010 keep 30
test "大きすぎる" given from internet to lgwan type docx size 60MB expect refuse
test "種類が違う" given from internet to lgwan type zip size 1MB expect refuse
test "マクロ" given from internet to lgwan type docx size 1MB findings ooxml.macro expect refuse by F-001
)";

TEST(Tests, pass_and_fail_as_the_policy_decides) {
    const auto results = policy::run_tests(
        policy_of(std::string(rules) + std::string(tests_of_all) +
                  "test \"違う\" given from internet to lgwan type docx size 1MB expect hold\n"
                  "test \"日数\" given from internet to lgwan type docx size 1MB expect allow keep 5\n"));
    ASSERT_EQ(results.size(), 6U);
    for (const auto& result : results) {
        const bool wrong = result.title == "違う" || result.title == "日数";
        EXPECT_EQ(result.passed, !wrong) << result.title << ": " << result.words.english;
    }
    EXPECT_EQ(policy::remarks_of(results).size(), 2U);
}

TEST(Tests, compare_the_choices_that_they_name) {
    const auto failed = [](const std::string& required, const std::string& expected) {
        const auto results = policy::run_tests(policy_of(
            "allow \"R-010 x\" from internet to lgwan require " + required +
            " reason \"r\"\ntest \"x\" given from internet to lgwan type pdf expect allow " + expected + "\n"));
        return results.size() == 1 && results[0].passed ? "" : results.at(0).words.english;
    };
    EXPECT_EQ(failed("attachments keep", "attachments keep forms draw keep 30"), "it does not require keep 30 days");
    EXPECT_EQ(failed("attachments keep", "forms draw"), "");
    EXPECT_EQ(failed("rebuild", "attachments drop level rebuild"), "");
    EXPECT_EQ(failed("attachments keep", "attachments drop"), "it does not require attachments drop");
    EXPECT_EQ(failed("rebuild", "attachments keep"), "it does not require attachments keep");
}

TEST(Coverage, names_the_tests_of_each_rule) {
    const auto covered = policy::coverage(policy_of(std::string(rules) + std::string(tests_of_all) +
                                                    "forbid \"F-002 x\" from mynumber to any reason \"r\"\n"));
    ASSERT_EQ(covered.size(), 3U);
    EXPECT_EQ(covered[0].rule, "F-001");
    EXPECT_EQ(covered[0].tests, std::vector<std::string>{"マクロ"});
    EXPECT_EQ(covered[2].tests, std::vector<std::string>{"文書は通る"});
    EXPECT_EQ(codes(policy::remarks_of(covered)), std::vector<std::string>{"P0802 F-002"});
}

TEST(Mutate, every_mutant_dies_of_tests_that_look_at_everything) {
    // A test of one value cannot tell a forbid of one finding from a forbid of everything, but that others pass can.
    const auto mutation = policy::mutate(policy_of(std::string(rules) + std::string(tests_of_all)));
    EXPECT_EQ(mutation.survivors(), 0U);
    EXPECT_EQ(mutation.mutants.size(), 5U); // two dropped; of R-010 two conjuncts and of F-001 one taken away
}

TEST(Mutate, a_survivor_comes_with_the_test_that_would_notice_it) {
    const std::string fewer =
        std::string(rules) + std::string(tests_of_all.substr(0, tests_of_all.find("test \"大きすぎる")));
    const auto mutation = policy::mutate(policy_of(fewer));
    ASSERT_GT(mutation.survivors(), 0U);
    std::string with_suggestions = fewer;
    for (const auto& mutant : mutation.mutants) {
        if (!mutant.survives()) continue;
        EXPECT_TRUE(mutant.witness) << mutant.words.english;
        ASSERT_FALSE(mutant.suggestion.empty()) << mutant.words.english;
        with_suggestions += mutant.suggestion + "\n";
    }
    const auto fixed = policy_of(with_suggestions);
    for (const auto& result : policy::run_tests(fixed))
        EXPECT_TRUE(result.passed) << result.title << result.words.english;
    EXPECT_EQ(policy::mutate(fixed).survivors(), 0U) << with_suggestions;
}

TEST(Mutate, knows_changes_that_nobody_can_notice) {
    const auto mutation =
        policy::mutate(policy_of("allow \"R-010 x\" from internet to lgwan reason \"r\"\n"
                                 "allow \"R-011 x\" from internet to lgwan when type is pdf reason \"r\"\n"
                                 "test \"t\" given from internet to lgwan type pdf expect allow\n"));
    for (const auto& mutant : mutation.mutants)
        if (mutant.rule == "R-011" && mutant.kind == policy::Mutant::Kind::dropped) {
            EXPECT_TRUE(mutant.equivalent);
        }
}

} // namespace
} // namespace sekisho
