// Whom the ledger does not believe: conveyors that lie or come late, approvers who may not, a log that cannot be
// written.
#include <gtest/gtest.h>

#include <fstream>

#include "gateway/ticket/ticket.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

using namespace std::chrono_literals;

class Trust : public testing::Test {
protected:
    explicit Trust(Settings settings = {{"lease", "3000"}, {"wait", "6000"}}) : rig(std::move(settings)) {
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
    }
    Result<Work> done_work() {
        Work work = TRY(lease(conveyor));
        TRY(work_on(conveyor, work, rig.key));
        return work;
    }
    Rig rig;
    Client internet = rig.portal("internet");
    Client lgwan = rig.portal("lgwan");
    Client conveyor = rig.conveyor();
    Person tanaka = person("tanaka");
    Person chief = person("sato", {"chief"});
};

TEST_F(Trust, AnEarlierLeaseIsFencedOff) {
    const auto id = send(internet, tanaka, "hello");
    auto first = done_work();
    ASSERT_TRUE(id && first);
    conveyor.close(); // the worker died, its answer comes later over another connection
    Client second_conveyor = rig.conveyor();
    auto second = lease(second_conveyor);
    ASSERT_TRUE(second) << to_line(second.error());
    EXPECT_GT(second->lease.epoch, first->lease.epoch);
    Client late = rig.conveyor();
    EXPECT_EQ(complete(late, *first).error().code, "conveyor.fenced");
    EXPECT_FALSE(work_on(late, *first, rig.key));
    ASSERT_TRUE(work_on(second_conveyor, *second, rig.key));
    EXPECT_TRUE(complete(second_conveyor, *second));
    EXPECT_FALSE(complete(second_conveyor, *second));
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::delivered));
}

TEST_F(Trust, ALeaseThatTakesTooLongEnds) {
    const auto id = send(internet, tanaka, "hello");
    auto first = lease(conveyor);
    ASSERT_TRUE(id && first);
    Client second_conveyor = rig.conveyor();
    auto second = lease(second_conveyor, 8s);
    ASSERT_TRUE(second) << to_line(second.error());
    EXPECT_EQ(second->lease.id, *id);
    EXPECT_EQ(second->lease.epoch, first->lease.epoch + 1);
}

using Lie = std::pair<const char*, std::function<void(ledger::Complete&)>>;

TEST_F(Trust, EveryLieIsRefusedAndRecorded) {
    const std::vector<Lie> lies{
        {"no receipts", [](auto& said) { said.receipts.clear(); }},
        {"scan left out", [](auto& said) { said.receipts.erase(said.receipts.begin()); }},
        {"verify left out", [](auto& said) { said.receipts.pop_back(); }},
        {"order", [](auto& said) { std::swap(said.receipts[0], said.receipts[1]); }},
        {"twice", [](auto& said) { said.receipts[2] = said.receipts[1]; }},
        {"input digest", [](auto& said) { said.receipts[0].digest_in[0] ^= 1; }},
        {"scan changed it", [](auto& said) { said.receipts[0].digest_out[0] ^= 1; }},
        {"sanitise of another file", [](auto& said) { said.receipts[1].digest_in[0] ^= 1; }},
        {"another output", [](auto& said) { said.receipts[1].digest_out[0] ^= 1; }},
        {"another size", [](auto& said) { ++said.receipts[1].bytes_out; }},
        {"another file verified", [](auto& said) { said.receipts[2].digest_in[0] ^= 1; }},
        {"verifier changed it", [](auto& said) { said.receipts[2].digest_out[0] ^= 1; }},
        {"another level", [](auto& said) { said.receipts[1].level = Level::text; }},
        {"another choice", [](auto& said) { said.options.options.keep_forms = true; }},
        {"verified what was refused",
         [](auto& said) {
             said.receipts[0].verdict = Verdict::refused;
             said.receipts[0].reason = Reason::scan_infected;
         }},
        {"passed with a reason", [](auto& said) { said.receipts[1].reason = Reason::internal; }},
        {"no ticket", [](auto& said) { said.has_ticket = false; }},
        {"ticket of another transfer", [](auto& said) { said.ticket.transfer[0] ^= 1; }},
        {"ticket of another try", [](auto& said) { ++said.ticket.epoch; }},
        {"ticket to another zone", [](auto& said) { said.ticket.zone_to = "mynumber"; }},
        {"ticket for other bytes", [](auto& said) { said.ticket.digest_out[0] ^= 1; }},
        {"ticket for another type", [](auto& said) { said.ticket.type = Type::pdf; }},
        {"more details than a report may have",
         [](auto& said) {
             auto& findings = said.receipts[1].findings;
             findings.resize(Report::most_details + 1, findings[0]);
             for (auto& record : findings) record.entry.detail = "https://example.com/";
         }},
        {"path too long", [](auto& said) { said.receipts[1].findings[0].entry.path.length = 200; }},
    };
    for (const auto& [name, tell] : lies) {
        const auto id = send(internet, tanaka, "hello");
        ASSERT_TRUE(id);
        auto work = done_work();
        ASSERT_TRUE(work) << name << ": " << to_line(work.error());
        tell(work->complete);
        const auto refused = complete(conveyor, *work);
        ASSERT_FALSE(refused) << name;
        EXPECT_TRUE(refused.error().code.starts_with("conveyor.")) << name << to_line(refused.error());
        EXPECT_EQ(detail(internet, tanaka, *id)->summary.state, State::received) << name;
        ASSERT_TRUE(internet.call<Done>(ledger::Withdraw{tanaka, *id}));
    }
    for (int i = 0; i < 100 && rig.audit->count("conveyor.lied") < lies.size(); ++i) std::this_thread::sleep_for(20ms);
    EXPECT_EQ(rig.audit->count("conveyor.lied"), lies.size());
}

