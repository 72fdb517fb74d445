// Archives in several parts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sanitizer/name/part.h"
#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using testing::ElementsAre;
using tests::Done;
using tests::Given;
using tests::pass;
using tests::Workbench;

class SplitSet : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
    void SetUp() override {
        std::string noise;
        for (std::uint32_t i = 0, x = 1; i < 30'000; ++i) {
            x = x * 1664525 + 1013904223;
            noise += std::to_string(x) + "\n";
        }
        bench.write("報告.txt", noise);
        bench.write("after.txt", "after\n");
    }
    // The parts one behind the other, as the broker hands them in.
    std::string join(const std::vector<std::string>& names, Given& given) const {
        std::string whole;
        for (const std::string& name : names) {
            const std::string part = bench.read(name);
            EXPECT_FALSE(part.empty()) << name;
            given.parts.push_back(part.size());
            whole += part;
        }
        return whole;
    }
    void expect_all(const Done& done) {
        EXPECT_EQ(done.code, "");
        EXPECT_TRUE(done.found("archive.joined")) << done.findings;
        EXPECT_FALSE(done.found("zip.hidden-data"));
        EXPECT_THAT(done.names(), ElementsAre("after.txt", "報告.txt"));
        if (done.code.empty()) {
            EXPECT_TRUE(done.members.at("報告.txt") == bench.read("報告.txt"));
        }
    }
    Workbench bench;
};

} // namespace

// A14
TEST_F(SplitSet, NumberedParts) {
    ASSERT_TRUE(
        bench.run("7z a -v60k a.7z 報告.txt after.txt >/dev/null; 7z a -v60k b.zip 報告.txt after.txt >/dev/null"));
    Given seven{.name = "a.7z"}, zip{.name = "b.zip"};
    expect_all(pass(join({"a.7z.001", "a.7z.002", "a.7z.003"}, seven), seven));
    expect_all(pass(join({"b.zip.001", "b.zip.002", "b.zip.003"}, zip), zip));
    Given two{.name = "a.7z"};
    EXPECT_EQ(pass(join({"a.7z.001", "a.7z.002"}, two), two).code, "archive.part");
}

TEST_F(SplitSet, ZipInSegments) {
    ASSERT_TRUE(bench.run("zip -q -s 64k a.zip 報告.txt after.txt; ls"));
    Given given{.name = "a.zip"};
    const std::string whole = join({"a.z01", "a.z02", "a.zip"}, given);
    expect_all(pass(whole, given));
    EXPECT_EQ(pass(bench.read("a.z01")).code, "zip.spanned");
    EXPECT_EQ(pass(bench.read("a.zip"), {.name = "a.zip"}).code, "zip.spanned");
    EXPECT_EQ(pass(whole, {.name = "a.zip"}).code, "zip.spanned") << "without knowing the parts";
    Given swapped{.name = "a.zip"};
    EXPECT_NE(pass(join({"a.z02", "a.z01", "a.zip"}, swapped), swapped).code, "");
}

TEST_F(SplitSet, RarVolumes) {
    // Volumes of real size: with tiny ones, libarchive 3.6 loses its place.
    const std::vector<std::string> pieces{std::string(200'000, 'a') + "\n", std::string(190'000, 'b') + "\n",
                                          std::string(3'000, 'c') + "\n"};
    Given given{.name = "a.rar"};
    std::string whole;
    for (const std::string& volume : tests::rar5_volumes("報告.txt", pieces)) {
        given.parts.push_back(volume.size());
        whole += volume;
    }
    Done done = pass(whole, given);
    EXPECT_EQ(done.code, "");
    EXPECT_TRUE(done.found("archive.joined"));
    EXPECT_TRUE(done.members["報告.txt"] == pieces[0] + pieces[1] + pieces[2]);
    // Without its last volume.
    Given short_of_one{.name = "a.rar", .parts = {given.parts[0], given.parts[1]}};
    EXPECT_NE(pass(whole.substr(0, given.parts[0] + given.parts[1]), short_of_one).code, "");
}

TEST_F(SplitSet, APartAloneIsRefused) {
    ASSERT_TRUE(bench.run("7z a -v60k a.7z 報告.txt >/dev/null"));
    EXPECT_EQ(pass(bench.read("a.7z.001")).code, "archive.part");
    EXPECT_EQ(pass(tests::rar5({{"a.txt", "hello"}}, 1)).code, "archive.part");
    EXPECT_EQ(pass(tests::rar4({{"a.txt", "hello"}}, 1)).code, "archive.part");
}

TEST_F(SplitSet, Corpus) {
    const auto first = tests::corpus_file("clamav/unit_tests/input/other_scanfiles/zip/logos.z01");
    const auto last = tests::corpus_file("clamav/unit_tests/input/other_scanfiles/zip/logos.zip");
    if (!first || !last) return;
    const Bytes one = tests::read_whole(*first), two = tests::read_whole(*last);
    Given given{.name = "logos.zip", .parts = {one.size(), two.size()}};
    const Done done = pass(std::string(as_text(one)) + std::string(as_text(two)), given);
    EXPECT_EQ(done.code, "");
    EXPECT_GE(done.members.size(), 2U);
    EXPECT_EQ(pass(as_text(one)).code, "zip.spanned");
    if (const auto rar = tests::corpus_file("test_rar_multivolume_single_file.part1.rar")) {
        EXPECT_EQ(pass(as_text(tests::read_whole(*rar))).code, "archive.part");
    }
}

TEST(PartName, NamesOfParts) {
    const auto text = [](std::string_view name) {
        const auto part = part_name(name);
        return part ? part->whole + " " + std::to_string(part->number) : "";
    };
    EXPECT_EQ(text("a.7z.001"), "a.7z 1");
    EXPECT_EQ(text("報告.zip.012"), "報告.zip 12");
    EXPECT_EQ(text("a.Z01"), "a.zip 1");
    EXPECT_EQ(text("a.part1.rar"), "a.rar 1");
    EXPECT_EQ(text("a.part010.RAR"), "a.rar 10");
    EXPECT_EQ(text("a.r00"), "a.rar 2");
    for (const char* name : {"a.zip", "a.rar", "a.000", "a.part0.rar", "a.part.rar", "part1.rar", "a.z00", "001",
                             ".001", "a.1000", "a.txt"})
        EXPECT_EQ(text(name), "") << name;
}

} // namespace sekisho
