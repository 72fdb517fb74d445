// Can anybody change history without it showing? Is what was acknowledged there after a crash?
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "gateway/audit/proof.h"
#include "gateway/audit/verify.h"

namespace sekisho::audit {

namespace {

namespace fs = std::filesystem;

class AuditLog : public testing::Test {
protected:
    void SetUp() override {
        directory = fs::temp_directory_path() / ("sekisho-audit-" + std::to_string(::getpid()));
        fs::remove_all(directory);
        fs::create_directories(directory);
    }
    void TearDown() override { fs::remove_all(directory); }

    void append(Log& log, std::uint64_t first, std::uint64_t count) {
        for (std::uint64_t i = first; i < first + count; ++i) {
            const std::vector<NewRecord> one{
                {"ledger", i, "{\"event\":\"test\",\"number\":" + std::to_string(i) + "}"}};
            ASSERT_TRUE(log.append(one, 1'700'000'000'000));
        }
    }
    std::string segment() const { return directory / "records-000001.log"; }
    std::string content() const {
        std::ifstream file(segment());
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void overwrite(const std::string& text) const { std::ofstream(segment(), std::ios::trunc) << text; }

    fs::path directory;
    SigningKey key = SigningKey::generate();
};

} // namespace

TEST_F(AuditLog, EveryRecordOfEverySizeHasAProofThatVerifies) {
    auto log = *Log::open(directory);
    for (std::uint64_t size = 1; size <= 20; ++size) {
        append(log, size, 1);
        ASSERT_TRUE(log.write_checkpoint(key, 1));
        for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
            const auto proof = make_proof(log, leaf, key, 1);
            ASSERT_TRUE(proof);
            EXPECT_TRUE(check_proof(*proof_of_json(to_json(*proof)), key.public_key())) << size << " " << leaf;
        }
    }
}

TEST_F(AuditLog, AProofForAnotherRecordOrKeyIsRefused) {
    auto log = *Log::open(directory);
    append(log, 1, 9);
    auto proof = *make_proof(log, 4, key, 1);
    EXPECT_FALSE(check_proof(proof, SigningKey::generate().public_key()));
    auto moved = proof;
    moved.leaf = 5;
    EXPECT_FALSE(check_proof(moved, key.public_key()));
    proof.record[proof.record.size() - 2] = '9';
    EXPECT_FALSE(check_proof(proof, key.public_key()));
}

TEST_F(AuditLog, VerifyAcceptsWhatWasWritten) {
    auto log = *Log::open(directory);
    append(log, 1, 50);
    ASSERT_TRUE(log.write_checkpoint(key, 1));
    append(log, 51, 7);
    ASSERT_TRUE(log.write_checkpoint(key, 2));
    append(log, 58, 2);
    const auto verified = verify_log(directory, key.public_key());
    ASSERT_TRUE(verified);
    EXPECT_EQ(verified->records, 59U);
    EXPECT_EQ(verified->covered, 57U);
}

TEST_F(AuditLog, OneChangedByteOneMissingOrOneAddedRecordIsSeen) {
    {
        auto log = *Log::open(directory);
        append(log, 1, 20);
        ASSERT_TRUE(log.write_checkpoint(key, 1));
    }
    const std::string good = content();
    std::string changed = good;
    changed[changed.find("\"number\":7") + 9] = '8';
    overwrite(changed);
    EXPECT_FALSE(verify_log(directory, key.public_key()));
    overwrite(good.substr(0, good.rfind('{')));
    EXPECT_FALSE(verify_log(directory, key.public_key()));
    EXPECT_FALSE(Log::open(directory)) << "a log that lost signed records must not go on";
    overwrite(good);
    EXPECT_TRUE(verify_log(directory, key.public_key()));
}

TEST_F(AuditLog, ATornLastLineIsDroppedAndNothingElse) {
    {
        auto log = *Log::open(directory);
        append(log, 1, 5);
    }
    std::ofstream(segment(), std::ios::app) << "{\"sequence\":5,\"time\":\"2023";
    auto log = *Log::open(directory);
    EXPECT_EQ(log.size(), 5U);
    append(log, 6, 1);
    EXPECT_EQ(log.size(), 6U);
    EXPECT_EQ(content().find("2023-11\"{"), std::string::npos);
}

TEST_F(AuditLog, ARecordThatIsSentTwiceStandsOnce) {
    {
        auto log = *Log::open(directory);
        append(log, 1, 3);
    }
    auto log = *Log::open(directory); // also after a restart
    append(log, 3, 1);
    EXPECT_EQ(log.size(), 3U);
    EXPECT_EQ(log.position_of("ledger"), 3U);
    EXPECT_EQ(log.position_of("auth"), 0U);
}

TEST_F(AuditLog, ARecordCannotSmuggleInASecondLine) {
    auto log = *Log::open(directory);
    EXPECT_FALSE(log.append({{"ledger", 1, "{\"event\":\"a\"}\n{\"sequence\":1}"}}, 0));
    EXPECT_EQ(log.size(), 0U);
}

TEST_F(AuditLog, ADirectoryThatCannotBeWrittenIsAFailure) {
    EXPECT_FALSE(Log::open("/proc/self"));
}

} // namespace sekisho::audit
