// What puts a policy into force, what keeps it there, and what is kept of its decisions.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "gateway/judge/loading.h"
#include "gateway/judge/replay.h"
#include "gateway/ledger/database.h"
#include "gateway/protocol/choices.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {

using namespace std::chrono_literals;

class PolicyInForce : public testing::Test {
protected:
    std::unique_ptr<Rig> rig;
    Person tanaka = person("tanaka", {"tax"}), sato = person("sato", {"chief"});

    void start(Settings settings = {{"clock", "1"}, {"wait", "300"}}) {
        rig = std::make_unique<Rig>(std::move(settings));
        rig->start_release();
        rig->start_ledger();
        rig->wait_until_accepting();
    }
    void restart() {
        rig->stop_ledger();
        rig->start_ledger();
    }
    void move_clock(int hours) {
        std::ofstream(rig->path("clock")) << hours;
        std::this_thread::sleep_for(200ms);
    }
    // Records come after the answers that they tell of.
    std::size_t told(const std::string& event, std::size_t times) {
        for (int i = 0; i < 250 && rig->audit->count(event) < times; ++i) std::this_thread::sleep_for(20ms);
        return rig->audit->count(event);
    }
    std::string newest() { return rig->policy().newest.manifest; }
    // The usual policy with another first line.
    static std::string version(const std::string& header) {
        const std::string text = usual_policy;
        return "policy \"試験\" " + header + text.substr(text.find('\n'));
    }
    std::string outcome(const sign::Bundle& bundle) {
        const auto activated = rig->activate(bundle);
        return activated ? "" : activated.error().code;
    }
    std::string outcome(const std::string& text, Manner manner = {}) {
        if (manner.previous.empty()) manner.previous = newest();
        return outcome(rig->bundle(text, manner));
    }
    bool accepts() {
        Client internet = rig->portal("internet");
        return create(internet, tanaka, 5).has_value();
    }
    TransferId cross(const std::string& content) {
        Client internet = rig->portal("internet"), conveyor = rig->conveyor();
        const TransferId id = *send(internet, tanaka, content);
        EXPECT_TRUE(convey(conveyor, rig->key));
        EXPECT_TRUE(becomes(internet, tanaka, id, State::delivered));
        return id;
    }
};

TEST_F(PolicyInForce, WithoutOneNothingPassesUntilOneIsActivated) {
    rig = std::make_unique<Rig>();
    rig->forget_policies();
    rig->start_ledger();
    EXPECT_FALSE(rig->policy().in_force);
    EXPECT_EQ(rig->policy().problem, "P0931");
    EXPECT_FALSE(accepts());
    ASSERT_TRUE(rig->activate(rig->bundle(usual_policy)));
    rig->wait_until_accepting();
    EXPECT_TRUE(accepts());
    EXPECT_EQ(told("policy.activated", 1), 1U);
}

TEST_F(PolicyInForce, OnlyTheRightSignaturesCount) {
    start();
    const People& all = people();
    const std::string next = version("version 2");
    const std::string before = rig->policy().newest.digest;
    EXPECT_EQ(outcome(next, {.signers = {&all.author}}), "P0936");
    EXPECT_EQ(outcome(next, {.signers = {&all.approver}}), "P0935");
    EXPECT_EQ(outcome(next, {.signers = {&all.author, &all.authors_other}}), "P0934");
    EXPECT_EQ(outcome(next, {.signers = {&all.author, &all.stranger}}), "P0932");
    EXPECT_EQ(outcome(next, {.as = {.purpose = "file"}}), "P0903");
    EXPECT_EQ(outcome(next, {.author = "ito"}), "P0935");
    EXPECT_EQ(outcome(next, {.signers = {&all.glass}, .author = "mori"}), "P0945");
    Manner manner;
    manner.previous = newest();
    sign::Bundle bundle = rig->bundle(next, manner);
    const sign::Bundle good = bundle;
    bundle.files[0].text += " ";
    EXPECT_EQ(outcome(bundle), "P0922");
    bundle = good;
    bundle.files.push_back({"more.sekisho", ""});
    EXPECT_EQ(outcome(bundle), "P0922");
    bundle = good;
    bundle.manifest += "\n";
    EXPECT_EQ(outcome(bundle), "P0921");
    bundle = good;
    bundle.manifest.replace(bundle.manifest.find("version 2"), 9, "version 3");
    EXPECT_EQ(outcome(bundle), "P0904");
    bundle = good;
    bundle.signatures.clear();
    EXPECT_EQ(outcome(bundle), "P0931");
    bundle.manifest.clear();
    EXPECT_EQ(outcome(bundle), "P0931");
    EXPECT_EQ(rig->policy().newest.digest, before);
    EXPECT_TRUE(accepts());
    EXPECT_EQ(outcome(good), "");
    EXPECT_NE(rig->policy().newest.digest, before);
    EXPECT_GE(told("policy.refused", 10), 10U);
}

