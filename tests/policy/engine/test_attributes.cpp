// What does each attribute mean, known and not known?
#include <chrono>

#include <gmock/gmock.h>

#include "policy/engine/compiled.h"
#include "tests/policy/engine/build.h"

namespace sekisho::policy {

namespace {

using namespace std::chrono;

constexpr std::string_view flows =
    "flow \"T-001 eLTAX\"\n from internet host 203.0.113.10 mac 02:00:00:00:00:01 port 443\n"
    " to lgwan host 192.0.2.20 mac 02-00-00-00-00-02 port 8443\n peer eltax reason \"地方税\"\n"
    "flow \"T-002 other\"\n from lgwan host 2001:db8::1 mac a2:00:00:00:00:01 port 443\n"
    " to mynumber host fe80::2 mac a2:00:00:00:00:02 port 8443\n peer jlis reason \"-\"\n";

// What is true of a request, and what stays open: neither a condition nor its negation lets an unknown pass.
enum class Answer : std::uint8_t { no, unknown, yes };

Answer answer(std::string_view condition, const Request& asked) {
    const auto allows = [&](const std::string& when) {
        const std::string rule = "allow \"R-1\" from internet to lgwan when " + when + " reason \"-\"\n";
        return loaded(std::string(head) + std::string(flows) + rule).decide(asked).outcome == Outcome::allow;
    };
    if (allows(std::string(condition))) return Answer::yes;
    return allows("not (" + std::string(condition) + ")") ? Answer::no : Answer::unknown;
}

TEST(Attributes, ZonesAndOrigin) {
    Request asked = request();
    EXPECT_EQ(answer("from is internet", asked), Answer::yes);
    EXPECT_EQ(answer("to in internet, mynumber", asked), Answer::no);
    asked.origin = "";
    EXPECT_EQ(answer("origin is internet", asked), Answer::unknown);
    asked.origin = "mynumber";
    EXPECT_EQ(answer("origin is internet", asked), Answer::no);
    EXPECT_EQ(answer("origin in lgwan, mynumber", asked), Answer::yes);
    asked.origin = "elsewhere";
    EXPECT_EQ(answer("origin in lgwan, mynumber", asked), Answer::unknown);
}

TEST(Attributes, ListsOfTypes) {
    Request asked = request();
    EXPECT_EQ(answer("type in png, office", asked), Answer::yes);
    EXPECT_EQ(answer("type in png, pdf", asked), Answer::yes);
    EXPECT_EQ(answer("type in png, csv", asked), Answer::no);
    EXPECT_EQ(answer("family in picture, office", asked), Answer::yes);
}

TEST(Attributes, Counts) {
    Request asked = request();
    EXPECT_EQ(answer("archive.members > 10", asked), Answer::unknown);
    EXPECT_EQ(answer("dlp.count > 0", asked), Answer::unknown);
    asked.archive_members = 11;
    asked.data_count = 0;
    EXPECT_EQ(answer("archive.members > 10", asked), Answer::yes);
    EXPECT_EQ(answer("dlp.count > 0", asked), Answer::no);
}

TEST(Attributes, PersonalData) {
    Request asked = request();
    EXPECT_EQ(answer("dlp has mynumber", asked), Answer::unknown);
    std::vector<std::string_view> found{"phone"};
    asked.data = found;
    EXPECT_EQ(answer("dlp has mynumber", asked), Answer::no);
    EXPECT_EQ(answer("dlp has phone", asked), Answer::yes);
    found.push_back("a kind of a later version");
    asked.data = found;
    EXPECT_EQ(answer("dlp has mynumber", asked), Answer::unknown);
}

TEST(Attributes, ClosedLists) {
    Request asked = request();
    for (const std::string_view condition : {"level is flatten", "class <= 2", "channel in portal, mail"})
        EXPECT_EQ(answer(condition, asked), Answer::unknown) << condition;
    asked.level = Reached::flatten;
    asked.channel = Channel::mail;
    EXPECT_EQ(answer("level is flatten", asked), Answer::yes);
    EXPECT_EQ(answer("level in rebuild, exact", asked), Answer::no);
    EXPECT_EQ(answer("channel in portal, mail", asked), Answer::yes);
    EXPECT_EQ(answer("channel is flow", asked), Answer::no);
}

TEST(Attributes, ConfidentialityIsOrdered) {
    // 1 < 2 < 3C < 3B < 3A
    Request asked = request();
    asked.confidentiality = Confidentiality::three_b;
    EXPECT_EQ(answer("class > 3C", asked), Answer::yes);
    EXPECT_EQ(answer("class >= 3B", asked), Answer::yes);
    EXPECT_EQ(answer("class < 3A", asked), Answer::yes);
    EXPECT_EQ(answer("class <= 2", asked), Answer::no);
    EXPECT_EQ(answer("class in 3A, 3B", asked), Answer::yes);
    EXPECT_EQ(answer("class is 1", asked), Answer::no);
}

TEST(Attributes, DepartmentsAndRecipients) {
    Request asked = request();
    EXPECT_EQ(answer("dept is \"税務課\"", asked), Answer::yes);
    EXPECT_EQ(answer("dept in \"収納課\", \"住民課\"", asked), Answer::no);
    EXPECT_EQ(answer("recipient in chief", asked), Answer::unknown);
    asked.recipient = "kimura";
    EXPECT_EQ(answer("recipient in chief", asked), Answer::yes);
    EXPECT_EQ(answer("recipient is \"kimura\"", asked), Answer::yes);
    EXPECT_EQ(answer("recipient in tax", asked), Answer::no);
    asked.recipient_groups = tax;
    EXPECT_EQ(answer("recipient in tax", asked), Answer::yes);
    asked.recipient = "カ\u3099";
    EXPECT_EQ(answer("recipient is \"kimura\"", asked), Answer::unknown);
}

TEST(Attributes, FlowsCountOnlyOnTheirWay) {
    Request asked = request();
    EXPECT_EQ(answer("flow in specific", asked), Answer::unknown);
    asked.flow = "";
    EXPECT_EQ(answer("flow in specific", asked), Answer::no);
    asked.flow = "T-001";
    EXPECT_EQ(answer("flow in specific", asked), Answer::yes);
    EXPECT_EQ(answer("flow is \"T-001\"", asked), Answer::yes);
    EXPECT_EQ(answer("flow in \"T-002\"", asked), Answer::no);
    asked.flow = "T-002"; // goes another way
    EXPECT_EQ(answer("flow in specific", asked), Answer::unknown);
    asked.flow = "T-003"; // is not declared
    EXPECT_EQ(answer("flow in specific", asked), Answer::unknown);
}

TEST(Attributes, FlowsArePinnedInOneForm) {
    const Policy policy = loaded(std::string(head) + std::string(flows));
    const auto& compiled = policy.compiled().flows;
    ASSERT_EQ(compiled.size(), 2U);
    EXPECT_EQ(compiled[0].to.mac, "02:00:00:00:00:02");
    EXPECT_EQ(compiled[1].from.host, "2001:db8::1");
    EXPECT_EQ(compiled[1].from.mac, "a2:00:00:00:00:01");
    EXPECT_EQ(compiled[1].peer, Peer::jlis);
}

TEST(Attributes, Dates) {
    Request asked = request();
    EXPECT_EQ(answer("date in 2026-04-01..2026-04-30", asked), Answer::unknown);
    asked.day = sys_days(year(2026) / 4 / 30);
    EXPECT_EQ(answer("date in 2026-04-01..2026-04-30", asked), Answer::yes);
    EXPECT_EQ(answer("date is 2026-04-30", asked), Answer::yes);
    asked.day = sys_days(year(2026) / 5 / 1);
    EXPECT_EQ(answer("date in 2026-04-01..2026-04-30", asked), Answer::no);
    asked.day = sys_days(year(1960) / 5 / 1);
    EXPECT_EQ(answer("date in 2026-04-01..2026-04-30", asked), Answer::unknown);
}

TEST(Attributes, NamesLikeAPattern) {
    Request asked = request();
    EXPECT_EQ(answer("name like \"*.pdf\"", asked), Answer::unknown);
    const std::vector<std::pair<std::string_view, std::string_view>> alike{{"*.申請書.pdf", "税務課.申請書.PDF"},
                                                                           {"?", "税"},
                                                                           {"*", "x"},
                                                                           {"a*b*c", "aXXbYYc"},
                                                                           {"ガ*", "カ\u3099.txt"},
                                                                           {"a.b", "A.B"},
                                                                           {"*a", "aaaa"},
                                                                           {"a?c*", "abc"}};
    for (const auto& [pattern, name] : alike) {
        asked.name = name;
        EXPECT_EQ(answer("name like \"" + std::string(pattern) + "\"", asked), Answer::yes) << pattern << " " << name;
    }
    const std::vector<std::pair<std::string_view, std::string_view>> unlike{
        {"*.pdf", "x.pdf.exe"}, {"?", "税務"}, {"a*b*c", "aXXcYYb"}, {"a.b", "axb"}, {"?", ""}, {"[a]", "a"}};
    for (const auto& [pattern, name] : unlike) {
        asked.name = name;
        EXPECT_EQ(answer("name like \"" + std::string(pattern) + "\"", asked), Answer::no) << pattern << " " << name;
    }
    const std::string endless(300, 'x');
    for (const std::string_view name : {std::string_view("\xFF"), std::string_view(endless)}) {
        asked.name = name;
        EXPECT_EQ(answer("name like \"*\"", asked), Answer::unknown);
    }
}

TEST(Until, AnAllowEndsWithItsDay) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan until 2027-03-31"));
    Request asked = request();
    EXPECT_EQ(policy.decide(asked).ground, Ground::no_rule); // the day is not known
    EXPECT_TRUE(policy.possible(asked));
    asked.day = sys_days(year(2027) / 3 / 31);
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::allow);
    asked.day = sys_days(year(2027) / 4 / 1);
    EXPECT_EQ(policy.decide(asked).ground, Ground::no_rule);
    EXPECT_FALSE(policy.possible(asked));
}