TEST_F(Trust, AStoredOutputCannotBeStoredAgain) {
    ASSERT_TRUE(send(internet, tanaka, "hello"));
    auto work = done_work();
    ASSERT_TRUE(work);
    Work again = *work;
    again.output = "evil";
    EXPECT_FALSE(work_on(conveyor, again, rig.key));
    EXPECT_TRUE(complete(conveyor, *work));
}

TEST_F(Trust, ASelfSignedTicketReleasesNothing) {
    const auto id = send(internet, tanaka, "hello");
    auto work = done_work();
    ASSERT_TRUE(id && work);
    const SigningKey own = SigningKey::generate();
    for (int i = 0; i < 50; ++i) {
        if (i > 0) work = done_work();
        if (!work) break;
        sign_ticket(work->complete.ticket, own);
        ASSERT_TRUE(complete(conveyor, *work));
        if (i == 2) break;
    }
    std::this_thread::sleep_for(300ms);
    EXPECT_NE(detail(internet, tanaka, *id)->summary.state, State::delivered);
    EXPECT_TRUE(std::filesystem::is_empty(rig.path("egress/lgwan")));
}

TEST_F(Trust, TheSenderNeverApproves) {
    // Tanaka is a chief, too, and sends; nobody in another zone or without the role may decide either.
    const Person tanaka_chief = person("tanaka", {"chief"});
    const auto id = send(lgwan, tanaka_chief, "secret plan", "internet");
    ASSERT_TRUE(id) << to_line(id.error());
    ASSERT_TRUE(convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(lgwan, tanaka_chief, *id, State::held));
    const auto decide = [&](Client& portal, const Person& who, bool yes, const std::string& why = "") {
        return portal.call<Done>(ledger::Decide{who, *id, yes, why});
    };
    EXPECT_EQ(decide(lgwan, tanaka_chief, true).error().code, "approval.own");
    Person same_person = chief;
    same_person.person = "tanaka"; // another account of the same person
    EXPECT_EQ(decide(lgwan, same_person, true).error().code, "approval.own");
    EXPECT_FALSE(decide(lgwan, person("suzuki"), true));
    EXPECT_FALSE(decide(internet, chief, true)); // approving happens in the more trusted zone
    EXPECT_FALSE(detail(internet, chief, *id));
    const auto box = [&](const Person& who) {
        return lgwan.call<ledger::TransferList>(ledger::ListTransfers{who, ledger::Box::approval})->transfers.size();
    };
    EXPECT_EQ(box(tanaka_chief), 0U);
    EXPECT_EQ(box(person("suzuki")), 0U);
    EXPECT_EQ(box(chief), 1U);
    EXPECT_TRUE(detail(lgwan, chief, *id)->may_approve);
    EXPECT_TRUE(decide(lgwan, chief, true));
    EXPECT_TRUE(becomes(lgwan, tanaka_chief, *id, State::delivered));
    EXPECT_EQ(fetch(internet, tanaka_chief, *id).value_or(""), "clean:secret plan");
    EXPECT_TRUE(rig.audit->gets("transfer.approved", *id));
    EXPECT_EQ(detail(lgwan, chief, *id)->approvals.size(), 1U);
}

TEST_F(Trust, SendingBackNeedsAReason) {
    const auto id = send(lgwan, tanaka, "draft", "internet");
    ASSERT_TRUE(id && convey(conveyor, rig.key) && becomes(lgwan, tanaka, *id, State::held));
    EXPECT_EQ(lgwan.call<Done>(ledger::Decide{chief, *id, false, ""}).error().code, "approval.reason");
    EXPECT_TRUE(lgwan.call<Done>(ledger::Decide{chief, *id, false, "宛先を確認してください"}));
    EXPECT_TRUE(becomes(lgwan, tanaka, *id, State::sent_back));
    EXPECT_EQ(detail(lgwan, tanaka, *id)->approvals.at(0).reason, "宛先を確認してください");
    EXPECT_FALSE(lgwan.call<Done>(ledger::Decide{chief, *id, true, ""}));
}