TEST_F(PolicyInForce, SignedWordsThatAreNotThePolicysAreRefused) {
    start();
    sign::Bundle bundle = rig->bundle(version("version 2"), {.previous = newest()});
    sign::Manifest manifest = *sign::Manifest::parse(bundle.manifest);
    manifest.version = 7;
    bundle.manifest = manifest.text();
    bundle.signatures = people().author.sign(bundle.manifest) + people().approver.sign(bundle.manifest);
    EXPECT_EQ(outcome(bundle), "P0923");
}

TEST_F(PolicyInForce, WhatIsNotProvedIsNotLoaded) {
    start();
    sign::Bundle bundle = rig->bundle(version("version 2"), {.previous = newest()});
    bundle.files[0].text += "never \"N-1 経路\" internet reaches lgwan reason \"破られる\"\n";
    sign::Manifest manifest = *sign::Manifest::parse(bundle.manifest);
    manifest.files = *sign::describe(bundle.files);
    bundle.manifest = manifest.text();
    bundle.signatures = people().author.sign(bundle.manifest) + people().approver.sign(bundle.manifest);
    EXPECT_EQ(outcome(bundle), "P0948");
}

TEST_F(PolicyInForce, TimeGoesOneWay) {
    start();
    const std::string first = newest();
    EXPECT_EQ(outcome(version("version 1") + "# changed\n"), "P0941");
    EXPECT_EQ(outcome(version("version 3")), "");
    EXPECT_EQ(outcome(version("version 2")), "P0941");
    EXPECT_EQ(outcome(version("version 4"), {.previous = first}), "P0942");
    EXPECT_EQ(outcome(rig->bundle(version("version 4"))), "P0942"); // follows none
    EXPECT_EQ(outcome(rig->bundle(usual_policy)), "P0942");         // the very first one again
    restart();
    EXPECT_EQ(rig->policy().newest.version, 3U);
    EXPECT_EQ(outcome(version("version 3") + "# changed\n"), "P0941");
}

TEST_F(PolicyInForce, GoingBackIsSignedForWhatWasInForce) {
    start();
    ASSERT_EQ(outcome(version("version 2")), "");
    Manner back{.reason = "版2に誤り", .act = sign::Act::rollback};
    EXPECT_EQ(outcome(version("version 1") + "# never in force\n", back), "P0947");
    EXPECT_EQ(outcome(usual_policy, {.act = sign::Act::rollback}), "P0945");
    back.previous = newest();
    const sign::Bundle bundle = rig->bundle(usual_policy, back);
    EXPECT_EQ(outcome(bundle), "");
    EXPECT_EQ(rig->policy().newest.version, 1U);
    EXPECT_EQ(rig->policy().newest.act, "rollback");
    EXPECT_EQ(outcome(version("version 3")), "");
    EXPECT_EQ(outcome(bundle), "P0942"); // cannot be used again
}