Policy with_exception() {
    return loaded(with_head("allow \"R-1\" from internet to lgwan\n"
                            "forbid \"F-001\" from any to any when type is pdf\n"
                            "forbid \"F-002\" from any to any when size > 10MB\n"
                            "exception \"E-001\" of \"F-001\" from internet to lgwan when user is \"tanaka\" "
                            "requested by \"suzuki\" approved by \"sato\" until 2026-12-31\n"));
}

TEST(Exceptions, TakeOneForbidAwayForATime) {
    const Policy policy = with_exception();
    Request asked = request();
    asked.day = sys_days(year(2026) / 12 / 31);
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::allow);
    EXPECT_THAT(policy.decide(asked).rules, testing::ElementsAre("R-1"));
    asked.size = 11'000'000; // another forbid stays
    EXPECT_THAT(policy.decide(asked).rules, testing::ElementsAre("F-002"));
    asked = request();
    asked.day = sys_days(year(2027) / 1 / 1);
    EXPECT_EQ(policy.decide(asked).ground, Ground::forbidden);
    EXPECT_FALSE(policy.possible(asked));
    asked.day = sys_days(year(2026) / 6 / 1);
    asked.sender = "yamada";
    EXPECT_EQ(policy.decide(asked).ground, Ground::forbidden);
}