TEST_F(Trust, ATicketThatRanOutWhileTheApproverWasAwayIsMadeAnew) {
    const auto id = send(lgwan, tanaka, "slow", "internet");
    auto work = lease(conveyor);
    ASSERT_TRUE(id && work && work_on(conveyor, *work, rig.key, -10) && complete(conveyor, *work));
    ASSERT_TRUE(becomes(lgwan, tanaka, *id, State::held));
    ASSERT_TRUE(lgwan.call<Done>(ledger::Decide{chief, *id, true, ""}));
    ASSERT_TRUE(convey(conveyor, rig.key)); // once more, and the approval holds for the same bytes
    EXPECT_TRUE(becomes(lgwan, tanaka, *id, State::delivered));
}

TEST_F(Trust, AnApprovalIsForExactlyTheseBytes) {
    const auto id = send(lgwan, tanaka, "slow", "internet");
    auto work = lease(conveyor);
    ASSERT_TRUE(id && work && work_on(conveyor, *work, rig.key, -10) && complete(conveyor, *work));
    ASSERT_TRUE(becomes(lgwan, tanaka, *id, State::held));
    ASSERT_TRUE(lgwan.call<Done>(ledger::Decide{chief, *id, true, ""}));
    auto again = lease(conveyor);
    ASSERT_TRUE(again);
    again->output = "something else";
    ASSERT_TRUE(work_on(conveyor, *again, rig.key) && complete(conveyor, *again));
    EXPECT_TRUE(becomes(lgwan, tanaka, *id, State::held));
}

TEST_F(Trust, NothingIsReleasedBeforeTheLogHasTheDecision) {
    const auto id = send(internet, tanaka, "hello");
    auto work = done_work();
    ASSERT_TRUE(id && work);
    rig.audit->mood = AuditLog::Mood::refuses;
    ASSERT_TRUE(complete(conveyor, *work));
    std::this_thread::sleep_for(700ms);
    EXPECT_EQ(detail(internet, tanaka, *id)->summary.state, State::releasing);
    EXPECT_TRUE(std::filesystem::is_empty(rig.path("egress/lgwan")));
    EXPECT_EQ(create(internet, tanaka, 5).error().code, "audit.unwritable");
    EXPECT_EQ(rig.health().reason, "audit-unwritable");
    rig.audit->mood = AuditLog::Mood::normal;
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    rig.wait_until_accepting();
    EXPECT_TRUE(create(internet, tanaka, 5));
    for (int i = 0; i < 100 && rig.audit->count("intake.resumed") == 0; ++i) std::this_thread::sleep_for(20ms);
    EXPECT_GE(rig.audit->count("intake.stopped"), 1U);
    EXPECT_GE(rig.audit->count("intake.resumed"), 1U);
}

TEST_F(Trust, ASilentLogStopsIntakeAndComesBack) {
    rig.audit->mood = AuditLog::Mood::hangs;
    ASSERT_TRUE(create(internet, tanaka, 5)); // its record is never acknowledged
    // Longer than the ledger's patience with the log, however busy this machine is.
    auto refused = create(internet, tanaka, 5);
    for (int waited = 0; refused && waited < 200; ++waited) {
        std::this_thread::sleep_for(100ms);
        refused = create(internet, tanaka, 5);
    }
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "audit.unwritable");
    rig.audit->mood = AuditLog::Mood::normal;
    rig.wait_until_accepting();
    EXPECT_TRUE(send(internet, tanaka, "hello"));
    const auto records = rig.audit->records();
    EXPECT_EQ(std::set<std::string>(records.begin(), records.end()).size(), records.size()); // none twice
}

TEST_F(Trust, WhatWasDeliveredIsDeletedInTime) {
    const auto id = send(internet, tanaka, "hello");
    const auto upload = create(internet, tanaka, 5);
    ASSERT_TRUE(id && upload && convey(conveyor, rig.key) && becomes(internet, tanaka, *id, State::delivered));
    const std::string file = rig.path("egress/lgwan/" + to_text(*id));
    EXPECT_TRUE(std::filesystem::exists(file));
    rig.stop_ledger();
    rig.settings["hours_later"] = "25"; // an upload lasts a day
    rig.start_ledger();
    EXPECT_TRUE(becomes(internet, tanaka, upload->id, State::expired));
    EXPECT_TRUE(std::filesystem::exists(file));
    rig.stop_ledger();
    rig.settings["hours_later"] = "73"; // R-1 keeps three days
    rig.start_ledger();
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::expired));
    for (int i = 0; i < 100 && std::filesystem::exists(file); ++i) std::this_thread::sleep_for(20ms);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_FALSE(fetch(lgwan, tanaka, *id));
}

} // namespace
} // namespace sekisho::tests
