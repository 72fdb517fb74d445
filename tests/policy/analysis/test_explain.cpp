#include "policy/analysis/explain.h"
#include "policy/analysis/matrix.h"
#include "tests/policy/analysis/build.h"

namespace sekisho {
namespace {

using namespace tests;
using policy::Language;

constexpr std::string_view rules = R"(
allow "R-010 受領"
  from internet to lgwan
  when type in office and size <= 50MB
  require rebuild, keep 30 days
  reason "r"
allow "R-011 x" from internet to lgwan when type is pdf require approve 1 by chief, keep 10 days reason "r"
forbid "F-001 x" from any to any when archive.depth > 3 reason "r"
)";

policy::Sample file() {
    policy::Sample out = policy::unremarkable();
    out.from = "internet";
    out.to = "lgwan";
    out.type = "docx";
    out.size = 80'000'000;
    return out;
}

policy::Explanation explained(const policy::Policy& policy, const policy::Sample& sample) {
    const policy::Asked asked(sample);
    return policy::explain(policy, asked.request());
}

TEST(Explain, says_what_would_have_to_be_otherwise) {
    const auto policy = policy_of(rules);
    const auto why = explained(policy, file());
    EXPECT_EQ(why.decision, decided(policy, file()));
    ASSERT_FALSE(why.near_misses.empty());
    EXPECT_EQ(why.near_misses.front().words.english, "R-010 would match if size <= 50MB");
    EXPECT_EQ(why.near_misses.front().words.japanese, "R-010は、次のとおりなら当てはまります: 大きさ 50MB以下");
}

TEST(Explain, says_of_a_forbid_what_would_avoid_it) {
    auto deep = file();
    deep.size = 1;
    deep.archive_depth.reset();
    const auto why = explained(policy_of(rules), deep);
    EXPECT_EQ(why.decision.ground, policy::Ground::not_certain);
    ASSERT_FALSE(why.near_misses.empty());
    EXPECT_EQ(why.near_misses.front().words.english, "F-001 would not match if archive.depth <= 3");
}

TEST(Explain, shows_the_rules_and_which_requires_what) {
    auto pdf = file();
    pdf.type = "pdf";
    pdf.size = 10;
    const auto why = explained(policy_of(rules), pdf);
    ASSERT_EQ(why.rules.size(), 2U);
    EXPECT_EQ(why.rules[0].file, "main.sekisho");
    EXPECT_EQ(why.rules[0].text.front(), "allow \"R-010 受領\"");
    EXPECT_EQ(why.rules[0].text.size(), 5U);
    ASSERT_EQ(why.obligations.size(), 3U);
    EXPECT_EQ(why.obligations[0].rules, (std::vector<std::string>{"R-010", "R-011"}));
    EXPECT_EQ(why.obligations[1].obligation.english, "approve 1 by chief in lgwan");
    EXPECT_EQ(why.obligations[2].obligation.english, "keep 10 days");
    EXPECT_EQ(why.obligations[2].rules, std::vector<std::string>{"R-011"});
    EXPECT_NE(policy::words(why, Language::japanese).find("承認されれば許可"), std::string::npos);
}

TEST(Matrix, tells_who_may_send_what_where) {
    const auto matrix = policy::matrix(policy_of(rules));
    ASSERT_EQ(matrix.cells.size(), 6U);
    EXPECT_EQ(matrix.cells[0].from, "internet");
    EXPECT_EQ(matrix.cells[0].to, "lgwan");
    ASSERT_EQ(matrix.cells[0].allows.size(), 2U);
    EXPECT_EQ(matrix.cells[0].allows[0].condition.japanese, "種類 office、かつ大きさ 50MB以下");
    EXPECT_FALSE(matrix.cells[0].closed);
    EXPECT_TRUE(matrix.cells[1].closed);
    EXPECT_EQ(matrix.cells[1].forbids, std::vector<std::string>{"F-001"});
}

// An allow that a forbid takes away altogether does not open a cell.
TEST(Matrix, shows_what_may_pass_and_not_what_is_written) {
    const auto matrix =
        policy::matrix(policy_of(std::string(rules) + "forbid \"F-002 x\" from internet to any reason \"r\"\n"));
    EXPECT_TRUE(matrix.cells[0].closed);
}

TEST(Matrix, is_drawn_for_people_and_for_programs) {
    const auto matrix = policy::matrix(policy_of(rules));
    const std::string table = policy::table(matrix, Language::japanese);
    EXPECT_EQ(table.substr(0, table.find('\n')).substr(0, 9), "送信元");
    EXPECT_NE(table.find("R-010"), std::string::npos);
    const std::string svg = policy::svg(matrix, Language::japanese);
    EXPECT_TRUE(svg.starts_with("<svg"));
    EXPECT_NE(svg.find("lang=\"ja\""), std::string::npos);
    EXPECT_NE(svg.find("○ R-010 受領"), std::string::npos);
    EXPECT_NE(svg.find("&lt;="), std::string::npos + 1); // nothing of the policy is markup
    EXPECT_EQ(svg.find("<="), std::string::npos);
    const std::string json = policy::json(matrix);
    EXPECT_EQ(json.front(), '{');
    EXPECT_NE(json.find("\"from\":\"internet\",\"to\":\"lgwan\",\"closed\":false"), std::string::npos);
}

} // namespace
} // namespace sekisho
