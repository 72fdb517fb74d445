// Every kind of archive that is no ZIP, made by the programs that people use.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::Done;
using tests::pass;
using tests::Workbench;

const std::string program = "MZ" + std::string(100, '\0');

class ForeignArchive : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
    void SetUp() override {
        bench.write("資料/報告.txt", "住民票\n");
        bench.write("資料/setup.exe", program);
        bench.write("表.csv", "a,b\n");
    }
    void expect_all(const Done& done) {
        EXPECT_EQ(done.code, "");
        EXPECT_EQ(done.type, "zip");
        EXPECT_TRUE(done.found("archive.repacked")) << done.findings;
        EXPECT_TRUE(done.found("zip.member-refused")) << done.findings;
        EXPECT_EQ(done.members.contains("資料/報告.txt"), true);
        if (done.members.contains("資料/報告.txt")) {
            EXPECT_EQ(done.members.at("資料/報告.txt"), "住民票\n");
        }
        EXPECT_TRUE(done.members.contains("表.csv"));
        ASSERT_TRUE(done.members.contains("資料/setup.exe.blocked.txt"));
        EXPECT_THAT(done.members.at("資料/setup.exe.blocked.txt"), HasSubstr("type.executable"));
        for (const auto& [name, content] : done.members) EXPECT_EQ(content.find(program), content.npos) << name;
    }
    Workbench bench;
};

// A16
TEST_F(ForeignArchive, SevenZip) {
    for (const char* options :
         {"", "-m0=lzma", "-m0=lzma2", "-m0=bzip2", "-m0=ppmd", "-m0=deflate", "-ms=off", "-mhc=off", "-m0=copy"}) {
        ASSERT_TRUE(bench.run("rm -f a.7z; 7z a " + std::string(options) + " a.7z 資料 表.csv >/dev/null")) << options;
        SCOPED_TRACE(options);
        expect_all(pass(bench.read("a.7z")));
    }
}

TEST_F(ForeignArchive, Tar) {
    for (const char* format : {"ustar", "gnu", "pax", "v7"}) {
        ASSERT_TRUE(bench.run("tar --format=" + std::string(format) + " -cf a.tar 資料 表.csv"));
        SCOPED_TRACE(format);
        const Done done = pass(bench.read("a.tar"));
        expect_all(done);
        EXPECT_FALSE(done.found("zip.hidden-data"));
    }
}

TEST_F(ForeignArchive, PackedTar) {
    for (const char* option : {"-z", "-j", "-J", "--zstd"}) {
        ASSERT_TRUE(bench.run("tar " + std::string(option) + " -cf a.packed 資料 表.csv"));
        SCOPED_TRACE(option);
        const Done done = pass(bench.read("a.packed"));
        expect_all(done);
        EXPECT_TRUE(done.found("archive.unpacked"));
    }
}

TEST_F(ForeignArchive, Cab) {
    bench.write("a.txt", "hello\n");
    bench.write("setup.exe", program);
    for (const char* option : {"-z", ""}) {
        ASSERT_TRUE(bench.run("rm -f a.cab; gcab -c " + std::string(option) + " a.cab a.txt setup.exe 表.csv"));
        const Done done = pass(bench.read("a.cab"));
        EXPECT_EQ(done.code, "");
        EXPECT_THAT(done.names(), ElementsAre("a.txt", "setup.exe.blocked.txt", "表.csv"));
        EXPECT_EQ(done.members.at("a.txt"), "hello\n");
        EXPECT_FALSE(done.found("zip.hidden-data"));
    }
}

TEST_F(ForeignArchive, RarAndLzh) {
    const std::vector<tests::Stored> members{
        {"資料/報告.txt", "住民票\n"}, {"資料/setup.exe", program}, {"表.csv", "a,b\n"}};
    expect_all(pass(tests::rar4(members)));
    expect_all(pass(tests::rar5(members)));
    expect_all(pass(tests::lzh(members)));
}

