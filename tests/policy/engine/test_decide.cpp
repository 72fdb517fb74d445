// Who decides, and what is required?
#include "tests/policy/engine/build.h"

#include <gmock/gmock.h>

namespace sekisho::policy {

namespace {

using testing::ElementsAre;

TEST(Decide, WithoutAPolicyNothingPasses) {
    const Policy policy = Policy::deny_all();
    EXPECT_EQ(policy.decide(request()).outcome, Outcome::deny);
    EXPECT_EQ(policy.decide(request()).ground, Ground::no_policy);
    EXPECT_FALSE(policy.possible(request()));
    EXPECT_EQ(Decision().outcome, Outcome::deny);
}

TEST(Decide, WhatNoRuleAllowsIsDenied) {
    for (const std::string& source : {std::string(), with_head("allow \"R-1\" from lgwan to internet\n")}) {
        const Decision decision = loaded(source).decide(request());
        EXPECT_EQ(decision.outcome, Outcome::deny);
        EXPECT_EQ(decision.ground, Ground::no_rule);
        EXPECT_TRUE(decision.rules.empty());
    }
}

TEST(Decide, ForbidBeatsAllow) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan\n"
                                           "forbid \"F-1\" from any to lgwan when type is pdf reason \"PDFは不可\"\n"));
    const Decision decision = policy.decide(request());
    EXPECT_EQ(decision.outcome, Outcome::deny);
    EXPECT_EQ(decision.ground, Ground::forbidden);
    EXPECT_THAT(decision.rules, ElementsAre("F-1"));
    EXPECT_EQ(decision.reason, "PDFは不可");
    Request other = request();
    other.type = "docx";
    EXPECT_EQ(policy.decide(other).outcome, Outcome::allow);
}

TEST(Decide, TheStrictestObligationWins) {
    const Policy policy = loaded(
        with_head("allow \"R-2\" from internet to lgwan require text, approve 1 by chief, keep 90 days reason \"二\"\n"
                  "allow \"R-1\" from internet to lgwan require flatten, approve 2 by chief, approve 1 by tax in "
                  "internet, keep 30 days "
                  "reason \"一\"\n"
                  "allow \"R-3\" from internet to lgwan reason \"三\"\n"));
    const Decision decision = policy.decide(request());
    EXPECT_EQ(decision.outcome, Outcome::allow);
    EXPECT_THAT(decision.rules, ElementsAre("R-1", "R-2", "R-3"));
    EXPECT_EQ(decision.reason, "一 / 二 / 三");
    EXPECT_EQ(decision.strictness, Strictness::text);
    EXPECT_THAT(decision.approvals, ElementsAre(Approval{2, "chief", "lgwan"}, Approval{1, "tax", "internet"}));
    EXPECT_EQ(decision.keep_days, 30U);
}

TEST(Decide, AChoiceIsMildOnlyIfEveryAllowSaysSo) {
    const auto mild = [](const std::string& rules) { return loaded(with_head(rules)).decide(request()).mild; };
    const std::string keeps = "allow \"R-1\" from internet to lgwan require attachments keep, forms keep\n";
    EXPECT_THAT(mild(keeps), ElementsAre(Chosen{"attachments", "keep"}, Chosen{"forms", "keep"}));
    EXPECT_THAT(mild(keeps + "allow \"R-2\" from internet to lgwan require forms keep, attachments drop\n"),
                ElementsAre(Chosen{"forms", "keep"}));
    // One that says nothing about it is strict about it.
    EXPECT_THAT(mild(keeps + "allow \"R-2\" from internet to lgwan require keep 3 days\n"), testing::IsEmpty());
    EXPECT_THAT(mild("allow \"R-1\" from internet to lgwan\n"), testing::IsEmpty());
    EXPECT_THAT(mild(keeps + "forbid \"F-1\" from any to any when type is pdf\n"), testing::IsEmpty());
}

TEST(Decide, AnAllowWithoutObligationsRebuilds) {
    const Decision decision = loaded(with_head("allow \"R-1\" from internet to lgwan\n")).decide(request());
    EXPECT_EQ(decision.strictness, Strictness::rebuild);
    EXPECT_TRUE(decision.approvals.empty());
    EXPECT_FALSE(decision.keep_days);
}

