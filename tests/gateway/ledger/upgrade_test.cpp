// A journal that an earlier version wrote.
#include <filesystem>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "gateway/ledger/journal.h"
#include "gateway/ledger/stable_codec.h"

namespace sekisho::ledger {
namespace {

// As version 1 had it, with one delivered transfer, its receipts, one that waits, and what the log was told.
constexpr const char* version_1 = R"sql(
CREATE TABLE transfers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), state INTEGER NOT NULL,
    epoch INTEGER NOT NULL, attempts INTEGER NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, display TEXT NOT NULL,
    groups TEXT NOT NULL, zone_from TEXT NOT NULL, zone_to TEXT NOT NULL, recipient TEXT NOT NULL, name TEXT NOT NULL,
    comment TEXT NOT NULL, size INTEGER NOT NULL, upload_offset INTEGER NOT NULL, expires INTEGER NOT NULL,
    digest_in BLOB NOT NULL, digest_out BLOB NOT NULL, bytes_out INTEGER NOT NULL, type_in TEXT NOT NULL,
    type_out TEXT NOT NULL, level TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL, rules TEXT NOT NULL,
    policy_digest TEXT NOT NULL, findings INTEGER NOT NULL, approvals_needed INTEGER NOT NULL,
    approvals_given INTEGER NOT NULL, keep_days INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
    received INTEGER NOT NULL, delivered INTEGER NOT NULL, picked_up INTEGER NOT NULL, decided_sequence INTEGER NOT NULL,
    released_sequence INTEGER NOT NULL, leaf INTEGER NOT NULL, ticket BLOB NOT NULL) STRICT;