TEST_F(PolicyInForce, ServesUpToItsEnd) {
    start();
    EXPECT_EQ(outcome(version("version 2 valid 2020-01-01..2021-01-01")), "P0943");
    EXPECT_EQ(outcome(version("version 2 valid 2090-01-01..2091-01-01")), "P0944");
    using namespace std::chrono;
    const auto today = floor<days>(system_clock::now());
    const std::string days_valid = sign::to_text(sign::Days{today - days(1), today + days(1)});
    ASSERT_EQ(outcome(version("version 2 valid " + days_valid)), "");
    EXPECT_TRUE(accepts());
    move_clock(24 * 4);
    EXPECT_FALSE(accepts());
    EXPECT_EQ(rig->policy().problem, "P0943");
    EXPECT_EQ(rig->health().reason, "no-policy");
    EXPECT_EQ(told("policy.ended", 1), 1U);
    restart();
    EXPECT_FALSE(rig->policy().in_force);
    ASSERT_EQ(outcome(version("version 3")), "");
    EXPECT_TRUE(accepts());
}

TEST_F(PolicyInForce, BrokenGlassServesShortlyAndLoudly) {
    start();
    const Manner alone{.signers = {&people().glass}, .author = "mori", .reason = "攻撃を受けているため"};
    ASSERT_EQ(outcome(version("version 2"), alone), "");
    EXPECT_TRUE(rig->policy().newest.break_glass);
    EXPECT_TRUE(rig->health().emergency);
    Client internet = rig->portal("internet");
    EXPECT_TRUE(internet.call<ledger::TransferList>(ledger::ListTransfers{tanaka})->emergency);
    EXPECT_TRUE(accepts());
    EXPECT_EQ(told("policy.break-glass", 1), 1U);
    move_clock(2);
    restart();
    EXPECT_TRUE(rig->policy().in_force);
    EXPECT_GE(told("policy.break-glass", 2), 2U); // said again
    move_clock(25);
    EXPECT_FALSE(accepts());
    EXPECT_EQ(rig->policy().problem, "P0946");
    restart();
    EXPECT_EQ(rig->policy().problem, "P0946");
    ASSERT_EQ(outcome(version("version 3")), "");
    EXPECT_FALSE(rig->health().emergency);
    EXPECT_TRUE(accepts());
}

TEST_F(PolicyInForce, IsCheckedAgainAtEveryStart) {
    start();
    ASSERT_EQ(outcome(version("version 2")), "");
    restart();
    EXPECT_TRUE(rig->policy().in_force);
    const std::string all = people().signers();
    const auto after = [&](const std::string& signers) {
        std::ofstream(rig->path("signers")) << signers;
        restart();
        return rig->policy().problem;
    };
    EXPECT_EQ(after("sekisho-policy-trust 1\nthreshold 2\nsigner sato author always " + people().author.line() +
                    "\nsigner ito approver always " + people().stranger.line() + "\n"),
              "P0932"); // who approved is taken back
    EXPECT_EQ(after(""), "P0913");
    EXPECT_FALSE(accepts());
    EXPECT_EQ(after(all), "");
    std::filesystem::permissions(rig->path("signers"), std::filesystem::perms(0666));
    restart();
    EXPECT_EQ(rig->policy().problem, "P0912");
    std::filesystem::remove(rig->path("signers"));
    restart();
    EXPECT_EQ(rig->policy().problem, "P0911");
    // The administrator repairs the file; no restart is needed: the same policy is handed over again.
    std::ofstream(rig->path("signers")) << all;
    std::filesystem::permissions(rig->path("signers"), std::filesystem::perms(0644));
    restart();
    EXPECT_TRUE(rig->policy().in_force);
}

