#include "policy/analysis/plan.h"
#include "tests/policy/analysis/build.h"

namespace sekisho {
namespace {

using namespace tests;
using policy::Change;
using policy::Language;

constexpr std::string_view base = R"(
allow "R-010 受領" from internet to lgwan when type in office and size <= 50MB require rebuild, keep 30 days reason "r"
forbid "F-001 マクロ" from any to any when findings has "ooxml.macro" reason "r"
)";

policy::Plan plan_of(std::string_view before, std::string_view after) {
    const auto plan = policy::plan(policy_of(before), policy_of(after));
    EXPECT_TRUE(plan.complete);
    EXPECT_FALSE(plan.too_intricate);
    return plan;
}

TEST(Plan, says_nothing_of_a_policy_that_means_the_same) {
    const std::string other = R"(
forbid "F-001 マクロ" from any to any when findings has "ooxml.macro" reason "other"
allow "R-011 大" from internet to lgwan when type in office and size <= 50MB and size > 1MB require rebuild, keep 30 days reason "r"
allow "R-012 小" from internet to lgwan when type in office and not size > 1MB require rebuild, keep 30 days reason "r"
)";
    EXPECT_TRUE(plan_of(base, other).same());
    EXPECT_EQ(policy::words(plan_of(base, other), Language::japanese), "変わることはありません。\n");
}

TEST(Plan, tells_what_a_wider_allow_lets_through) {
    std::string wider(base);
    wider.replace(wider.find("50MB"), 4, "80MB");
    const auto plan = plan_of(base, wider);
    ASSERT_EQ(plan.changes.size(), 1U);
    const Change& change = plan.changes.front();
    EXPECT_EQ(change.kind, Change::Kind::newly_allowed);
    EXPECT_EQ(
        change.where.english,
        "from internet to lgwan: type office, size > 50MB and <= 80MB, findings known, findings without ooxml.macro");
    EXPECT_EQ(change.where.japanese,
              "internetからlgwanへ：種類 office、大きさ 50MB超 80MB以下、検出結果が判明、検出なし ooxml.macro");
    EXPECT_EQ(change.before.outcome, policy::Outcome::deny);
    EXPECT_EQ(change.after.outcome, policy::Outcome::allow);
    EXPECT_NE(policy::words(plan, Language::japanese).find("新しく許可されるもの"), std::string::npos);
}

TEST(Plan, tells_what_a_dropped_forbid_lets_through) {
    const std::string without(base.substr(0, base.find("forbid")));
    const auto plan = plan_of(base, without);
    ASSERT_FALSE(plan.changes.empty());
    for (const Change& change : plan.changes) EXPECT_EQ(change.kind, Change::Kind::newly_allowed);
    const auto back = plan_of(without, base);
    for (const Change& change : back.changes) {
        EXPECT_EQ(change.kind, Change::Kind::newly_denied);
        EXPECT_EQ(change.what.english, "by F-001");
    }
}

TEST(Plan, names_a_group_and_not_each_of_its_members) {
    const std::string more =
        std::string(base) + "allow \"R-020 x\" from lgwan to mynumber when user in tax reason \"r\"\n";
    const auto plan = plan_of(base, more);
    ASSERT_EQ(plan.changes.size(), 1U) << policy::words(plan, Language::english);
    EXPECT_NE(plan.changes.front().where.english.find("user in tax"), std::string::npos);
}

TEST(Plan, tells_which_obligations_change) {
    std::string other(base);
    other.replace(other.find("rebuild, keep 30 days"), 21, "flatten, keep 10 days, approve 1 by chief");
    const auto plan = plan_of(base, other);
    ASSERT_EQ(plan.changes.size(), 1U) << policy::words(plan, Language::english);
    EXPECT_EQ(plan.changes.front().kind, Change::Kind::obligations);
    EXPECT_EQ(plan.changes.front().what.english,
              "flatten, approve 1 by chief in lgwan, keep 10 days in place of rebuild, keep 30 days");
}

TEST(Plan, tells_which_choices_change) {
    std::string milder(base);
    milder.replace(milder.find("require rebuild"), 15, "require rebuild, attachments keep");
    const auto plan = plan_of(base, milder);
    ASSERT_EQ(plan.changes.size(), 1U) << policy::words(plan, Language::english);
    EXPECT_EQ(plan.changes.front().kind, Change::Kind::obligations);
    EXPECT_EQ(plan.changes.front().what.english, "attachments keep in place of attachments drop");
    EXPECT_EQ(plan_of(milder, base).changes.front().what.english, "attachments drop in place of attachments keep");
    // Said again is nothing new.
    std::string said(base);
    said.replace(said.find("require rebuild"), 15, "require rebuild, attachments drop");
    EXPECT_TRUE(plan_of(base, said).same());
    // An allow beside it that says nothing takes it back.
    EXPECT_TRUE(plan_of(base, milder + "allow \"R-011 x\" from internet to lgwan when type in office and size <= 50MB "
                                       "require rebuild reason \"r\"\n")
                    .same());
}

TEST(Plan, tells_who_else_may_approve) {
    const std::string rule = "allow \"R-010 x\" from internet to lgwan require approve 1 by boss reason \"r\"\n";
    const auto plan = plan_of("group boss = user \"a\"\n" + rule, "group boss = user \"b\"\n" + rule);
    ASSERT_EQ(plan.changes.size(), 1U);
    EXPECT_EQ(plan.changes.front().what.english, "who may approve: +b -a");
}

TEST(Plan, of_no_policy_is_all_that_the_new_one_allows) {
    const auto plan = policy::plan(policy::Policy::deny_all(), policy_of(base));
    ASSERT_FALSE(plan.changes.empty());
    EXPECT_EQ(plan.changes.front().kind, Change::Kind::newly_allowed);
    EXPECT_TRUE(policy::plan(policy::Policy::deny_all(), policy::Policy::deny_all()).same());
}

TEST(Plan, says_so_when_it_could_not_look_at_everything) {
    std::string wider(base);
    wider.replace(wider.find("50MB"), 4, "80MB");
    for (std::uint64_t units = 0; units < 40; units += 5)
        EXPECT_FALSE(policy::plan(policy_of(base), policy_of(wider), policy::Work(units)).same()) << units;
}

} // namespace
} // namespace sekisho