TEST(Exceptions, DoNotHoldWhileSomethingIsNotKnown) {
    const Policy policy = with_exception();
    Request asked = request(); // the day is not known
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::deny);
    EXPECT_EQ(policy.decide(asked).ground, Ground::not_certain);
    EXPECT_TRUE(policy.possible(asked));
    asked.day = sys_days(year(2026) / 6 / 1);
    asked.sender = "";
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::deny);
    // It excepts what its forbid matches, and opens nothing by itself.
    asked = request("lgwan", "internet");
    asked.day = sys_days(year(2026) / 6 / 1);
    EXPECT_EQ(policy.decide(asked).outcome, Outcome::deny);
}

TEST(Obligations, DelaysAndWatermarks) {
    const Policy policy =
        loaded(with_head("allow \"R-1\" from internet to lgwan require delay 10 minutes, watermark \"庁外秘\"\n"
                         "allow \"R-2\" from internet to lgwan require delay 1 hour, watermark \"写し\"\n"
                         "allow \"R-3\" from internet to lgwan require watermark \"庁外秘\"\n"));
    const Decision decision = policy.decide(request());
    EXPECT_EQ(decision.delay_minutes, 60U);
    EXPECT_THAT(decision.watermarks, testing::ElementsAre("写し", "庁外秘"));
}

