// The ordinary way of a file, and who may see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/json_check.h"
#include "gateway/audit/receipt.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

using namespace std::chrono_literals;

class Way : public testing::Test {
protected:
    Way() {
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
    }
    Rig rig;
    Client internet = rig.portal("internet");
    Client lgwan = rig.portal("lgwan");
    Client conveyor = rig.conveyor();
    Person tanaka = person("tanaka");
};

TEST_F(Way, AFileArrivesAtTheSameDeskInTheOtherZone) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id) << to_line(id.error());
    const auto done = convey(conveyor, rig.key);
    ASSERT_TRUE(done) << to_line(done.error());
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    EXPECT_EQ(fetch(lgwan, tanaka, *id).value_or("nothing"), "clean:hello");
    const auto inbox = lgwan.call<ledger::TransferList>(ledger::ListTransfers{tanaka, ledger::Box::inbox});
    ASSERT_TRUE(inbox);
    ASSERT_EQ(inbox->transfers.size(), 1U);
    EXPECT_TRUE(inbox->transfers[0].picked_up);
    EXPECT_FALSE(std::filesystem::exists(rig.path("ledger/input/" + to_text(*id))));
    EXPECT_FALSE(std::filesystem::exists(rig.path("ledger/incoming/" + to_text(*id))));
    for (const char* event :
         {"transfer.created", "transfer.received", "transfer.decided", "transfer.released", "transfer.picked-up"})
        EXPECT_TRUE(rig.audit->gets(event, *id)) << event;
    EXPECT_EQ(rig.audit->count("transfer.stage"), 3U);
}

TEST_F(Way, TheReceiptSaysAllAndCarriesTheProof) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id && convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    std::string text;
    for (int i = 0; i < 200 && text.find("transfer.released") == std::string::npos; ++i) {
        std::this_thread::sleep_for(20ms);
        std::vector<Descriptor> received;
        const auto receipt = lgwan.call<ledger::Receipt>(ledger::GetReceipt{tanaka, *id}, {}, &received);
        ASSERT_TRUE(receipt) << to_line(receipt.error());
        ASSERT_TRUE(is_sealed(received.at(0)));
        Bytes bytes(receipt->size);
        ASSERT_TRUE(read_at(received[0], 0, bytes));
        text = as_text(bytes);
    }
    EXPECT_TRUE(is_json_object(text)) << text;
    for (const std::string part : {"\"detail\":\"https://code.example/\"", "\"stage\":\"verify\"", "R-1", "sha256",
                                   "\"ticket\":\"", "transfer.released"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    EXPECT_NE(text.find(std::string(all_findings().front().code)), std::string::npos);
}

Result<std::string> receipt_of(Client& portal, const Person& viewer, const TransferId& id) {
    std::vector<Descriptor> received;
    const auto receipt = TRY(portal.call<ledger::Receipt>(ledger::GetReceipt{viewer, id}, {}, &received));
    Bytes bytes(receipt.size);
    TRY(read_at(received.at(0), 0, bytes));
    return std::string(as_text(bytes));
}

TEST_F(Way, TheFirstReceiptIsSignedAndProved) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id && convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    // At once: it waits for its proof instead of leaving it out.
    const auto text = receipt_of(lgwan, tanaka, *id);
    ASSERT_TRUE(text) << to_line(text.error());
    EXPECT_NE(text->find("transfer.released"), std::string::npos) << *text;
    const PublicKey key = rig.audit->key.public_key();
    const auto body = audit::check_receipt(*text, key);
    ASSERT_TRUE(body) << to_line(body.error());
    EXPECT_TRUE(is_json_object(*text));
    EXPECT_TRUE(is_json_object(*body));
    EXPECT_TRUE(audit::check_receipt(*text + "\n", key));
    for (std::size_t i = 0; i < text->size(); i += 7) {
        std::string changed = *text;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        EXPECT_FALSE(audit::check_receipt(changed, key)) << i;
    }
    EXPECT_FALSE(audit::check_receipt("{\"note\":\"mine\"," + text->substr(1), key));
    EXPECT_FALSE(audit::check_receipt(*body, key));
    const auto other = audit::check_receipt(*text, SigningKey::generate().public_key());
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "receipt.signature");
}

TEST_F(Way, AReceiptWithoutTheLogSaysSo) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id && convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    rig.audit->mood = AuditLog::Mood::refuses;
    const auto text = receipt_of(lgwan, tanaka, *id);
    ASSERT_TRUE(text) << to_line(text.error());
    EXPECT_NE(text->find("\"signature\":null"), std::string::npos) << *text;
    EXPECT_FALSE(audit::check_receipt(*text, rig.audit->key.public_key()));
}