TEST_F(PolicyInForce, AJournalThatWasChangedIsNotBelieved) {
    start();
    sign::Bundle bundle = rig->bundle(usual_policy);
    bundle.files[0].text += "\nallow \"X\" from internet to mynumber reason \"x\"\n";
    rig->stop_ledger();
    {
        auto database = *ledger::Database::open(rig->path("journal.sqlite"));
        const Bytes octets = bundle.encode();
        ASSERT_TRUE(database.run("UPDATE policies SET bundle=?", View(octets)));
    }
    rig->start_ledger();
    EXPECT_EQ(rig->policy().problem, "P0922");
    EXPECT_FALSE(accepts());
}

TEST_F(PolicyInForce, OnlyTheOperatorMayAsk) {
    start();
    for (const char* who : {"portal-internet", "conveyor", "stranger"}) {
        Client client(rig->socket(who));
        EXPECT_EQ(client.call<ledger::PolicyStatus>(ledger::GetPolicy{}).error().code, "ipc.closed") << who;
        EXPECT_EQ(client.call<ledger::PolicyStatus>(ledger::ActivatePolicy{}).error().code, "ipc.closed") << who;
    }
    Client client(rig->socket("operator"));
    EXPECT_EQ(client.call<ledger::PolicyStatus>(ledger::ActivatePolicy{}).error().code, "P0924");
    const Descriptor open = *make_memory_file("open"); // not sealed
    const int passed = open.get();
    EXPECT_EQ(client.call<ledger::PolicyStatus>(ledger::ActivatePolicy{}, {&passed, 1}).error().code, "P0924");
}

TEST_F(PolicyInForce, EveryDecisionIsKeptAndComesOutTheSame) {
    start();
    cross("hello");
    Client internet = rig->portal("internet"), lgwan = rig->portal("lgwan"), conveyor = rig->conveyor();
    EXPECT_FALSE(create(internet, person("mallory"), 5)); // refused at the door
    EXPECT_FALSE(create(internet, tanaka, 5, "a.txt", "mynumber"));
    const TransferId held = *send(lgwan, tanaka, "to the outside", "internet");
    ASSERT_TRUE(convey(conveyor, rig->key));
    ASSERT_TRUE(becomes(lgwan, tanaka, held, State::held));
    ASSERT_TRUE(lgwan.call<Done>(ledger::Decide{sato, held, true, "よい"}));
    ASSERT_TRUE(becomes(lgwan, tanaka, held, State::delivered));

    const auto records = rig->decisions();
    ASSERT_EQ(records.size(), 7U); // announced: 4, examined: 2, and once more after the approval
    const auto policy = *judge::load_policy(rig->bundle(usual_policy).files);
    for (const judge::Record& record : records) {
        const auto difference = *judge::compare(policy, record);
        EXPECT_TRUE(difference.same) << record.transfer;
        EXPECT_EQ(difference.flip, judge::Flip::none);
        EXPECT_EQ(record.policy, to_hex(policy.digest()));
    }
    const policy::Sample& question = records[1].question;
    EXPECT_EQ(records[1].phase, judge::Phase::examined);
    EXPECT_EQ(question.origin, "internet");
    EXPECT_EQ(question.type, "text");
    EXPECT_EQ(question.level, policy::Reached::rebuild);
    EXPECT_EQ(question.channel, policy::Channel::portal);
    EXPECT_EQ(question.sender_groups, std::vector<std::string>{"tax"});
    EXPECT_EQ(question.archive_depth, 0U);
    ASSERT_TRUE(question.findings);
    EXPECT_EQ(question.findings->size(), 1U);
    EXPECT_FALSE(question.confidentiality);
    EXPECT_FALSE(question.data);
    EXPECT_TRUE(question.minute && question.day);
    EXPECT_EQ(records[0].question.origin, ""); // nothing had come yet
    EXPECT_FALSE(records[0].question.type);

    // Another policy: what would be refused, what would be allowed, and for whom.
    const std::string text = usual_policy;
    const auto strict = *judge::load_policy(
        {{"p", text + "forbid \"F-2 税務課\" from internet to lgwan when type is text reason \"x\"\n"}});
    judge::Summary summary;
    for (const judge::Record& record : records) summary.add(record, *judge::compare(strict, record));
    EXPECT_EQ(summary.asked, 7U);
    EXPECT_EQ(summary.flips.closed, 1U);
    EXPECT_EQ(summary.flips.opened, 0U);
    EXPECT_EQ(summary.by_rule.at("F-2").closed, 1U);
    EXPECT_EQ(summary.by_department.at("tax").closed, 1U);
}