// A12
TEST_F(ForeignArchive, JapaneseNamesBecomeUtf8) {
    const std::string cp932 = "\x8f\x5a\x96\xaf\x95\x5b.txt", euc = "\xbd\xbb\xcc\xb1\xc9\xbc.txt"; // 住民票
    for (const std::string& name : {cp932, euc}) {
        const Done made = pass(tests::lzh({{name, "hello"}}));
        EXPECT_THAT(made.names(), ElementsAre("住民票.txt"));
        EXPECT_TRUE(made.found("zip.name-charset"));
        EXPECT_THAT(pass(tests::rar4({{name, "hello"}})).names(), ElementsAre("住民票.txt"));
        bench.write(name, "hello");
        ASSERT_TRUE(bench.run("tar -cf a.tar *.txt; rm *.txt"));
        EXPECT_THAT(pass(bench.read("a.tar")).names(), ElementsAre("住民票.txt"));
    }
    // 0x5C is half of a character as often as it is a separator.
    EXPECT_THAT(pass(tests::lzh({{"\x95\x5c\\\x83\x5c.txt", "hello"}})).names(), ElementsAre("表/ソ.txt"));
}

// A05, A08, A13
TEST_F(ForeignArchive, NamesAreCleanAndUnique) {
    for (const char* name : {"../a.txt", "a/../../b.txt", "/../a", "..\\a.txt"}) {
        EXPECT_EQ(pass(tests::rar5({{"ok.txt", "ok"}, {name, "x"}})).code, "zip.traversal") << name;
        EXPECT_EQ(pass(tests::lzh({{"ok.txt", "ok"}, {name, "x"}})).code, "zip.traversal") << name;
    }
    const Done done = pass(tests::rar5({{"nul.txt", "1"},
                                        {"a.txt:hidden", "2"},
                                        {"/etc/x.txt", "3"},
                                        {"C:\\w\\y.txt", "4"},
                                        {"x.txt", "5"},
                                        {"X.TXT", "6"},
                                        {"a\u202Etxt.exe", "7"},
                                        {"__MACOSX/._a.txt", "8"}}));
    EXPECT_THAT(done.names(), testing::UnorderedElementsAre("_nul.txt", "a.txt_hidden.txt", "etc/x.txt", "w/y.txt",
                                                            "x.txt", "X (2).TXT", "atxt.exe.txt"));
    for (const char* finding : {"zip.name", "zip.duplicate", "zip.litter", "zip.extension"})
        EXPECT_TRUE(done.found(finding)) << finding << " in " << done.findings;
}

// A06
TEST_F(ForeignArchive, LinksAndDevicesGo) {
    ASSERT_TRUE(bench.run("ln -s /etc/passwd link.txt; ln 表.csv hard.csv; mkfifo pipe; "
                          "tar -cf a.tar link.txt 表.csv hard.csv pipe"));
    const Done tar = pass(bench.read("a.tar"));
    EXPECT_THAT(tar.names(), ElementsAre("表.csv"));
    EXPECT_TRUE(tar.found("zip.link"));
    ASSERT_TRUE(bench.run("7z a -snl a.7z link.txt 表.csv >/dev/null"));
    const Done seven = pass(bench.read("a.7z"));
    EXPECT_THAT(seven.names(), ElementsAre("表.csv"));
    EXPECT_TRUE(seven.found("zip.link"));
    EXPECT_EQ(pass(tests::rar5_link("link.txt", "/etc/passwd")).code, "type.empty");
}

// A09
TEST_F(ForeignArchive, OnlyMembersGetThrough) {
    ASSERT_TRUE(bench.run("tar -cf a.tar 表.csv; 7z a a.7z 表.csv >/dev/null; gcab -c a.cab 表.csv"));
    for (const std::string& archive :
         {bench.read("a.tar"), bench.read("a.7z"), bench.read("a.cab"), tests::rar5({{"a.txt", "hello"}}),
          tests::rar4({{"a.txt", "hello"}}), tests::lzh({{"a.txt", "hello"}})}) {
        const Done done = pass(archive + "HIDDEN DATA");
        EXPECT_EQ(done.code, "");
        EXPECT_TRUE(done.found("zip.hidden-data")) << as_text(as_view(archive)).substr(0, 4);
        EXPECT_EQ(done.bytes.find("HIDDEN"), std::string::npos);
        EXPECT_FALSE(pass(archive).found("zip.hidden-data")) << as_text(as_view(archive)).substr(0, 4);
    }
}