TEST(Decide, ApprovalIsInTheMoreTrustedZone) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan require approve 1 by chief\n"
                                           "allow \"R-2\" from mynumber to lgwan require approve 1 by chief\n"));
    EXPECT_EQ(policy.decide(request()).approvals.at(0).zone, "lgwan");
    EXPECT_EQ(policy.decide(request("mynumber", "lgwan")).approvals.at(0).zone, "mynumber");
}

TEST(Decide, AnUnknownAttributeForbidsAndDoesNotAllow) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan when size < 5MB\n"
                                           "forbid \"F-1\" from any to any when archive.depth > 3\n"));
    EXPECT_EQ(policy.decide(request()).outcome, Outcome::allow);
    Request unknown = request();
    unknown.archive_depth.reset();
    EXPECT_EQ(policy.decide(unknown).ground, Ground::not_certain);
    unknown = request();
    unknown.size.reset();
    EXPECT_EQ(policy.decide(unknown).ground, Ground::no_rule);
}

TEST(Decide, ATypeThatThePolicyNeverHeardOfIsUnknown) {
    Request odd = request();
    odd.type = "hologram";
    EXPECT_FALSE(holds("not type in office", odd));
    EXPECT_FALSE(holds("type in office", odd));
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan\n"
                                           "forbid \"F-1\" from any to any when family is executable\n"));
    EXPECT_EQ(policy.decide(odd).ground, Ground::not_certain);
}

TEST(Decide, ZonesThatAreNotDeclaredAreDenied) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan\n"));
    EXPECT_EQ(policy.decide(request("cloud", "lgwan")).outcome, Outcome::deny);
    EXPECT_EQ(policy.decide(request("internet", "cloud")).outcome, Outcome::deny);
    EXPECT_EQ(policy.decide(request("internet", "internet")).outcome, Outcome::deny);
    EXPECT_EQ(policy.decide(request("", "")).outcome, Outcome::deny);
}

TEST(Decide, OutsideItsValidityAPolicyDenies) {
    using namespace std::chrono;
    const Policy policy = loaded("policy \"p\" version 7 valid 2026-04-01 .. 2027-03-31\n" +
                                 with_head("allow \"R-1\" from internet to lgwan\n"));
    const auto on = [&](int y, unsigned m, unsigned d) {
        Request asked = request();
        asked.day = sys_days(year_month_day(year(y), month(m), day(d)));
        EXPECT_EQ(policy.possible(asked), policy.decide(asked).outcome == Outcome::allow);
        return policy.decide(asked);
    };
    EXPECT_EQ(on(2026, 3, 31).ground, Ground::not_valid);
    EXPECT_EQ(on(2026, 4, 1).outcome, Outcome::allow);
    EXPECT_EQ(on(2027, 3, 31).outcome, Outcome::allow);
    EXPECT_EQ(on(2027, 4, 1).ground, Ground::not_valid);
    EXPECT_EQ(policy.decide(request()).ground, Ground::not_valid); // the day is not known
    EXPECT_TRUE(policy.possible(request()));
    EXPECT_EQ(policy.version(), 7U);
    EXPECT_EQ(policy.name(), "p");
}

TEST(Decide, TheDigestIsThatOfTheSource) {
    const std::string source = with_head("allow \"R-1\" from internet to lgwan\n");
    EXPECT_EQ(loaded(source).digest(), sha256(as_view(source)));
    EXPECT_NE(loaded(source).digest(), loaded(source + "\n").digest());
    EXPECT_EQ(Policy::deny_all().digest(), sha256({}));
}

TEST(Conditions, Types) {
    Request asked = request();
    EXPECT_TRUE(holds("type in office", asked));
    EXPECT_TRUE(holds("type is pdf", asked));
    EXPECT_FALSE(holds("type is docx", asked));
    EXPECT_TRUE(holds("family is office", asked));
    EXPECT_FALSE(holds("family is picture", asked));
    asked.type = "7z";
    const std::string nested = "types outer = inner\ntypes inner = 7z\n";
    const Policy policy = loaded(with_head(nested + "allow \"R-1\" from internet to lgwan when type in outer\n"));
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::allow);
    asked.type = "zip";
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::deny);
}

