// ZIPs with a password, made by the programs that people use.
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using testing::ElementsAre;
using tests::Done;
using tests::pass;
using tests::Workbench;

class Password : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
    void SetUp() override {
        bench.write("報告.txt", "住民票\n");
        std::string large;
        while (large.size() < 3'000'000) large += "行 " + std::to_string(large.size() * 2654435761U) + "\n";
        bench.write("large.txt", large);
        bench.write("empty.txt", "");
    }
    // The ways in which archives get a password; %s stands for it.
    static std::string made_by(std::string command, const std::string& password) {
        for (std::size_t at; (at = command.find("%s")) != command.npos;) command.replace(at, 2, password);
        return "rm -f a.zip; " + command + " a.zip 報告.txt large.txt >/dev/null";
    }
    Workbench bench;
};

constexpr std::array ways{"zip -q -P '%s'",          "7z a -p'%s' -mem=ZipCrypto", "7z a -p'%s' -mem=AES128",
                          "7z a -p'%s' -mem=AES192", "7z a -p'%s' -mem=AES256",    "7z a -p'%s' -mem=AES256 -mm=copy"};

} // namespace

// A11
TEST_F(Password, OpensWhatIsEncrypted) {
    for (const char* way : ways) {
        SCOPED_TRACE(way);
        ASSERT_TRUE(bench.run(made_by(way, "secret")));
        const std::string archive = bench.read("a.zip");
        EXPECT_EQ(pass(archive).code, "input.encrypted");
        EXPECT_EQ(pass(archive, {.passwords = {"wrong"}}).code, "archive.password");
        const Done done = pass(archive, {.passwords = {"wrong", "secret", "other"}});
        EXPECT_EQ(done.code, "");
        EXPECT_TRUE(done.found("archive.decrypted"));
        EXPECT_THAT(done.names(), ElementsAre("large.txt", "報告.txt"));
        EXPECT_EQ(done.members.at("報告.txt"), "住民票\n");
        EXPECT_TRUE(done.members.at("large.txt") == bench.read("large.txt"));
    }
}

// One byte tells a wrong password from the right one: of 600 wrong ones, some get that far.
TEST_F(Password, ManyWrongPasswordsOpenNothing) {
    ASSERT_TRUE(bench.run("zip -q -P secret a.zip 報告.txt empty.txt"));
    const std::string archive = bench.read("a.zip");
    std::vector<std::string> wrong;
    for (int i = 0; i < 600; ++i) wrong.push_back("wrong " + std::to_string(i));
    EXPECT_EQ(pass(archive, {.passwords = wrong}).code, "archive.password");
    wrong.emplace_back("secret");
    const Done done = pass(archive, {.passwords = wrong});
    EXPECT_EQ(done.code, "");
    EXPECT_EQ(done.members.at("報告.txt"), "住民票\n");
}

// Archivers in Japan make CP932 of a password, others UTF-8.
TEST_F(Password, JapanesePasswordsInBothCharacterSets) {
    for (const char* bytes : {"ひみつ", "\x82\xd0\x82\xdd\x82\xc2"}) {
        ASSERT_TRUE(bench.run("rm -f a.zip; zip -q -P '" + std::string(bytes) + "' a.zip 報告.txt"));
        EXPECT_EQ(pass(bench.read("a.zip"), {.passwords = {"ひみつ"}}).code, "");
        EXPECT_EQ(pass(bench.read("a.zip"), {.passwords = {"みつ"}}).code, "archive.password");
    }
}

// One password for each half; one that is open.
TEST_F(Password, MixedArchives) {
    ASSERT_TRUE(bench.run("zip -q -P one a.zip 報告.txt; zip -q -P two a.zip empty.txt; zip -q a.zip large.txt"));
    const std::string archive = bench.read("a.zip");
    EXPECT_EQ(pass(archive, {.passwords = {"one"}}).code, "archive.password");
    EXPECT_EQ(pass(archive, {.passwords = {"two", "one"}}).names().size(), 3U);
}

TEST_F(Password, HoldsForArchivesInside) {
    ASSERT_TRUE(bench.run("zip -q -P inner b.zip 報告.txt; zip -q -P outer a.zip b.zip; tar -cf a.tar b.zip"));
    EXPECT_EQ(pass(bench.read("a.zip"), {.passwords = {"outer", "inner"}}).code, "");
    const Done half = pass(bench.read("a.zip"), {.passwords = {"outer"}});
    EXPECT_THAT(half.names(), ElementsAre("b.zip.blocked.txt"));
    EXPECT_THAT(half.members.at("b.zip.blocked.txt"), testing::HasSubstr("archive.password"));
    EXPECT_THAT(pass(bench.read("a.tar"), {.passwords = {"inner"}}).names(), ElementsAre("b.zip"));
}

TEST_F(Password, AChangedByteIsFound) {
    ASSERT_TRUE(bench.run("7z a -psecret -mem=AES256 -mm=copy a.zip 報告.txt >/dev/null"));
    std::string archive = bench.read("a.zip");
    const std::size_t data = archive.find("PK\1\2") - 15; // the last encrypted bytes, before the proof
    archive[data] = static_cast<char>(archive[data] ^ 1);
    EXPECT_EQ(pass(archive, {.passwords = {"secret"}}).code, "archive.password");
}

TEST_F(Password, Corpus) {
    const auto expect = [](const char* part, std::vector<std::string> passwords, const char* code) {
        if (const auto path = tests::corpus_file(part)) {
            EXPECT_EQ(pass(as_text(tests::read_whole(*path)), {.passwords = std::move(passwords)}).code, code) << part;
        }
    };
    expect("libzip/regress/data/encrypt-aes256.zip", {"foofoofoo"}, "");
    expect("libzip/regress/data/encrypt-aes256.zip", {"foo"}, "archive.password");
    expect("test_mixedcrypto.zip", {}, "input.encrypted");
    expect("test_mixedcrypto.zip", {"foo"}, "archive.password");
}

} // namespace sekisho
