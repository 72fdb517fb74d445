// What is asked and answered is kept whole, and another policy answers it as the gateway would have.
#include <gtest/gtest.h>

#include "gateway/judge/loading.h"
#include "gateway/judge/replay.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

using judge::Phase;

constexpr const char* header =
    "policy \"試験\" version 1\nzone internet, lgwan, mynumber\ngroup chief = role \"chief\"\n";

policy::Policy policy_of(const std::string& rules) {
    auto loaded = judge::load_policy({{"policy.sekisho", header + rules}});
    EXPECT_TRUE(loaded) << to_line(loaded.error());
    return *loaded;
}

policy::Sample question() {
    policy::Sample sample = policy::unremarkable();
    sample.from = sample.origin = "internet";
    sample.to = "lgwan";
    sample.sender = "tanaka";
    sample.sender_groups = {"税務課", "chief"};
    sample.type = "pdf";
    sample.name = "申請書.pdf";
    sample.size = 1000;
    sample.minute = 600;
    sample.day = std::chrono::sys_days(std::chrono::days(20'000));
    return sample;
}

judge::Record record_of(const policy::Policy& policy, const policy::Sample& asked, Phase phase = Phase::examined) {
    judge::Record record;
    record.number = 7;
    record.time = 1'234'567;
    record.transfer = std::string(32, 'a');
    record.policy = to_hex(policy.digest());
    record.phase = phase;
    record.question = asked;
    record.answer = judge::encode_answer(judge::decide(policy, phase, asked));
    return record;
}

constexpr const char* plain =
    "allow \"R-1 受領\" from internet to lgwan when type is pdf require rebuild reason \"x\"\n";

TEST(Record, IsReadBackWhole) {
    policy::Sample full = question();
    full.recipient = "suzuki";
    full.recipient_groups = {"収納課"};
    full.findings = {"pdf.javascript"};
    full.archive_depth = 2;
    full.archive_members = 30;
    full.data = {"mynumber"};
    full.data_count = 4;
    full.level = policy::Reached::flatten;
    full.confidentiality = policy::Confidentiality::three_b;
    full.channel = policy::Channel::mail;
    full.flow = "T-001";
    for (const policy::Sample& sample : {full, question(), policy::Sample{}})
        EXPECT_EQ(*judge::decode_question(judge::encode_question(sample)), sample);
    const Bytes octets = judge::encode_question(full);
    for (std::size_t size = 0; size < octets.size(); ++size)
        EXPECT_FALSE(judge::decode_question(View(octets).first(size))) << size;

    const auto policy =
        policy_of("allow \"R-1 受領\" from internet to lgwan require flatten, approve 2 by chief, keep 3 days, "
                  "delay 10 minutes reason \"理由\"\n");
    const judge::Answer answer = judge::decide(policy, Phase::examined, question());
    EXPECT_TRUE(answer.allowed);
    EXPECT_EQ(*judge::decode_answer(judge::encode_answer(answer)), answer);
    const Bytes words = judge::encode_answer(answer);
    for (std::size_t size = 0; size < words.size(); ++size)
        EXPECT_FALSE(judge::decode_answer(View(words).first(size))) << size;

    judge::Record record = record_of(policy, full);
    record.shadow = std::string(64, 'b');
    record.shadow_answer = words;
    const auto read = judge::decode_records(judge::encode_records({record, record_of(policy, question())}));
    ASSERT_TRUE(read && read->size() == 2);
    EXPECT_EQ(read->front().question, full);
    EXPECT_EQ(read->front().shadow_answer, words);
    EXPECT_EQ(read->front().time, record.time);
}

TEST(Record, ChoicesAreKeptAndWithoutOneNothingIsOther) {
    const auto strict = policy_of("allow \"R-1 受領\" from internet to lgwan require rebuild reason \"x\"\n");
    const auto mild =
        policy_of("allow \"R-1 受領\" from internet to lgwan require forms keep, attachments keep reason \"x\"\n");
    const judge::Answer answer = judge::decide(mild, Phase::examined, question());
    EXPECT_TRUE(judge::options_of(answer.mild).keep_attachments && judge::options_of(answer.mild).keep_forms);
    const Bytes octets = judge::encode_answer(answer);
    EXPECT_EQ(*judge::decode_answer(octets), answer);
    for (std::size_t size = 0; size < octets.size(); ++size)
        EXPECT_FALSE(judge::decode_answer(View(octets).first(size))) << size;
    EXPECT_EQ(judge::encode_answer(judge::decide(strict, Phase::examined, question())).front(), 1); // the format before
    EXPECT_EQ(judge::compare(strict, record_of(mild, question()))->flip, judge::Flip::obligations);
}

TEST(Deciding, TheMildestChoiceThatMaySufficeIsTriedFirst) {
    const auto policy =
        policy_of("allow \"R-1 受領\" from internet to lgwan when type is pdf require attachments keep reason \"x\"\n"
                  "allow \"R-2 受領\" from internet to lgwan when not type is pdf require rebuild reason \"x\"\n");
    policy::Sample asked = question();
    asked.type.reset();
    asked.level.reset();
    EXPECT_TRUE(judge::options_of(judge::decide(policy, Phase::announced, asked).mild).keep_attachments);
    EXPECT_TRUE(judge::options_of(judge::decide(policy, Phase::examined, question()).mild).keep_attachments);
    asked = question();
    asked.type = "docx";
    EXPECT_FALSE(judge::options_of(judge::decide(policy, Phase::examined, asked).mild).keep_attachments);
}

TEST(Record, HugeAnswersAreBounded) {
    judge::Answer answer;
    answer.decision.reason = std::string(100'000, 'x');
    for (int i = 0; i < 5000; ++i) {
        answer.decision.rules.push_back("R-" + std::to_string(i));
        answer.decision.approvals.push_back({1, std::string(5000, 'g'), "lgwan"});
        answer.decision.watermarks.push_back(std::string(5000, 'w'));
    }
    const Bytes octets = judge::encode_answer(answer);
    EXPECT_LT(octets.size(), 1U << 20);
    EXPECT_TRUE(judge::decode_answer(octets));
    answer.decision.rules.pop_back();
    EXPECT_NE(judge::encode_answer(answer), octets); // how many there were is kept
}

TEST(Deciding, AStricterWayIsAskedForIfItWouldDo) {
    const auto policy =
        policy_of("allow \"R-1 受領\" from internet to lgwan when type is pdf and level is flatten reason \"x\"\n");
    policy::Sample asked = question();
    const judge::Answer announced = judge::decide(policy, Phase::announced, [&] {
        policy::Sample early = asked;
        early.type.reset();
        early.level.reset();
        return early;
    }());
    EXPECT_TRUE(announced.allowed);
    EXPECT_EQ(announced.level, Level::flatten);
    const judge::Answer examined = judge::decide(policy, Phase::examined, asked);
    EXPECT_TRUE(examined.allowed);
    EXPECT_EQ(examined.level, Level::flatten);
    asked.level = policy::Reached::flatten;
    EXPECT_EQ(judge::decide(policy, Phase::examined, asked).decision.rules, std::vector<std::string>{"R-1"});
    asked.type = "docx"; // cannot be flattened, and is not allowed anyway
    EXPECT_FALSE(judge::decide(policy, Phase::examined, asked).allowed);
}

TEST(Deciding, AnObligationThatCannotBeMetIsNoPermission) {
    const auto policy =
        policy_of("allow \"R-1 受領\" from internet to lgwan require watermark \"庁外秘\" reason \"x\"\n");
    const judge::Answer answer = judge::decide(policy, Phase::examined, question());
    EXPECT_EQ(answer.decision.outcome, policy::Outcome::allow);
    EXPECT_FALSE(answer.allowed);
}

TEST(Replay, TheSamePolicyAnswersTheSame) {
    const auto policy = policy_of(plain);
    for (const Phase phase : {Phase::announced, Phase::examined}) {
        const auto difference = judge::compare(policy, record_of(policy, question(), phase));
        ASSERT_TRUE(difference);
        EXPECT_TRUE(difference->same);
        EXPECT_EQ(difference->flip, judge::Flip::none);
    }
}

TEST(Replay, FlipsAreNamedByRuleAndDepartment) {
    const auto before = policy_of(plain);
    const auto closed =
        policy_of(std::string(plain) + "forbid \"F-1 停止\" from any to any when type is pdf reason \"x\"\n");
    const auto stricter = policy_of("allow \"R-1 受領\" from internet to lgwan when type is pdf require rebuild, "
                                    "approve 1 by chief reason \"x\"\n");
    judge::Summary summary;
    const judge::Record allowed = record_of(before, question());
    const judge::Record refused = record_of(closed, question());
    summary.add(allowed, *judge::compare(closed, allowed));
    summary.add(refused, *judge::compare(before, refused));
    summary.add(allowed, *judge::compare(stricter, allowed));
    summary.add(allowed, *judge::compare(before, allowed));
    EXPECT_EQ(summary.asked, 4U);
    EXPECT_EQ(summary.same, 1U);
    EXPECT_EQ(summary.flips.closed, 1U);
    EXPECT_EQ(summary.flips.opened, 1U);
    EXPECT_EQ(summary.flips.obligations, 1U);
    EXPECT_EQ(summary.by_rule.at("F-1").closed, 1U);
    EXPECT_EQ(summary.by_rule.at("F-1").opened, 1U); // it was the one in the way
    EXPECT_EQ(summary.by_rule.at("R-1").obligations, 1U);
    EXPECT_EQ(summary.by_department.at("税務課").closed, 1U);
}

TEST(Loading, SaysWhatIsWrong) {
    const auto problem = [](const std::string& text) {
        const auto loaded = judge::load_policy({{"p", text}});
        return loaded ? "" : loaded.error().code;
    };
    EXPECT_EQ(problem(header + std::string(plain)), "");
    EXPECT_EQ(problem(""), "P0949");
    EXPECT_EQ(problem("alow"), "P0949");
    EXPECT_EQ(problem(header + std::string(plain) + "never \"N-1 経路\" internet reaches lgwan reason \"x\"\n"),
              "P0948");
}

} // namespace sekisho::tests
