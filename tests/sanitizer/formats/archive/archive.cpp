#include "sanitizer/formats/archive/archive.h"

#include <map>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/archive/members.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/zip_container/raw_zip.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::Bench;
using tests::RawMember;
using tests::RawZip;

// Stands for the formats: text passes (in capitals where it says so), archives recurse, all else is refused by type.
Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    const Context::File file(context, in, row_of(type).family == Family::archive);
    Job job{in, out, type, context};
    if (type == Type::zip) return archive::zip(job);
    if (type == Type::docx) {
        TRY(out.write("document"));
        return type;
    }
    if (type != Type::text && type != Type::csv) {
        return refuse(row_of(type).family == Family::executable ? Reason::type_executable : Reason::type_unsupported);
    }
    Bytes piece(64 * 1024);
    for (std::uint64_t at = 0; at < in.size();) {
        const std::size_t count = TRY(in.read_at(at, piece));
        TRY(out.write(View(piece).first(count)));
        at += count;
    }
    return type;
}

struct Outcome {
    std::string code; // "" when delivered
    std::vector<std::string> names;
    std::map<std::string, std::string> contents;
    Bytes bytes;
    std::string findings; // codes in order of first appearance, blank between
};

// Reads the output with another reader than the one under test where it matters (see verify); here: names and contents.
Outcome rebuild(std::string_view zip, const Limits& limits = {}) {
    Bench bench(Level::rebuild, limits, nested);
    Outcome outcome;
    const auto type = bench.run(archive::zip, Type::zip, as_view(zip));
    for (const Entry& entry : bench.report.entries()) {
        const std::string code(row_of(entry.finding).code);
        if (outcome.findings.find(code) == std::string::npos)
            outcome.findings += (outcome.findings.empty() ? "" : " ") + code;
    }
    if (!type) {
        outcome.code = type.error().code;
        return outcome;
    }
    EXPECT_EQ(*type, Type::zip);
    outcome.bytes = bench.out.take();
    Budget budget(Limits{});
    const MemorySource source(outcome.bytes);
    auto reader = ZipReader::open(source, budget);
    EXPECT_TRUE(reader);
    if (!reader) return outcome;
    EXPECT_FALSE(reader->quirks().bytes_before || reader->quirks().bytes_after || reader->quirks().comment ||
                 reader->quirks().gaps);
    for (const ZipEntry& entry : reader->entries()) {
        outcome.names.push_back(entry.raw_name);
        auto content = reader->read(entry);
        EXPECT_TRUE(content);
        if (content) outcome.contents[entry.raw_name] = as_text(*content);
    }
    return outcome;
}

RawMember member(std::string name, std::string content = "content") {
    RawMember made;
    made.name = std::move(name);
    made.content = std::move(content);
    return made;
}

using Names = std::vector<std::string>;

Names names_of(std::vector<std::string> raw, std::uint16_t flags = 0) {
    RawZip zip;
    for (std::string& name : raw) {
        zip.members.push_back(member(name));
        zip.members.back().flags = flags;
    }
    return rebuild(zip.build()).names;
}

std::string program() {
    return "MZ" + std::string(100, '\0');
}

TEST(Archive, MembersAreSanitisedOneByOne) {
    RawZip zip{.members = {member("資料/", ""), member("資料/a.txt", "hello"), member("b.csv", "1,2\n")}};
    zip.members[0].flags = zip.members[1].flags = 1 << 11;
    zip.members[2].deflate = true;
    const Outcome outcome = rebuild(zip.build());
    EXPECT_EQ(outcome.code, "");
    EXPECT_EQ(outcome.names, (Names{"資料/", "資料/a.txt", "b.csv"}));
    EXPECT_EQ(outcome.contents.at("資料/a.txt"), "hello");
    EXPECT_EQ(outcome.findings, "");
    EXPECT_EQ(outcome.bytes, rebuild(zip.build()).bytes) << "not deterministic";
}

// A18
TEST(Archive, ARefusedMemberBecomesANote) {
    const Outcome outcome = rebuild(RawZip{.members = {member("setup.exe", program()), member("ok.txt")}}.build());
    EXPECT_EQ(outcome.names, (Names{"setup.exe.blocked.txt", "ok.txt"}));
    const std::string& note = outcome.contents.at("setup.exe.blocked.txt");
    EXPECT_TRUE(note.starts_with("\xef\xbb\xbf"));
    EXPECT_NE(note.find("setup.exe"), note.npos);
    EXPECT_NE(note.find(row_of(Reason::type_executable).japanese), note.npos);
    EXPECT_NE(note.find(row_of(Reason::type_executable).help_english), note.npos);
    EXPECT_EQ(note.find("MZ"), note.npos);
    EXPECT_EQ(outcome.findings, "zip.member-refused");
}