// R-1 lets attachments stay, R-4 beside it does not.
constexpr const char* choosing = R"(policy "試験" version 2
zone internet, lgwan, mynumber
allow "R-1 文書" from internet to lgwan when type is text require attachments keep reason "通常"
allow "R-4 画像" from internet to lgwan when type is png require rebuild reason "厳格"
)";

TEST_F(PolicyInForce, WhatItLetsStayIsAskedForAndToldAndSurvivesARestart) {
    start();
    Client internet = rig->portal("internet"), conveyor = rig->conveyor();
    const TransferId before = *send(internet, tanaka, "strict");
    EXPECT_EQ(to_text(lease(conveyor)->lease.options.options), "");
    ASSERT_EQ(outcome(choosing), "");
    const TransferId id = *send(internet, tanaka, "hello");
    restart();
    rig->wait_until_accepting();
    Client later = rig->conveyor();
    bool seen = false;
    for (int i = 0; i < 2; ++i) {
        auto work = lease(later);
        ASSERT_TRUE(work && work_on(later, *work, rig->key) && complete(later, *work));
        EXPECT_EQ(to_text(work->lease.options.options), work->lease.id == id ? "attachments=keep" : "");
        seen |= work->lease.id == id;
    }
    EXPECT_TRUE(seen);
    ASSERT_TRUE(becomes(internet, tanaka, id, State::delivered));
    EXPECT_EQ(to_text(detail(internet, tanaka, id)->options.options), "attachments=keep");
    ASSERT_TRUE(becomes(internet, tanaka, before, State::delivered));
    EXPECT_EQ(to_text(detail(internet, tanaka, before)->options.options), "");
}

TEST_F(PolicyInForce, WhatStayedUnderAStricterRuleIsMadeAgain) {
    start();
    ASSERT_EQ(outcome(choosing), "");
    Client internet = rig->portal("internet"), conveyor = rig->conveyor();
    const auto work_with = [&](Finding finding, Action action, std::uint32_t omitted) {
        auto work = lease(conveyor);
        EXPECT_TRUE(work && work_on(conveyor, *work, rig->key));
        EXPECT_EQ(to_text(work->lease.options.options), "attachments=keep");
        StageReceipt& receipt = work->complete.receipts[1];
        receipt.type_in = Type::png;
        receipt.omitted = omitted;
        receipt.findings.at(0).entry.finding = finding;
        receipt.findings.at(0).entry.action = action;
        EXPECT_TRUE(complete(conveyor, *work));
    };
    const auto again = [&](const TransferId& id) {
        auto work = lease(conveyor);
        ASSERT_TRUE(work && work_on(conveyor, *work, rig->key));
        EXPECT_EQ(work->lease.id, id);
        EXPECT_EQ(to_text(work->lease.options.options), "");
        work->complete.receipts[1].type_in = Type::png;
        ASSERT_TRUE(complete(conveyor, *work));
        EXPECT_TRUE(becomes(internet, tanaka, id, State::delivered));
        EXPECT_EQ(to_text(detail(internet, tanaka, id)->options.options), "");
    };
    TransferId id = *send(internet, tanaka, "kept");
    work_with(Finding::pdf_attachment, Action::kept, 0);
    again(id);
    id = *send(internet, tanaka, "a note in its place");
    work_with(Finding::pdf_attachment, Action::replaced, 0);
    again(id);
    id = *send(internet, tanaka, "nobody knows");
    work_with(Finding::pdf_javascript, Action::removed, 1);
    again(id);
    // Nothing stayed: what was made is what the strict rule would have had made.
    id = *send(internet, tanaka, "nothing");
    work_with(Finding::pdf_attachment, Action::removed, 0);
    EXPECT_TRUE(becomes(internet, tanaka, id, State::delivered));
    EXPECT_EQ(to_text(detail(internet, tanaka, id)->options.options), "");
}

