// 7z with a password, made by 7-Zip; what is unlocked is read by libarchive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/sanitizer/formats/archive_foreign/support.h"

namespace sekisho {

namespace {

using testing::ElementsAre;
using tests::Done;
using tests::pass;
using tests::Workbench;

class Locked7z : public testing::Test {
protected:
    void SetUp() override {
        bench.write("報告.txt", "住民票\n");
        bench.write("empty.txt", "");
        std::string large;
        for (int i = 0; i < 20'000; ++i) large += std::to_string(i * 7919 % 10'007) + '\n';
        bench.write("large.txt", large);
    }
    std::string made(const std::string& how) {
        EXPECT_TRUE(bench.run("rm -f a.7z; LC_ALL=C.UTF-8 7z a " + how + " >/dev/null")) << how;
        return bench.read("a.7z");
    }
    void expect_whole(const Done& done) {
        EXPECT_EQ(done.code, "");
        EXPECT_TRUE(done.found("archive.decrypted"));
        EXPECT_THAT(done.names(), ElementsAre("empty.txt.blocked.txt", "large.txt", "報告.txt"));
        EXPECT_EQ(done.members.at("報告.txt"), "住民票\n");
        EXPECT_TRUE(done.members.at("large.txt") == bench.read("large.txt"));
    }
    Workbench bench;
};

constexpr std::array ways{"-mhe=on",         "-mhe=off",        "-mhe=on -mhc=off", "-mhc=off",         "-m0=copy",
                          "-m0=ppmd",        "-m0=bzip2",       "-m0=lzma",         "-m0=deflate",      "-ms=off",
                          "-ms=off -mhe=on", "-mf=BCJ -mhe=on", "-mf=BCJ2",         "-mf=BCJ2 -mhe=on", "-mf=Delta:4"};

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}
std::uint64_t number_at(const std::string& bytes, std::size_t at) {
    return ByteReader(as_view(bytes).subspan(at)).u64le().value();
}
// Makes the checksums of a header that was changed right again.
void settle(std::string& archive) {
    const auto sum = [&](std::size_t at, std::size_t size) { return libdeflate_crc32(0, archive.data() + at, size); };
    put(archive, 28, sum(32 + number_at(archive, 12), number_at(archive, 20)), 4);
    put(archive, 8, sum(12, 20), 4);
}
// The properties of the first AES coder in a header that is not packed.
std::size_t aes_at(const std::string& archive) {
    return archive.find("\x06\xf1\x07\x01", 32 + number_at(archive, 12)) + 5;
}

} // namespace

// A11
TEST_F(Locked7z, OpensWithOneOfSeveralPasswords) {
    for (const char* way : ways) {
        SCOPED_TRACE(way);
        const std::string archive = made("-psecret " + std::string(way) + " a.7z 報告.txt large.txt empty.txt");
        EXPECT_EQ(pass(archive).code, "input.encrypted");
        EXPECT_EQ(pass(archive, {.passwords = {"wrong"}}).code, "archive.password");
        expect_whole(pass(archive, {.passwords = {"wrong", "secret", "other"}}));
    }
}

TEST_F(Locked7z, OpensNextToWhatIsOpen) {
    made("a.7z 報告.txt empty.txt");
    ASSERT_TRUE(bench.run("7z a -psecret a.7z large.txt >/dev/null"));
    expect_whole(pass(bench.read("a.7z"), {.passwords = {"secret"}}));
    EXPECT_EQ(pass(bench.read("a.7z")).code, "input.encrypted");
    EXPECT_EQ(pass(bench.read("a.7z"), {.passwords = {"wrong"}}).code, "archive.password");
}

TEST_F(Locked7z, OpensInEveryFormOfAPassword) {
    const std::string archive = made("-p'か\u3099ひみつ' -mhe=on a.7z 報告.txt"); // as macOS has it
    EXPECT_EQ(pass(archive, {.passwords = {"がひみつ"}}).code, "");
    EXPECT_EQ(pass(archive, {.passwords = {"かひみつ"}}).code, "archive.password");
}