TEST_F(ForeignArchive, TwoReadingsAreRefused) {
    ASSERT_TRUE(bench.run("zip -q b.zip 表.csv; tar -cf a.tar 資料; cat a.tar b.zip > tar.both"));
    EXPECT_EQ(pass(bench.read("tar.both")).code, "type.ambiguous");
    EXPECT_EQ(pass(tests::rar5({{"a.txt", "hello"}}) + bench.read("b.zip")).code, "type.ambiguous");
}

// A sfx is a program.
TEST_F(ForeignArchive, SelfExtractingIsAProgram) {
    EXPECT_EQ(pass(program + tests::rar5({{"a.txt", "hello"}})).code, "type.executable");
}

// A20: what is packed takes the place of the packing.
TEST_F(ForeignArchive, OnePackedFile) {
    bench.write("report.csv", "=1+1,x\n");
    for (const char* program_name : {"gzip", "bzip2", "xz", "zstd -q"}) {
        ASSERT_TRUE(bench.run(std::string(program_name) + " -c report.csv > packed"));
        const Done done = pass(bench.read("packed"), {.name = "report.csv.gz"});
        EXPECT_EQ(done.type, "csv") << program_name;
        EXPECT_TRUE(done.found("archive.unpacked"));
        EXPECT_TRUE(done.found("csv.formula"));
        EXPECT_EQ(pass(bench.read("packed"), {.name = "report.txt.gz"}).type, "text");
    }
    ASSERT_TRUE(bench.run("gzip -c report.csv > one; cat one one > two; cp one trailing; echo hidden >> trailing"));
    EXPECT_EQ(pass(bench.read("two"), {.name = "a.txt.gz"}).bytes.find("=1+1,x\n=1+1,x\n"), 0U);
    const Done trailing = pass(bench.read("trailing"), {.name = "a.txt.gz"});
    EXPECT_TRUE(trailing.found("zip.hidden-data"));
    EXPECT_EQ(trailing.bytes.find("hidden"), std::string::npos);
    ASSERT_TRUE(
        bench.run("head -c 30 one > cut; gzip -c </dev/null > nothing; seq 90000 | gzip -c | head -c 90000 > half"));
    EXPECT_EQ(pass(bench.read("cut")).code, "archive.damaged");
    EXPECT_EQ(pass(bench.read("nothing")).code, "archive.damaged");
    EXPECT_EQ(pass(bench.read("half")).code, "archive.part");
    bench.write("setup.exe", program);
    ASSERT_TRUE(bench.run("gzip -c setup.exe > program"));
    EXPECT_EQ(pass(bench.read("program")).code, "type.executable");
}

// Within a ZIP it has a name, which follows the content.
TEST_F(ForeignArchive, NestedInAZip) {
    ASSERT_TRUE(bench.run("gzip -k 表.csv; tar -czf b.tar.gz 表.csv; 7z a c.7z 表.csv >/dev/null; "
                          "zip -q a.zip 表.csv.gz b.tar.gz c.7z"));
    const Done done = pass(bench.read("a.zip"));
    EXPECT_THAT(done.names(), testing::UnorderedElementsAre("表.csv", "b.zip", "c.zip"));
}

TEST_F(ForeignArchive, DamageIsRefused) {
    ASSERT_TRUE(bench.run("7z a -m0=copy a.7z 表.csv >/dev/null"));
    std::string damaged = bench.read("a.7z");
    damaged[33] = static_cast<char>(damaged[33] ^ 1); // in the stored content
    EXPECT_EQ(pass(damaged).code, "archive.damaged");
    std::string lzh = tests::lzh({{"a.txt", "hello"}});
    lzh[lzh.size() - 2] = 'x';
    EXPECT_EQ(pass(lzh).code, "archive.damaged");
    // libarchive 3.6 would deliver these.
    for (std::string rar : {tests::rar4({{"a.txt", "hello"}}), tests::rar5({{"a.txt", "hello"}})}) {
        rar[rar.find("hello")] = 'j';
        EXPECT_EQ(pass(rar).code, "archive.damaged");
    }
    EXPECT_EQ(pass(tests::rar5({{"a.txt", "hello", true, false}})).code, "archive.checksum");
    EXPECT_EQ(pass(tests::rar5({{"a.txt", "hello"}, {"empty.txt", "", true, false}})).names().size(), 2U);
    EXPECT_EQ(pass("RE~^" + std::string(40, '\1')).code, "archive.method");
}

} // namespace
} // namespace sekisho