TEST(Conditions, SizesAtTheirEdges) {
    Request asked = request();
    asked.size = 50'000'000;
    EXPECT_TRUE(holds("size <= 50MB", asked));
    EXPECT_FALSE(holds("size < 50MB", asked));
    EXPECT_TRUE(holds("size >= 50MB", asked));
    EXPECT_FALSE(holds("size > 50MB", asked));
    EXPECT_TRUE(holds("size < 50MiB", asked));
    asked.size = ~0ULL;
    EXPECT_FALSE(holds("size <= 9000000000GB", asked));
}

TEST(Conditions, People) {
    Request asked = request();
    EXPECT_TRUE(holds("user in tax", asked));
    EXPECT_TRUE(holds("user is \"tanaka\"", asked));
    EXPECT_FALSE(holds("user is \"suzuki\"", asked));
    EXPECT_FALSE(holds("user in chief", asked));
    asked.sender = "kimura";
    EXPECT_TRUE(holds("user in chief", asked));
    // A person who is called like a department is not in it, nor the other way round.
    asked.sender = "税務課";
    const std::vector<std::string> groups{"kimura"};
    asked.sender_groups = groups;
    EXPECT_FALSE(holds("user in tax", asked));
    EXPECT_FALSE(holds("user in chief", asked));
    asked.sender = "";
    EXPECT_FALSE(holds("not user in tax", asked));
}

TEST(Conditions, APersonWhoseNameIsNotComposedIsUnknown) {
    Request asked = request();
    asked.sender = "カ\u3099";
    EXPECT_FALSE(holds("not user is \"ガ\"", asked));
    asked = request();
    const std::vector<std::string> groups{"税務課", "\xFF"};
    asked.sender_groups = groups;
    EXPECT_FALSE(holds("not user in chief", asked));
}

TEST(Conditions, GroupsInGroups) {
    const Policy policy = loaded(with_head("group all = staff, chief\ngroup staff = tax, user \"ito\"\n"
                                           "allow \"R-1\" from internet to lgwan when user in all\n"));
    Request asked = request();
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::allow);
    asked.sender_groups = {};
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::deny);
    for (const std::string_view person : {"ito", "kimura"}) {
        asked.sender = person;
        EXPECT_EQ(policy.decide(asked).outcome, Outcome::allow);
    }
}

TEST(Conditions, Hours) {
    Request asked = request();
    const auto at = [&](std::string_view condition, unsigned minute) {
        asked.minute = minute;
        return holds(condition, asked);
    };
    EXPECT_FALSE(at("hours in 08:30..19:00", 509));
    EXPECT_TRUE(at("hours in 08:30..19:00", 510));
    EXPECT_TRUE(at("hours in 08:30..19:00", 1139));
    EXPECT_FALSE(at("hours in 08:30..19:00", 1140));
    EXPECT_TRUE(at("hours in 22:00..6:00", 1320));
    EXPECT_TRUE(at("hours in 22:00..6:00", 359));
    EXPECT_FALSE(at("hours in 22:00..6:00", 360));
    EXPECT_TRUE(at("hours in 00:00..24:00", 0));
    EXPECT_TRUE(at("hours in 00:00..24:00", 1439));
    EXPECT_FALSE(at("not hours in 08:30..19:00", 1440)); // no minute of a day: not known
}

TEST(Conditions, FindingsAndDepth) {
    Request asked = request();
    const std::array<std::string_view, 2> found{"pdf.launch", "ooxml.macro"};
    asked.findings = found;
    EXPECT_TRUE(holds("findings has \"ooxml.macro\"", asked));
    EXPECT_FALSE(holds("findings has \"pdf.javascript\"", asked));
    asked.archive_depth = 4;
    EXPECT_TRUE(holds("archive.depth > 3", asked));
    asked.findings.reset();
    EXPECT_FALSE(holds("not findings has \"pdf.javascript\"", asked));
}

TEST(Conditions, UnknownGoesThroughAndOrNot) {
    Request asked = request();
    asked.size.reset();
    EXPECT_TRUE(holds("size < 5MB or type is pdf", asked));
    EXPECT_FALSE(holds("size < 5MB or type is docx", asked));
    EXPECT_FALSE(holds("size < 5MB and type is pdf", asked));
    EXPECT_TRUE(holds("not (size < 5MB and type is docx)", asked));
    EXPECT_FALSE(holds("not (size < 5MB)", asked));
    EXPECT_FALSE(holds("size < 5MB or not (size < 5MB)", asked));
}

} // namespace

} // namespace sekisho::policy
