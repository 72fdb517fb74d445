#include "policy/analysis/lint.h"
#include "tests/policy/analysis/build.h"

namespace sekisho {
namespace {

using namespace tests;
using Codes = std::vector<std::string>;

// The head's names are all used by this.
constexpr std::string_view sound = R"(
allow "R-900 x" from mynumber to lgwan when type in office and user in tax require approve 1 by chief reason "r"
allow "R-901 x" from mynumber to lgwan when type in picture reason "r"
)";

Codes linted(std::string_view text, const policy::Surroundings& around = {}) {
    return codes(policy::lint(policy_of(std::string(sound) + std::string(text)), around));
}

TEST(Lint, finds_nothing_in_a_sound_policy) {
    EXPECT_EQ(linted(""), Codes{});
}

TEST(Lint, finds_rules_that_never_match) {
    EXPECT_EQ(linted("allow \"R-010 x\" from internet to lgwan when type is pdf and type is docx reason \"r\"\n"),
              Codes{"P0701 R-010"});
    EXPECT_EQ(
        linted(
            "allow \"R-010 x\" from internet to lgwan when type is pdf and size < 1KB and size > 1KB reason \"r\"\n"),
        Codes{"P0701 R-010"});
    EXPECT_EQ(linted("forbid \"F-010 x\" from any to any when level is text and level is flatten and not size < 1KB "
                     "and type is pdf "
                     "and channel is mail and hours in 01:00..02:00 and not hours in 01:00..03:00 reason \"r\"\n"),
              Codes{}); // what is not known may be all of that
}

TEST(Lint, finds_allows_that_a_forbid_takes_away) {
    EXPECT_EQ(linted("allow \"R-010 x\" from internet to lgwan when type is pdf reason \"r\"\n"
                     "forbid \"F-010 x\" from internet to lgwan when type in office reason \"r\"\n"),
              Codes{"P0702 R-010"});
}

TEST(Lint, finds_what_others_say_already) {
    EXPECT_EQ(linted("allow \"R-010 x\" from internet to lgwan when type in office reason \"r\"\n"
                     "allow \"R-011 x\" from internet to lgwan when type is pdf and size < 1MB reason \"r\"\n"),
              Codes{"P0703 R-011"});
    EXPECT_EQ(linted("allow \"R-010 x\" from internet to lgwan when size < 2MB reason \"r\"\n"
                     "allow \"R-011 x\" from internet to lgwan when size > 1MB reason \"r\"\n"
                     "allow \"R-012 x\" from internet to lgwan when size < 3MB and size > 10KB reason \"r\"\n"),
              Codes{"P0704 R-012"});
    EXPECT_EQ(linted("forbid \"F-010 x\" from any to lgwan when size > 1MB reason \"r\"\n"
                     "forbid \"F-011 x\" from internet to lgwan when size > 2MB reason \"r\"\n"),
              Codes{"P0703 F-011"});
}

TEST(Lint, keeps_a_rule_that_only_adds_an_obligation) {
    const std::string wide = "allow \"R-010 x\" from internet to lgwan when type in office reason \"r\"\n";
    EXPECT_EQ(linted(wide + "allow \"R-011 x\" from internet to lgwan when type is pdf require flatten reason \"r\"\n"),
              Codes{});
    EXPECT_EQ(
        linted(
            "allow \"R-010 x\" from internet to lgwan when type in office require flatten, keep 3 days reason \"r\"\n"
            "allow \"R-011 x\" from internet to lgwan when type is pdf require text, keep 5 days reason \"r\"\n"),
        Codes{"P0705 R-011"});
}

TEST(Lint, finds_names_that_nothing_uses) {
    const auto remarks = policy::lint(
        policy_of(std::string(sound) + "group nobody = user \"x\"\ntypes spare = zip\ncalendar idle = 2026-04-01\n"));
    ASSERT_EQ(remarks.size(), 3U);
    for (const auto& remark : remarks) EXPECT_EQ(policy::row_of(remark.finding).code, "P0706");
}

TEST(Lint, finds_exceptions_of_nothing) {
    EXPECT_EQ(linted("forbid \"F-010 x\" from internet to lgwan when size > 1MB reason \"r\"\n"
                     "exception \"E-010 x\" of \"F-010\" from internet to lgwan when size < 1KB requested by \"a\" "
                     "approved by \"b\" "
                     "until 2026-12-31 reason \"r\"\n"),
              Codes{"P0710 E-010"});
}

TEST(Lint, tells_what_ends_and_what_is_not_used) {
    using namespace std::chrono;
    policy::Surroundings around;
    around.today = sys_days(2026y / 4 / 1);
    const std::string rules =
        "allow \"R-010 x\" from internet to lgwan when type is pdf until 2026-04-20 reason \"r\"\n"
        "allow \"R-011 x\" from internet to lgwan when type is csv until 2026-03-20 reason \"r\"\n"
        "allow \"R-012 x\" from internet to lgwan when type is zip until 2026-09-20 reason \"r\"\n";
    EXPECT_EQ(linted(rules, around), (Codes{"P0707 R-010", "P0708 R-011"}));
    policy::Surroundings used;
    used.hits = {{{"R-900", 3}, {"R-901", 0}}};
    EXPECT_EQ(linted("", used), Codes{"P0709 R-901"});
}

// What lint calls redundant can be dropped, and nothing changes: see also the oracle's plans.
TEST(Lint, says_that_it_did_not_look_at_everything) {
    const auto remarks = policy::lint(policy_of(sound), {}, policy::Work(3));
    ASSERT_FALSE(remarks.empty());
    EXPECT_EQ(policy::row_of(remarks.front().finding).code, "P0603");
}

} // namespace
} // namespace sekisho