TEST_F(PolicyInForce, ContentKeepsItsOrigin) {
    start();
    Client internet = rig->portal("internet"), lgwan = rig->portal("lgwan"), conveyor = rig->conveyor();
    const TransferId first = cross("from outside");
    const std::string delivered = *fetch(lgwan, tanaka, first);
    const std::string own = "written here";
    for (const std::string& content : {delivered, own}) {
        ASSERT_TRUE(send(lgwan, tanaka, content, "internet"));
        ASSERT_TRUE(convey(conveyor, rig->key));
    }
    std::vector<std::string> origins;
    for (const judge::Record& record : rig->decisions())
        if (record.phase == judge::Phase::examined) origins.push_back(record.question.origin);
    EXPECT_EQ(origins, (std::vector<std::string>{"internet", "internet", "lgwan"}));
}

TEST_F(PolicyInForce, ADelayIsKept) {
    start();
    std::string text = version("version 2");
    text.replace(text.find("keep 3 days"), 11, "keep 3 days, delay 90 minutes");
    ASSERT_EQ(outcome(text), "");
    Client internet = rig->portal("internet"), conveyor = rig->conveyor();
    const TransferId id = *send(internet, tanaka, "later");
    ASSERT_TRUE(convey(conveyor, rig->key));
    ASSERT_TRUE(becomes(internet, tanaka, id, State::held));
    move_clock(1);
    restart();
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(detail(internet, tanaka, id)->summary.state, State::held);
    move_clock(2);
    EXPECT_TRUE(becomes(internet, tanaka, id, State::delivered));
}

TEST_F(PolicyInForce, AWatermarkThatCannotBeDrawnIsNoPermission) {
    start();
    std::string text = version("version 2");
    text.replace(text.find("keep 3 days"), 11, "keep 3 days, watermark \"庁外秘\"");
    ASSERT_EQ(outcome(text), "");
    Client internet = rig->portal("internet"), conveyor = rig->conveyor();
    const TransferId id = *send(internet, tanaka, "marked");
    ASSERT_TRUE(convey(conveyor, rig->key));
    ASSERT_TRUE(becomes(internet, tanaka, id, State::refused));
}

TEST_F(PolicyInForce, AShadowDecidesNothing) {
    start();
    const std::string text = usual_policy;
    const sign::Bundle strict{
        {{"p", text + "forbid \"F-2 試験\" from internet to lgwan when type is text reason \"x\"\n"}}, {}, {}};
    const Descriptor file = *make_memory_file("shadow");
    ASSERT_TRUE(write_all(file, strict.encode()) && seal(file));
    const int passed = file.get();
    Client client(rig->socket("operator"));
    const auto begun = client.call<ledger::PolicyStatus>(ledger::ShadowPolicy{true}, {&passed, 1});
    ASSERT_TRUE(begun) << to_line(begun.error());
    EXPECT_TRUE(begun->shadowing);
    cross("hello");
    restart();
    rig->wait_until_accepting();
    cross("again");
    const auto status = rig->policy();
    EXPECT_EQ(status.shadow_asked, 4U);
    EXPECT_EQ(status.shadow_differences, 2U);
    const auto differences = rig->decisions(true);
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_FALSE(judge::decode_answer(differences[0].shadow_answer)->allowed);
    EXPECT_EQ(differences[0].shadow, status.shadow_digest);
    Client again(rig->socket("operator"));
    EXPECT_FALSE(again.call<ledger::PolicyStatus>(ledger::ShadowPolicy{false})->shadowing);
    cross("third");
    EXPECT_EQ(rig->decisions(true).size(), 2U);
}

} // namespace sekisho::tests