TEST_F(Way, NobodyElseSeesIt) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id);
    EXPECT_FALSE(detail(internet, person("suzuki"), *id));
    // The sender in another zone is the recipient at most, and nothing has arrived yet.
    EXPECT_FALSE(detail(lgwan, tanaka, *id));
    Client mynumber = rig.portal("mynumber");
    EXPECT_FALSE(detail(mynumber, tanaka, *id));
    EXPECT_FALSE(append(mynumber, tanaka, *id, 5, "more"));
    EXPECT_FALSE(mynumber.call<Done>(ledger::Withdraw{tanaka, *id}));
    EXPECT_TRUE(detail(internet, tanaka, *id));
    ASSERT_TRUE(convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(lgwan, tanaka, *id, State::delivered));
    EXPECT_FALSE(fetch(lgwan, person("suzuki"), *id));
    EXPECT_FALSE(fetch(internet, tanaka, *id)); // the sender's desk is not the recipient's
}

TEST_F(Way, PeersCannotUseEachOthersMessages) {
    EXPECT_FALSE(conveyor.call<ledger::TransferList>(ledger::ListTransfers{tanaka}));
    EXPECT_FALSE(internet.call<ledger::Leased>(ledger::Lease{}));
    EXPECT_FALSE(internet.call<ledger::Health>(ledger::GetHealth{}));
    Client stranger(rig.socket("stranger"));
    EXPECT_FALSE(stranger.call<ledger::Health>(ledger::GetHealth{}));
    EXPECT_TRUE(rig.health().accepting);
}

TEST_F(Way, PolicyRefusesAtOnceWhatCanNeverPass) {
    const auto refused = create(internet, person("mallory"), 5);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "policy.refused");
    EXPECT_EQ(refused.error().message, "利用停止中です");
    EXPECT_FALSE(create(internet, tanaka, 5, "a.txt", "mynumber"));
    EXPECT_FALSE(create(internet, tanaka, 5, "a.txt", "internet"));
    EXPECT_FALSE(create(internet, tanaka, 5, "a.txt", "../../etc"));
    EXPECT_FALSE(create(internet, tanaka, 300'000'000));
}

TEST_F(Way, WhatAStageRefusesIsRefusedWithItsReason) {
    const auto id = send(internet, tanaka, "virus");
    auto work = lease(conveyor);
    ASSERT_TRUE(id && work && work_on(conveyor, *work, rig.key));
    work->complete.receipts.resize(2);
    work->complete.receipts[0].verdict = Verdict::refused;
    work->complete.receipts[0].reason = Reason::scan_infected;
    work->complete.has_ticket = false;
    ASSERT_TRUE(complete(conveyor, *work));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::refused));
    EXPECT_EQ(detail(internet, tanaka, *id)->summary.reason, Reason::scan_infected);
    std::this_thread::sleep_for(100ms);
    EXPECT_TRUE(std::filesystem::is_empty(rig.path("staging")));
    EXPECT_TRUE(std::filesystem::is_empty(rig.path("ledger/input")));
}

TEST_F(Way, AFailedStageIsTriedAgainAndThenGivenUp) {
    const auto id = send(internet, tanaka, "hello");
    for (int i = 0; i < 3; ++i) {
        auto work = lease(conveyor);
        ASSERT_TRUE(id && work && work_on(conveyor, *work, rig.key));
        EXPECT_EQ(work->lease.epoch, static_cast<std::uint32_t>(i + 1));
        work->complete.receipts.resize(1);
        work->complete.receipts[0].verdict = Verdict::failed;
        work->complete.receipts[0].reason = Reason::scan_failed;
        work->complete.has_ticket = false;
        ASSERT_TRUE(complete(conveyor, *work));
    }
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::failed));
    EXPECT_TRUE(rig.audit->gets("transfer.failed", *id));
}

// What the conveyor reports of a worker that was killed from outside.
void report_killed_worker(Client& conveyor, const SigningKey& key) {
    auto work = lease(conveyor);
    ASSERT_TRUE(work && work_on(conveyor, *work, key));
    work->complete.receipts.resize(2);
    work->complete.receipts[1].verdict = Verdict::failed;
    work->complete.receipts[1].reason = Reason::worker_died;
    work->complete.has_ticket = false;
    ASSERT_TRUE(complete(conveyor, *work));
}

TEST_F(Way, AFileWhoseWorkerWasKilledOncePassesAtTheSecondTry) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id);
    report_killed_worker(conveyor, rig.key);
    ASSERT_TRUE(convey(conveyor, rig.key));
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::delivered));
}

TEST_F(Way, AFileThatKillsTwoWorkersIsRefused) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id);
    report_killed_worker(conveyor, rig.key);
    report_killed_worker(conveyor, rig.key);
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::refused));
    EXPECT_EQ(detail(internet, tanaka, *id)->summary.reason, Reason::worker_died);
    EXPECT_FALSE(lease(conveyor, 500ms));
}

TEST_F(Way, HowDeepAnArchiveIsComesBackWithItsReceipts) {
    const auto id = send(internet, tanaka, "hello");
    auto work = lease(conveyor);
    ASSERT_TRUE(id && work && work_on(conveyor, *work, rig.key));
    work->complete.receipts[1].archive_depth = 2;
    work->complete.receipts[1].archive_members = 7;
    ASSERT_TRUE(complete(conveyor, *work));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    const auto stages = detail(internet, tanaka, *id)->stages;
    ASSERT_EQ(stages.size(), 3U);
    EXPECT_EQ(stages[1].archive_depth, 2U);
    EXPECT_EQ(stages[1].archive_members, 7U);
    EXPECT_NE(receipt_of(internet, tanaka, *id)->find("\"archive_depth\":2,\"archive_members\":7"), std::string::npos);
}