TEST(Tests, GiveWhatTheyNameAndNothingUnusualElse) {
    const Policy policy = loaded(
        with_head("allow \"R-1\" from internet to lgwan\nforbid \"F-1\" from any to any when type is script\n") +
        "test \"a\" given from internet to lgwan origin mynumber type pdf size 1MB user \"a\" dept \"税務課\", \"x\" "
        "class 3B "
        "findings ooxml.macro hours 10:00 day 2026-05-01 channel mail dlp card, phone name \"x.pdf\" recipient \"b\"\n"
        "  expect hold by R-1 level flatten approve 2 by chief keep 30 delay 10 watermark \"w\"\n"
        "test \"b\" given from internet to lgwan dept \"税務課\" findings unknown size unknown expect refuse by F-1\n");
    const auto& tests = policy.compiled().tests;
    ASSERT_EQ(tests.size(), 2U);
    const Sample& a = tests[0].given;
    EXPECT_EQ(a.origin, "mynumber");
    EXPECT_EQ(a.sender_groups, (std::vector<std::string>{"税務課", "x"}));
    EXPECT_EQ(a.confidentiality, Confidentiality::three_b);
    EXPECT_EQ(a.minute, 600U);
    EXPECT_EQ(a.day, sys_days(year(2026) / 5 / 1));
    EXPECT_THAT(*a.findings, testing::ElementsAre("ooxml.macro"));
    EXPECT_THAT(*a.data, testing::ElementsAre("card", "phone"));
    EXPECT_EQ(a.archive_depth, 0U);
    EXPECT_EQ(tests[0].approvals.at(0).zone, 1U); // lgwan
    EXPECT_EQ(tests[0].keep_days, 30U);
    EXPECT_EQ(tests[0].delay_minutes, 10U);
    EXPECT_EQ(tests[0].strictness, Strictness::flatten);
    const Sample& b = tests[1].given;
    EXPECT_EQ(b.origin, "internet");
    EXPECT_FALSE(b.findings);
    EXPECT_FALSE(b.size);
    EXPECT_FALSE(b.sender.empty()); // somebody of the department
    EXPECT_EQ(b.flow, "");
    const Asked asked(a);
    EXPECT_EQ(sample_of(asked.request()), a);
    EXPECT_EQ(policy.decide(asked.request()).outcome, Outcome::allow);
}

TEST(Claims, AreLookedUp) {
    const Policy policy = loaded(
        std::string(head) + std::string(flows) +
        "never \"N-001 a\" internet reaches mynumber when type is pdf unless flow in specific reason \"r\" ref \"g\"\n"
        "never \"N-002 b\" from internet reaches lgwan unless flow \"T-001\", \"T-002\"\n"
        "must \"M-001 c\" internet reaches lgwan when type is docx and size <= 10MB\n");
    const Compiled& compiled = policy.compiled();
    ASSERT_EQ(compiled.nevers.size(), 2U);
    EXPECT_TRUE(compiled.nevers[0].unless_specific);
    EXPECT_TRUE(compiled.nevers[0].condition);
    EXPECT_THAT(compiled.nevers[1].unless_flows, testing::ElementsAre(0, 1));
    ASSERT_EQ(compiled.musts.size(), 1U);
    EXPECT_EQ(compiled.musts[0].to, 1U);
}

} // namespace

} // namespace sekisho::policy
