#include <fmt/format.h>

#include "policy/analysis/load.h"
#include "policy/analysis/prove.h"
#include "tests/policy/analysis/build.h"

namespace sekisho {
namespace {

using namespace tests;
using policy::Language;
using Verdict = policy::Proof::Verdict;

constexpr std::string_view two_hops = R"(
allow "R-010 in" from internet to lgwan when type in office and size <= 50MB reason "r"
allow "R-030 on" from lgwan to mynumber when type in office reason "r"
)";

policy::Proof only_proof(const std::string& text) {
    const auto proofs = policy::prove(policy_of(text));
    EXPECT_EQ(proofs.size(), 1U);
    return proofs.empty() ? policy::Proof() : proofs.front();
}

// No single rule goes from the internet to the My Number zone; two together do.
TEST(Prove, a_way_over_another_zone_breaks_a_never) {
    const policy::Proof proof = only_proof(std::string(two_hops) + "never \"N-001 x\" internet reaches mynumber\n");
    EXPECT_EQ(proof.verdict, Verdict::broken);
    ASSERT_EQ(proof.path.size(), 2U);
    EXPECT_EQ(proof.path[0].to, "lgwan");
    EXPECT_EQ(proof.path[1].to, "mynumber");
    EXPECT_EQ(proof.path[0].rules, std::vector<std::string>{"R-010"});
    EXPECT_EQ(proof.path[1].sample.origin, "internet");
    EXPECT_NE(proof.words.japanese.find("internet→lgwan"), std::string::npos) << proof.words.japanese;
    const auto remark = policy::remark_of(proof);
    ASSERT_TRUE(remark);
    EXPECT_EQ(policy::row_of(remark->finding).code, "P0601");
}

TEST(Prove, the_origin_is_carried_along) {
    const std::string text = std::string(two_hops) +
                             "forbid \"F-001 x\" from lgwan to mynumber when origin is internet reason \"r\"\n"
                             "never \"N-001 x\" internet reaches mynumber\n"
                             "never \"N-002 x\" lgwan reaches mynumber\n";
    const auto proofs = policy::prove(policy_of(text));
    ASSERT_EQ(proofs.size(), 2U);
    EXPECT_EQ(proofs[0].verdict, Verdict::holds);
    EXPECT_EQ(proofs[1].verdict, Verdict::broken);
}

TEST(Prove, what_is_not_known_does_not_open_and_does_not_hide) {
    // The forbid matches what is not known, so nothing gets by it; and a never is about what may be.
    const std::string closed = "allow \"R-010 x\" from internet to lgwan when type in office reason \"r\"\n"
                               "forbid \"F-001 x\" from any to any when family is office reason \"r\"\n"
                               "never \"N-001 x\" internet reaches lgwan\n";
    EXPECT_EQ(only_proof(closed).verdict, Verdict::holds);
    const std::string open = "allow \"R-010 x\" from internet to lgwan when type in office reason \"r\"\n"
                             "never \"N-001 x\" internet reaches lgwan when findings has \"ooxml.macro\"\n";
    EXPECT_EQ(only_proof(open).verdict, Verdict::broken);
}

TEST(Prove, hops_over_specific_communications_are_excused_and_only_those) {
    const std::string flow = R"(
flow "T-001 eLTAX"
  from internet host 203.0.113.10 mac 02:00:00:00:00:01 port 443
  to mynumber host 192.0.2.20 mac 02:00:00:00:00:02 port 8443
  peer eltax  reason "r"
allow "R-050 x" from internet to mynumber when flow is "T-001" reason "r"
never "N-001 x" internet reaches mynumber unless flow in specific
)";
    EXPECT_EQ(only_proof(flow).verdict, Verdict::holds);
    EXPECT_EQ(only_proof(flow + std::string(two_hops)).verdict, Verdict::broken);
}

TEST(Prove, a_must_holds_for_every_value_that_it_names) {
    const std::string must = "must \"M-001 x\" internet reaches mynumber when type in office and size <= 10MB\n";
    EXPECT_EQ(only_proof(std::string(two_hops) + must).verdict, Verdict::holds);
    const std::string less =
        std::string(two_hops) +
        "forbid \"F-001 x\" from lgwan to mynumber when type is xlsx and size > 9MB reason \"r\"\n" + must;
    const policy::Proof proof = only_proof(less);
    EXPECT_EQ(proof.verdict, Verdict::broken);
    ASSERT_TRUE(proof.missing);
    EXPECT_EQ(proof.missing->type, "xlsx");
    EXPECT_GT(proof.missing->size.value_or(0), 9'000'000U);
    EXPECT_LE(proof.missing->size.value_or(0), 10'000'000U);
}

TEST(Prove, a_must_may_use_other_values_of_what_it_does_not_name) {
    const std::string text = "allow \"R-010 x\" from internet to lgwan when type is pdf and hours in 08:30..19:00 and "
                             "user in tax reason \"r\"\n"
                             "must \"M-001 x\" internet reaches lgwan when type is pdf\n";
    EXPECT_EQ(only_proof(text).verdict, Verdict::holds);
    EXPECT_EQ(only_proof(text + "forbid \"F-1 x\" from any to any reason \"r\"\n").verdict, Verdict::broken);
}

TEST(Load, refuses_a_policy_whose_never_does_not_hold) {
    const std::string text =
        std::string(head) + std::string(two_hops) + "never \"N-001 網羅\" internet reaches mynumber\n";
    const policy::Sources sources{{"main.sekisho", text}};
    const auto refused = policy::load_proved(sources, vocabulary());
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().problems.empty());
    ASSERT_EQ(refused.error().unproved.size(), 1U);
    const std::string shown = policy::render(refused.error().unproved, sources, Language::japanese);
    EXPECT_NE(shown.find("main.sekisho:"), std::string::npos) << shown;
    EXPECT_NE(shown.find("P0601"), std::string::npos) << shown;
    EXPECT_NE(shown.find("N-001 網羅"), std::string::npos) << shown;

    const auto unreadable = policy::load_proved({{"main.sekisho", "policy"}}, vocabulary());
    ASSERT_FALSE(unreadable);
    EXPECT_FALSE(unreadable.error().problems.empty());
    EXPECT_TRUE(policy::load_proved({{"main.sekisho", std::string(head) + std::string(two_hops)}}, vocabulary()));
}

// An `or` of two in each of very many conjuncts is more boxes than anyone can look at.
TEST(Load, refuses_what_is_too_intricate_to_prove) {
    std::string text = "allow \"R-010 x\" from internet to lgwan when type is pdf";
    for (unsigned i = 0; i < 40; ++i) text += fmt::format(" and (name like \"a{0}*\" or name like \"b{0}*\")", i);
    text += " reason \"r\"\nnever \"N-001 x\" internet reaches lgwan when type is csv\n";
    EXPECT_EQ(only_proof(text).verdict, Verdict::too_intricate);
    const auto refused = policy::load_proved({{"main.sekisho", std::string(head) + text}}, vocabulary());
    ASSERT_FALSE(refused);
    ASSERT_FALSE(refused.error().unproved.empty());
    EXPECT_EQ(policy::row_of(refused.error().unproved.front().finding).code, "P0603");
}

TEST(Prove, fails_closed_however_little_work_is_allowed) {
    const auto policy = policy_of(std::string(two_hops) + "never \"N-001 x\" internet reaches mynumber\n");
    for (std::uint64_t units = 0; units < 60; ++units)
        EXPECT_NE(policy::prove(policy, policy::Work(units)).front().verdict, Verdict::holds) << units;
}

} // namespace
} // namespace sekisho