TEST_F(Locked7z, OpensWithinAZipAndInParts) {
    made("-psecret -mhe=on a.7z 報告.txt");
    ASSERT_TRUE(bench.run("zip -q b.zip a.7z"));
    const Done inside = pass(bench.read("b.zip"), {.passwords = {"secret"}});
    EXPECT_THAT(inside.names(), ElementsAre("a.zip"));
    ASSERT_TRUE(bench.run("7z a -psecret -v2k c.7z 報告.txt large.txt empty.txt >/dev/null && cat c.7z.* >c.7z"));
    const std::string whole = bench.read("c.7z");
    ASSERT_GT(whole.size(), 2048U);
    const Done joined = pass(whole, {.passwords = {"secret"}, .parts = {2048, whole.size() - 2048}});
    expect_whole(joined);
    EXPECT_TRUE(joined.found("archive.joined"));
}

TEST_F(Locked7z, WhatHidesBehindItIsStillFound) {
    const std::string archive = made("-psecret -mhe=on a.7z 報告.txt") + "hidden";
    EXPECT_TRUE(pass(archive, {.passwords = {"secret"}}).found("zip.hidden-data"));
}

TEST_F(Locked7z, WithoutContentNeedsNoPassword) {
    EXPECT_THAT(pass(made("-psecret a.7z empty.txt")).names(), ElementsAre("empty.txt.blocked.txt"));
}

TEST_F(Locked7z, DamageIsRefused) {
    const std::string archive = made("-psecret -ms=off a.7z large.txt 報告.txt");
    for (const std::size_t left : {archive.size() - 1, archive.size() / 2, std::size_t{40}, std::size_t{33}})
        EXPECT_EQ(pass(archive.substr(0, left), {.passwords = {"secret"}}).code, "archive.part") << left;
    std::string changed = archive;
    changed[100] = static_cast<char>(changed[100] ^ 1); // in the large member, by which no password is proved
    EXPECT_EQ(pass(changed, {.passwords = {"secret"}}).code, "archive.damaged");
}

TEST_F(Locked7z, RoundsWithoutEndAreRefused) {
    std::string archive = made("-psecret -mhc=off a.7z 報告.txt");
    const std::size_t at = aes_at(archive);
    ASSERT_EQ(archive[at] & 0x3f, 19);
    for (const int power : {23, 24, 62}) {
        archive[at] = static_cast<char>((archive[at] & 0xc0) | power);
        settle(archive);
        EXPECT_EQ(pass(archive, {.passwords = {"secret"}}).code, "archive.encryption") << power;
    }
    // Many passwords against the largest count: the job's time ends it.
    archive[at] = static_cast<char>((archive[at] & 0xc0) | 22);
    settle(archive);
    std::vector<std::string> many;
    for (int i = 0; i < 1000; ++i) many.push_back(std::to_string(i));
    Limits limits;
    limits.seconds = 1;
    EXPECT_EQ(pass(archive, {.passwords = many, .limits = limits}).code, "limit.seconds");
}

// Every byte of a header changed in turn, with checksums that are right: nothing is delivered that differs.
TEST_F(Locked7z, AHostileHeaderDeliversNothingElse) {
    const std::string archive = made("-psecret -mhc=off -m0=copy a.7z 報告.txt");
    const std::size_t start = 32 + number_at(archive, 12);
    std::size_t delivered = 0;
    for (std::size_t i = start; i < archive.size(); ++i) {
        std::string changed = archive;
        changed[i] = static_cast<char>(changed[i] ^ 1 << i % 8);
        settle(changed);
        const Done done = pass(changed, {.passwords = {"secret"}});
        if (!done.code.empty() || done.members.empty()) continue;
        ++delivered;
        EXPECT_EQ(done.members.begin()->second, "住民票\n") << i;
    }
    EXPECT_GT(delivered, 0U) << "a changed name or date is delivered";
}

} // namespace sekisho