TEST(Archive, TheExtensionSaysWhatTheContentIs) {
    RawZip package;
    package.members = {
        member("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                      "<Override PartName=\"/main.xml\" ContentType=\"application/"
                                      "vnd.ms-word.document.macroEnabled.main+xml\"/></Types>"),
        member("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                              "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                              "relationships/officeDocument\" Target=\"main.xml\"/></Relationships>"),
        member("main.xml", "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>")};
    const std::string docm = package.build();
    const Outcome outcome = rebuild(
        RawZip{.members = {member("evil.js", "just words"), member("m.docm", docm), member("photo.jpg", "words")}}
            .build());
    EXPECT_EQ(outcome.names, (Names{"evil.js.txt", "m.docx", "photo.jpg.txt"}));
    EXPECT_EQ(outcome.findings, "zip.extension");
}

// A05
TEST(Archive, PathsStayInside) {
    EXPECT_EQ(names_of({"/etc/passwd.txt"}), Names{"etc/passwd.txt"});
    EXPECT_EQ(names_of({"C:\\Windows\\a.txt"}), Names{"Windows/a.txt"});
    EXPECT_EQ(names_of({"\\\\server\\share\\a.txt"}), Names{"server/share/a.txt"});
    EXPECT_EQ(names_of({"a/./b/../c.txt"}), Names{"a/c.txt"});
    EXPECT_EQ(rebuild(RawZip{.members = {member("C:\\a.txt")}}.build()).findings, "zip.name");
    for (const char* name : {"../a.txt", "a/../../b.txt", "..\\..\\a.txt", "/../a", "C:..\\a.txt"})
        EXPECT_EQ(rebuild(RawZip{.members = {member("ok.txt"), member(name)}}.build()).code, "zip.traversal") << name;
}

// A06
TEST(Archive, LinksAndDevicesGo) {
    RawZip zip{.members = {member("link.txt", "/etc/passwd"), member("pipe", ""), member("ok.txt")}};
    zip.members[0].attributes = 0120777U << 16;
    zip.members[1].attributes = 0010644U << 16;
    const Outcome outcome = rebuild(zip.build());
    EXPECT_EQ(outcome.names, Names{"ok.txt"});
    EXPECT_EQ(outcome.findings, "zip.link");
    zip.members.pop_back();
    EXPECT_EQ(rebuild(zip.build()).code, "type.empty");
}

// A08
TEST(Archive, NamesAreUniqueWithoutRegardToCase) {
    const Outcome outcome = rebuild(
        RawZip{.members = {member("a.txt", "1"), member("A.TXT", "2"), member("a.txt", "3"), member("a (2).txt", "4")}}
            .build());
    EXPECT_EQ(outcome.names, (Names{"a.txt", "A (2).TXT", "a (3).txt", "a (2) (2).txt"}));
    EXPECT_EQ(outcome.findings, "zip.duplicate");
    // A file may not have the name of a folder; one that gets its name only by its type neither.
    EXPECT_EQ(names_of({"x.txt", "x.txt/y.txt"}), (Names{"x (2).txt", "x.txt/y.txt"}));
    EXPECT_EQ(names_of({"x", "x.txt"}), (Names{"x.txt", "x (2).txt"}));
    EXPECT_EQ(names_of({"d/", "D/", "d/a.txt"}), (Names{"d/", "d/a.txt"}));
}

// A09
TEST(Archive, OnlyMembersGetThrough) {
    RawZip zip{.members = {member("a.txt")}, .prefix = "PREFIX", .comment = "COMMENT", .gap = "GAP"};
    const Outcome outcome = rebuild(zip.build());
    EXPECT_EQ(outcome.findings, "zip.hidden-data");
    for (const char* hidden : {"PREFIX", "COMMENT", "GAP"})
        EXPECT_EQ(as_text(outcome.bytes).find(hidden), std::string_view::npos) << hidden;
    zip = {.members = {member("d/", "hidden in a folder"), member("a.txt")}};
    const Outcome folder = rebuild(zip.build());
    EXPECT_EQ(folder.findings, "zip.hidden-data");
    EXPECT_EQ(folder.contents.at("d/"), "");
}

