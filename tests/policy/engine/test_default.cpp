// Does the policy that is delivered say what it promises?
#include "tests/policy/engine/build.h"

#include <fstream>
#include <iterator>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::policy {

namespace {

const std::vector<std::string> employee{"tax"};
const std::vector<std::string> chief{"tax", "section-chief"};

Vocabulary catalogue() {
    Vocabulary known;
    for (const TypeRow& row : all_types()) known.types.push_back({row.name, sekisho::name_of(row.family)});
    for (const FindingRow& row : all_findings()) known.findings.push_back(row.code);
    return known;
}

Policy standard() {
    std::ifstream stream(SEKISHO_SOURCE_DIR "/policy/profiles/default.sekisho");
    const std::string source{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_FALSE(source.empty());
    return loaded(source, catalogue());
}

Request sent(std::string_view from, std::string_view to, std::string_view type) {
    Request asked = request(from, to);
    asked.sender_groups = employee;
    asked.type = type;
    return asked;
}

TEST(Default, LetsOrdinaryFilesInWithoutApproval) {
    for (const std::string_view type : {"pdf", "docx", "xlsx", "pptx", "jpeg", "png", "text", "csv", "zip"}) {
        Request asked = sent("internet", "lgwan", type);
        asked.size = 1'100'000'000;
        const Decision decision = standard().decide(asked);
        EXPECT_EQ(decision.outcome, Outcome::allow) << type;
        EXPECT_TRUE(decision.approvals.empty());
        asked.size = 1'100'000'001;
        EXPECT_EQ(standard().decide(asked).outcome, Outcome::deny) << type;
    }
}

TEST(Default, NeedsAChiefWhereItSays) {
    const Policy policy = standard();
    const std::vector<std::array<std::string_view, 3>> ways{
        {"lgwan", "internet", "lgwan"}, {"lgwan", "mynumber", "mynumber"}, {"mynumber", "lgwan", "mynumber"}};
    for (const auto& [from, to, zone] : ways) {
        const Decision decision = policy.decide(sent(from, to, "pdf"));
        ASSERT_EQ(decision.outcome, Outcome::allow) << from << to;
        ASSERT_EQ(decision.approvals.size(), 1U);
        EXPECT_EQ(decision.approvals[0], (Approval{1, "section-chief", std::string(zone)}));
        EXPECT_TRUE(policy.may_approve(decision.approvals[0], {"sato", chief, zone}, "tanaka"));
        EXPECT_FALSE(policy.may_approve(decision.approvals[0], {"suzuki", employee, zone}, "tanaka"));
        EXPECT_FALSE(policy.may_approve(decision.approvals[0], {"sato", chief, zone}, "sato"));
    }
}

TEST(Default, KeepsInternetAndMyNumberApart) {
    EXPECT_EQ(standard().decide(sent("internet", "mynumber", "pdf")).ground, Ground::forbidden);
    EXPECT_EQ(standard().decide(sent("mynumber", "internet", "pdf")).ground, Ground::forbidden);
    EXPECT_FALSE(standard().possible(sent("internet", "mynumber", "pdf")));
}

TEST(Default, LetsOnlyTheTaxDepartmentToMyNumber) {
    Request asked = sent("lgwan", "mynumber", "pdf");
    asked.sender_groups = {};
    EXPECT_EQ(standard().decide(asked).ground, Ground::no_rule);
}

// What the sanitiser can write anew comes in; of an Ichitaro document the characters alone.
TEST(Default, LetsInWhatCanBeRebuiltAndNothingElse) {
    const Policy policy = standard();
    for (const TypeRow& row : all_types()) {
        const Decision decision = policy.decide(sent("internet", "lgwan", row.name));
        const bool allowed = decision.outcome == Outcome::allow;
        EXPECT_EQ(allowed, is_supported(row.type, Level::rebuild) || row.type == Type::jtd) << row.name;
        if (allowed) {
            EXPECT_EQ(decision.strictness, row.type == Type::jtd ? Strictness::text : Strictness::rebuild) << row.name;
        }
        if (row.family == Family::executable) {
            EXPECT_EQ(decision.ground, Ground::forbidden);
        }
    }
}

// At the Admit stage neither the type nor what is inside is known.
TEST(Default, TellsEarlyWhatCannotPass) {
    Request early;
    early.from = "internet";
    early.to = "lgwan";
    early.sender = "tanaka";
    early.sender_groups = employee;
    early.size = 5'000;
    EXPECT_TRUE(standard().possible(early));
    early.size = 2'000'000'000;
    EXPECT_FALSE(standard().possible(early));
    early.size = 5'000;
    early.to = "mynumber";
    EXPECT_FALSE(standard().possible(early));
}

} // namespace

} // namespace sekisho::policy