TEST_F(Way, AStricterLevelIsAskedForOnceTheTypeIsKnown) {
    const auto id = send(internet, tanaka, "picture");
    auto work = lease(conveyor);
    ASSERT_TRUE(id && work);
    EXPECT_EQ(work->lease.level, Level::rebuild);
    ASSERT_TRUE(work_on(conveyor, *work, rig.key));
    work->complete.receipts[1].type_in = Type::png;
    ASSERT_TRUE(complete(conveyor, *work));
    auto again = lease(conveyor);
    ASSERT_TRUE(again) << to_line(again.error());
    EXPECT_EQ(again->lease.level, Level::flatten);
    EXPECT_GT(again->lease.epoch, work->lease.epoch);
}

// As of an Ichitaro document, of which only the characters can be delivered.
TEST_F(Way, AKindThatLacksTheLevelGetsTheStricterOneThatPolicyWants) {
    const auto refuse_level = [&](ledger::Complete& said, Type type) {
        said.receipts.resize(2);
        said.receipts[1].type_in = type;
        said.receipts[1].type_out = Type::unknown;
        said.receipts[1].verdict = Verdict::refused;
        said.receipts[1].reason = Reason::level_unsupported;
        said.has_ticket = false;
    };
    const auto wanted = send(internet, tanaka, "picture");
    auto work = lease(conveyor);
    ASSERT_TRUE(wanted && work && work_on(conveyor, *work, rig.key));
    refuse_level(work->complete, Type::png); // policy wants it flattened
    ASSERT_TRUE(complete(conveyor, *work));
    auto again = lease(conveyor);
    ASSERT_TRUE(again && work_on(conveyor, *again, rig.key));
    EXPECT_EQ(again->lease.level, Level::flatten);
    refuse_level(again->complete, Type::png); // and that is all it wants
    ASSERT_TRUE(complete(conveyor, *again));
    EXPECT_TRUE(becomes(internet, tanaka, *wanted, State::refused));

    const auto unwanted = send(internet, tanaka, "text");
    work = lease(conveyor);
    ASSERT_TRUE(unwanted && work && work_on(conveyor, *work, rig.key));
    refuse_level(work->complete, Type::text);
    ASSERT_TRUE(complete(conveyor, *work));
    EXPECT_TRUE(becomes(internet, tanaka, *unwanted, State::refused));
}

TEST_F(Way, AWaitingPageIsWokenByItsOwnChangesOnly) {
    const auto list = internet.call<ledger::TransferList>(ledger::ListTransfers{tanaka});
    ASSERT_TRUE(list);
    const auto before = std::chrono::steady_clock::now();
    std::thread other([&] {
        Client client = rig.portal("internet");
        std::this_thread::sleep_for(100ms);
        static_cast<void>(send(client, person("suzuki"), "theirs"));
        std::this_thread::sleep_for(300ms);
        static_cast<void>(send(client, tanaka, "mine"));
    });
    const auto changed = internet.call<ledger::Changed>(ledger::WaitChange{tanaka, list->version});
    const auto waited = std::chrono::steady_clock::now() - before;
    other.join();
    ASSERT_TRUE(changed);
    EXPECT_GT(changed->version, list->version);
    EXPECT_LT(changed->version, 1ULL << 53) << "a browser could not name it in its next question";
    EXPECT_GE(waited, 350ms);
    EXPECT_LT(waited, 1900ms);
}

TEST_F(Way, ListsGoOnWhereThePageEnded) {
    std::set<TransferId> sent;
    for (int i = 0; i < 7; ++i) sent.insert(*send(internet, tanaka, "x" + std::to_string(i)));
    std::set<TransferId> listed;
    std::uint64_t cursor = 0;
    do {
        const auto page =
            internet.call<ledger::TransferList>(ledger::ListTransfers{tanaka, ledger::Box::sent, cursor, 3});
        ASSERT_TRUE(page);
        EXPECT_LE(page->transfers.size(), 3U);
        for (const auto& one : page->transfers) EXPECT_TRUE(listed.insert(one.id).second);
        cursor = page->next;
    } while (cursor != 0);
    EXPECT_EQ(listed, sent);
}

TEST_F(Way, WithdrawnIsGone) {
    const auto id = send(internet, tanaka, "oops");
    ASSERT_TRUE(id);
    ASSERT_TRUE(internet.call<Done>(ledger::Withdraw{tanaka, *id}));
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::withdrawn));
    EXPECT_FALSE(lease(conveyor, 500ms));
    EXPECT_FALSE(internet.call<Done>(ledger::Withdraw{tanaka, *id}));
    EXPECT_TRUE(std::filesystem::is_empty(rig.path("ledger/input")));
}

} // namespace
} // namespace sekisho::tests
