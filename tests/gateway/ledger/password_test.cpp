// What opens a file is handed on while it is needed, and written down nowhere.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

class PasswordsOfFiles : public testing::Test {
protected:
    PasswordsOfFiles() : rig({{"retry_pause", "50"}, {"attempts", "3"}, {"wait", "300"}}) {
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
    }
    Result<TransferId> send_with(const std::vector<std::string>& passwords) {
        const std::string content = "locked";
        const auto created = TRY(internet.call<ledger::UploadState>(
            ledger::CreateUpload{tanaka, "lgwan", "", "a.zip", content.size(), "comment", passwords}));
        const auto whole = TRY(append(internet, tanaka, created.id, 0, content));
        return whole.id;
    }
    // The files of this rig that hold the text, and "audit" for the log.
    std::vector<std::string> places_of(std::string_view text) {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(rig.path(""))) {
            if (!entry.is_regular_file()) continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            const std::string content{std::istreambuf_iterator<char>(stream), {}};
            if (content.find(text) != std::string::npos) found.push_back(entry.path());
        }
        for (const std::string& record : rig.audit->records())
            if (record.find(text) != std::string::npos) found.emplace_back("audit");
        return found;
    }
    Rig rig;
    Client internet = rig.portal("internet");
    Person tanaka = person("tanaka");
    const std::vector<std::string> secrets{"hush-hush-1", "ひみつの言葉"};
};

TEST_F(PasswordsOfFiles, AreHandedOutWithEveryTryAndWrittenNowhere) {
    const auto id = send_with(secrets);
    ASSERT_TRUE(id) << to_line(id.error());
    for (int i = 0; i < 2; ++i) {
        Client dying = rig.conveyor();
        const auto work = lease(dying);
        ASSERT_TRUE(work);
        EXPECT_EQ(work->lease.passwords, secrets);
    }
    Client conveyor = rig.conveyor();
    ASSERT_TRUE(convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    EXPECT_TRUE(rig.audit->gets("transfer.released", *id));
    EXPECT_FALSE(places_of("a.zip").empty()) << "the search finds what is there";
    for (const std::string& secret : secrets) EXPECT_EQ(places_of(secret), std::vector<std::string>{});
    // Nobody else's file gets them.
    ASSERT_TRUE(send(internet, tanaka, "open"));
    EXPECT_TRUE(lease(conveyor)->lease.passwords.empty());
}

TEST_F(PasswordsOfFiles, AreGoneAfterARestartAndTheSenderIsToldSo) {
    const auto with = send_with(secrets);
    const auto without = send(internet, tanaka, "open");
    ASSERT_TRUE(with && without);
    rig.stop_ledger();
    for (const std::string& secret : secrets) EXPECT_EQ(places_of(secret), std::vector<std::string>{});
    rig.start_ledger();
    rig.wait_until_accepting();
    Client conveyor = rig.conveyor();
    ASSERT_TRUE(convey(conveyor, rig.key)); // the other one
    ASSERT_TRUE(becomes(internet, tanaka, *without, State::delivered));
    ASSERT_TRUE(becomes(internet, tanaka, *with, State::refused));
    const auto told = detail(internet, tanaka, *with);
    EXPECT_EQ(told->summary.reason, Reason::passwords_lost);
    EXPECT_TRUE(rig.audit->gets("transfer.decided", *with));
}

TEST_F(PasswordsOfFiles, ThatAreNoTextAreRefused) {
    for (const char* bad : {"", "\xff\xfe"}) {
        const auto refused = send_with({"good", bad});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "upload.passwords");
    }
}

} // namespace
} // namespace sekisho::tests