// A11
TEST(Archive, OneEncryptedMemberRefusesAll) {
    RawZip zip{.members = {member("open.txt"), member("closed.txt")}};
    zip.members[1].flags = 1;
    const Outcome outcome = rebuild(zip.build());
    EXPECT_EQ(outcome.code, "input.encrypted");
    EXPECT_EQ(outcome.findings, "") << "nothing was decrypted";
    // One that would only be removed was not looked into either.
    zip.members[1].name = "Thumbs.db";
    EXPECT_EQ(rebuild(zip.build()).code, "input.encrypted");
}

// A12
TEST(Archive, LegacyNamesBecomeUtf8) {
    const std::string cp932 = "\x8f\x5a\x96\xaf\x95\x5b.txt", euc = "\xbd\xbb\xcc\xb1\xc9\xbc.txt"; // 住民票
    EXPECT_EQ(names_of({cp932}), Names{"住民票.txt"});
    EXPECT_EQ(names_of({euc}), Names{"住民票.txt"});
    EXPECT_EQ(names_of({"住民票.txt"}), Names{"住民票.txt"});            // UTF-8 without the flag
    EXPECT_EQ(names_of({"\x95\x5c\\\x83\x5c.txt"}), Names{"表/ソ.txt"}); // 0x5C within characters is no separator
    EXPECT_EQ(names_of({cp932, "\xb1\xb2\xb3.txt"}), (Names{"住民票.txt", "ｱｲｳ.txt"}));
    EXPECT_EQ(names_of({"caf\x82.txt"}), Names{"caf\u00e9.txt"}); // CP437
    EXPECT_EQ(names_of({cp932}, 1 << 11), Names{"住民票.txt"});   // a flag that lies
    const Outcome outcome = rebuild(RawZip{.members = {member(cp932)}}.build());
    EXPECT_EQ(outcome.findings, "zip.name-charset");
    EXPECT_NE(as_text(outcome.bytes).find("住民票"), std::string_view::npos);
    EXPECT_EQ(as_text(outcome.bytes).find(cp932), std::string_view::npos);
}

TEST(Archive, TheUnicodePathFieldWinsOnlyWithTheRightChecksum) {
    const auto with_field = [](std::uint32_t crc) {
        RawMember made = member("\x94.txt");
        ByteWriter extra;
        const std::string path = "\u00f6.txt";
        extra.u16le(0x7075);
        extra.u16le(static_cast<std::uint16_t>(5 + path.size()));
        extra.u8(1);
        extra.u32le(crc);
        extra.text(path);
        made.extra = extra.take();
        return rebuild(RawZip{.members = {made}}.build()).names;
    };
    EXPECT_EQ(with_field(tests::crc_of("\x94.txt")), Names{"\u00f6.txt"});
    EXPECT_NE(with_field(1), Names{"../x"});
}

// A13, T04
TEST(Archive, DangerousNamesAreRewritten) {
    EXPECT_EQ(names_of({"nul.txt", "a:b.txt", "dir. /x.txt", "a\u202Etxt.exe"}, 1 << 11),
              (Names{"_nul.txt", "a_b.txt", "dir/x.txt", "atxt.exe.txt"}));
    EXPECT_EQ(names_of({"か\u3099.txt"}), Names{"が.txt"});
    const Names names = names_of({std::string(1000, 'n') + ".txt"});
    ASSERT_EQ(names.size(), 1U);
    EXPECT_LE(names[0].size(), 255U);
    const Outcome outcome = rebuild(
        RawZip{.members = {member("__MACOSX/._a.txt"), member("a.txt"), member(".DS_Store"), member("d/Thumbs.db")}}
            .build());
    EXPECT_EQ(outcome.names, Names{"a.txt"});
    EXPECT_EQ(outcome.findings, "zip.litter");
}

TEST(Archive, PathsBeyondAllMeasureAreRefused) {
    const auto code_of = [](std::size_t folders, const std::string& folder) {
        std::string path;
        for (std::size_t i = 0; i < folders; ++i) path += folder + "/";
        return rebuild(RawZip{.members = {member(path + "a.txt")}}.build()).code;
    };
    EXPECT_EQ(code_of(31, "d"), "");
    EXPECT_EQ(code_of(33, "d"), "zip.name");
    EXPECT_EQ(code_of(10, std::string(200, 'd')), "");
    EXPECT_EQ(code_of(11, std::string(200, 'd')), "zip.name");
}