CREATE INDEX transfers_state ON transfers (state, person);
CREATE INDEX transfers_sender ON transfers (person, zone_from);
CREATE INDEX transfers_recipient ON transfers (recipient, zone_to);
CREATE INDEX transfers_expiry ON transfers (expires) WHERE expires > 0;
CREATE INDEX transfers_leafless ON transfers (released_sequence) WHERE state = 5 AND leaf < 0;
CREATE TABLE receipts (transfer BLOB NOT NULL REFERENCES transfers (id), position INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (transfer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE approvals (number INTEGER PRIMARY KEY, transfer BLOB NOT NULL REFERENCES transfers (id),
    account TEXT NOT NULL, person TEXT NOT NULL, display TEXT NOT NULL, groups TEXT NOT NULL, approved INTEGER NOT NULL,
    zone TEXT NOT NULL, reason TEXT NOT NULL, time INTEGER NOT NULL, digest_out BLOB NOT NULL) STRICT;
CREATE INDEX approvals_transfer ON approvals (transfer);
CREATE TABLE outbox (sequence INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
INSERT INTO transfers VALUES (1, x'00112233445566778899aabbccddeeff', 5, 1, 1, 'tanaka', 'p-0001', '田中', 'tax' || char(10),
    'internet', 'lgwan', 'p-0001', 'memo.txt', '', 5, 5, 9000000000000, zeroblob(32), zeroblob(32), 5, 'text', 'text',
    'rebuild', '', '', 'R-1', 'aa', 0, 1, 1, 30, 1000, 2000, 1500, 2000, 0, 3, 4, 17, x'0102');
INSERT INTO transfers VALUES (2, x'10112233445566778899aabbccddeeff', 4, 1, 1, 'tanaka', 'p-0001', '田中', '', 'internet',
    'lgwan', 'p-0001', 'held.txt', '', 5, 5, 0, zeroblob(32), zeroblob(32), 5, 'text', 'text', 'rebuild', '', '', 'R-1',
    'aa', 0, 1, 0, 30, 1000, 2000, 1500, 0, 0, 0, 0, -1, x'');
INSERT INTO approvals VALUES (1, x'00112233445566778899aabbccddeeff', 'sato', 'p-0003', '佐藤', '', 1, 'lgwan', '', 1900,
    zeroblob(32));
INSERT INTO outbox (sequence, body) VALUES (41, '{"event":"x"}');
DELETE FROM outbox;
PRAGMA user_version = 1;
)sql";

class Upgrade : public testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/journal-XXXXXX";
        ASSERT_NE(mkdtemp(name), nullptr);
        m_folder = name;
        ASSERT_EQ(sqlite3_open(path().c_str(), &m_old), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(m_old, version_1, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(m_old);
    }
    void TearDown() override {
        close_old();
        std::filesystem::remove_all(m_folder);
    }
    std::string path() const { return m_folder + "/journal.sqlite"; }
    void close_old() { sqlite3_close(std::exchange(m_old, nullptr)); }
    // As version 1 wrote it: without the two numbers at the end.
    void add_old_receipt(int position, const StageReceipt& receipt) {
        StableEncoder encoder;
        StageReceipt::fields_of_version_4(receipt, encoder);
        Bytes body = encoder.take();
        body.resize(body.size() - 8);
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(m_old, "INSERT INTO receipts VALUES (x'00112233445566778899aabbccddeeff',?,?)", -1,
                           &statement, nullptr);
        sqlite3_bind_int(statement, 1, position);
        sqlite3_bind_blob(statement, 2, body.data(), static_cast<int>(body.size()), SQLITE_TRANSIENT);
        EXPECT_EQ(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_finalize(statement);
    }
    static StageReceipt receipt(Stage stage) {
        StageReceipt made;
        made.stage = stage;
        made.verdict = Verdict::delivered;
        made.bytes_out = 7 + static_cast<std::uint64_t>(stage);
        made.findings.push_back({});
        made.findings.back().entry.finding = all_findings().back().finding;
        return made;
    }

private:
    std::string m_folder;
    sqlite3* m_old = nullptr;
};

TEST_F(Upgrade, NothingIsLost) {
    for (int i = 0; i < 3; ++i) add_old_receipt(i, receipt(static_cast<Stage>(i)));
    close_old();
    for (int again = 0; again < 2; ++again) {
        auto journal = Journal::open(path());
        ASSERT_TRUE(journal) << to_line(journal.error());
        const auto id = transfer_id_of("00112233445566778899aabbccddeeff");
        const auto transfer = journal->find(*id);
        ASSERT_TRUE(transfer && *transfer);
        EXPECT_EQ((*transfer)->name, "memo.txt");
        EXPECT_EQ((*transfer)->leaf, 17);
        EXPECT_EQ(to_text((*transfer)->options), ""); // everything was strict then
        EXPECT_TRUE((*transfer)->parts.empty());
        const auto receipts = journal->receipts(**transfer);
        ASSERT_TRUE(receipts) << to_line(receipts.error());
        ASSERT_EQ(receipts->size(), 3U);
        EXPECT_EQ((*receipts)[2].stage, Stage::verify);
        EXPECT_EQ((*receipts)[2].bytes_out, 9U);
        EXPECT_EQ((*receipts)[1].findings.at(0).entry.finding, all_findings().back().finding);
        EXPECT_EQ((*receipts)[1].findings.at(0).entry.detail, "");
        EXPECT_EQ((*receipts)[1].archive_depth, 0U);
        EXPECT_EQ(journal->approvals(*id)->size(), 1U);
        EXPECT_EQ(journal->in_state(State::held)->size(), 1U);
        EXPECT_EQ(journal->expired(9'000'000'000'001)->size(), 1U);
        EXPECT_EQ((*journal->count_states())[State::delivered], 1U);
        // Numbers of records go on where they were: the log knows 41 of them.
        EXPECT_EQ(*journal->last_sequence(), 41U);
    }
    auto journal = Journal::open(path());
    ASSERT_TRUE(journal);
    EXPECT_EQ(journal->add_record("{}")->source_sequence, 42U);
    ASSERT_TRUE(journal->remove_records(42));
    ASSERT_TRUE(journal->commit());
    EXPECT_EQ(*journal->last_sequence(), 42U);
    EXPECT_EQ(journal->add_record("{}")->source_sequence, 43U);
    journal->roll_back();
    EXPECT_EQ(journal->add_record("{}")->source_sequence, 43U) << "a number that was undone is not left out";
}

TEST_F(Upgrade, AFailedStepUndoesNothingElse) {
    close_old();
    auto journal = Journal::open(path());
    ASSERT_TRUE(journal);
    const auto add = [&](bool good) {
        return journal->atomically([&]() -> Result<> {
            TRY(journal->add_record("{}"));
            if (!good) return fail("test", "no");
            return {};
        });
    };
    EXPECT_FALSE(add(false)); // the first of a transaction goes without a savepoint
    EXPECT_TRUE(add(true));
    EXPECT_FALSE(add(false));
    EXPECT_TRUE(add(true));
    ASSERT_TRUE(journal->commit());
    const auto records = journal->outbox();
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 3U);
    EXPECT_EQ(records->at(1).source_sequence, 42U);
    EXPECT_EQ(records->at(2).source_sequence, 43U);
}

} // namespace
} // namespace sekisho::ledger