TEST(Archive, LimitsRefuseTheWholeArchive) {
    RawZip inner{.members = {member("a.txt")}};
    for (int i = 0; i < 5; ++i) inner = RawZip{.members = {member("inner.zip", inner.build())}};
    EXPECT_EQ(rebuild(inner.build()).code, "");
    for (int i = 0; i < 5; ++i) inner = RawZip{.members = {member("inner.zip", inner.build())}};
    EXPECT_EQ(rebuild(inner.build()).code, "limit.depth");

    Limits limits;
    limits.members = 10;
    RawZip many;
    for (int i = 0; i < 11; ++i) many.members.push_back(member(std::to_string(i) + ".txt"));
    EXPECT_EQ(rebuild(many.build(), limits).code, "limit.members");
    limits = {};
    limits.bytes_unpacked = 100;
    EXPECT_EQ(rebuild(RawZip{.members = {member("a.txt", std::string(101, 'a'))}}.build(), limits).code, "limit.bytes");
}

// Beyond 8 MiB a member goes through a memory file, beyond bytes_in_memory it is packed as it is read.
TEST(Archive, LargeMembersAreStreamed) {
    std::string content;
    while (content.size() < (10U << 20)) content += "行 " + std::to_string(content.size() * 2654435761U) + "\n";
    RawZip zip{.members = {member("large.txt", content)}};
    zip.members[0].deflate = true;
    EXPECT_EQ(rebuild(zip.build()).contents.at("large.txt"), content);
    Limits limits;
    limits.bytes_in_memory = 1 << 20;
    EXPECT_EQ(rebuild(zip.build(), limits).contents.at("large.txt"), content);
}

TEST(Archive, AMemberThatEndsTooEarlyEndsTheArchive) {
    auto file = make_memory_file("member");
    ASSERT_TRUE(file);
    ASSERT_TRUE(write_all(*file, Bytes(100'000, 'a')));
    const int descriptor = file->get();
    const auto member = FileSource::of(std::move(*file));
    ASSERT_TRUE(member);
    ASSERT_EQ(ftruncate(descriptor, 50'000), 0);
    Limits limits;
    limits.bytes_in_memory = 10'000;
    limits.seconds = 1;
    Bench bench(Level::rebuild, limits);
    archive::MemberWriter writer(bench.context, bench.out);
    const auto done = writer.file(*archive::clean_path("a.txt", false), Type::text, *member);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "internal");
}

// A03. A quine is no sample to make in a test; what gives it away is an archive whose bytes are those around it.
TEST(Archive, AnArchiveThatHoldsItselfIsRefused) {
    const Limits limits;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    const std::string bytes = RawZip{.members = {member("a.txt")}}.build(), copy = bytes;
    const MemorySource outer(as_view(bytes)), inner(as_view(copy)), other(as_view(copy).first(copy.size() - 1));
    MemorySink out(limits.bytes_out);
    const Context::File file(context, outer, true);
    EXPECT_EQ(context.sanitize_nested(inner, out, "a.zip").error().code, "archive.repeats");
    EXPECT_NE(context.sanitize_nested(other, out, "a.zip").error().code, "archive.repeats");
}

TEST(Archive, Corpus) {
    const auto outcome = [](const std::string& part) {
        const auto path = tests::corpus_file(part);
        if (!path) {
            Outcome none;
            none.code = "no corpus";
            return none;
        }
        return rebuild(as_text(tests::read_whole(*path)));
    };
    const auto expect = [&](const std::string& part, const std::string& code, const std::string& finding) {
        const Outcome result = outcome(part);
        if (result.code == "no corpus") return;
        EXPECT_EQ(result.code, code) << part;
        EXPECT_NE(result.findings.find(finding), std::string::npos) << part << ": " << result.findings;
    };
    expect("zip-slip.zip", "zip.traversal", "");
    expect("zip-slip-win.zip", "zip.traversal", "");
    expect("clam.zip", "", "zip.member-refused");
    expect("Zipped JPEG and EXE.zip", "", "zip.member-refused");
    expect("etc_passwd.zip", "type.empty", "zip.link");
    expect("filename_duplicate.zip", "", "zip.duplicate");
    expect("zip-in-archive-comment.zip", "", "zip.hidden-data");
    expect("test_mixedcrypto.zip", "input.encrypted", "");
    expect("test_read_format_zip_filename_cp932.zip", "", "zip.name-charset");
    expect("droste.zip", "archive.repeats", "");
    expect("weird_names.zip", "", "zip.name");
    for (const std::string& path : tests::corpus_files(".zip")) {
        const Outcome result = rebuild(as_text(tests::read_whole(path)));
        printf("%-22s %3zu members  %-50s %s\n", result.code.empty() ? "delivered" : result.code.c_str(),
               result.names.size(), result.findings.c_str(), path.substr(path.rfind('/') + 1).c_str());
        for (std::size_t i = 0; i < result.names.size() && i < 4; ++i) printf("      %s\n", result.names[i].c_str());
    }
}

} // namespace
} // namespace sekisho
