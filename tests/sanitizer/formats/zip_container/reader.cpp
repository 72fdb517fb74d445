#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/zip_container/raw_zip.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::RawMember;
using tests::RawZip;

// Opens and reads every member; the code of the first error, or "" when all is well.
std::string outcome(std::string_view zip, const Limits& limits = {}, ZipReader::Quirks* quirks = nullptr) {
    Budget budget(limits);
    const MemorySource source(as_view(zip));
    auto reader = ZipReader::open(source, budget);
    if (!reader) return reader.error().code;
    if (quirks) *quirks = reader->quirks();
    for (const ZipEntry& entry : reader->entries()) {
        auto whole = reader->read(entry);
        if (!whole) return whole.error().code;
        MemorySink pieces(1ULL << 30);
        if (auto done = reader->read_to(entry, pieces); !done) return done.error().code;
        if (pieces.bytes() != *whole) return "read and read_to differ";
    }
    return "";
}

RawMember member(std::string name, std::string content = "content") {
    RawMember made;
    made.name = std::move(name);
    made.content = std::move(content);
    return made;
}

RawZip one(std::function<void(RawMember&)> change = {}) {
    RawZip zip{.members = {member("a.txt", "some content that is here and here and here")}};
    if (change) change(zip.members[0]);
    return zip;
}

TEST(ZipReader, ReadsStoredDeflatedAndDescribedMembers) {
    RawZip zip{.members = {member("stored"), member("deflated", std::string(5000, 'x')), member("streamed"),
                           member("d/", "")}};
    zip.members[1].deflate = true;
    zip.members[2].descriptor = true;
    EXPECT_EQ(outcome(zip.build()), "");

    const std::string bytes = zip.build();
    Budget budget(Limits{});
    const MemorySource source(as_view(bytes));
    auto reader = ZipReader::open(source, budget);
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->entries().size(), 4U);
    EXPECT_EQ(as_text(*reader->read(*reader->find("deflated"))), std::string(5000, 'x'));
    EXPECT_EQ(reader->find("d/")->kind, ZipEntry::Kind::directory);
    EXPECT_EQ(reader->find("missing"), nullptr);
}

TEST(ZipReader, LargeMembersGoThroughTheStreamingPath) {
    std::string content;
    for (std::uint32_t i = 0; content.size() < (20U << 20); ++i) content += std::to_string(i * 2654435761U);
    RawZip zip{.members = {member("large", content), member("stored", content)}};
    zip.members[0].deflate = true;
    EXPECT_EQ(outcome(zip.build()), "");
    zip.members[0].central = zip.members[0].local = [](RawMember::Fields& fields) { fields.crc ^= 1; };
    EXPECT_EQ(outcome(zip.build()), "zip.crc");
    zip.members[0].central = zip.members[0].local = [](RawMember::Fields& fields) { --fields.unpacked; };
    EXPECT_EQ(outcome(zip.build()), "zip.size");
    zip.members[0].central = zip.members[0].local = [](RawMember::Fields& fields) { ++fields.unpacked; };
    EXPECT_EQ(outcome(zip.build()), "zip.size");
}

// A07
TEST(ZipReader, RefusesHeadersThatDisagree) {
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local_name = "b.txt"; }).build()), "zip.headers-disagree");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { f.method = 8; }; }).build()),
              "zip.headers-disagree");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { f.crc ^= 1; }; }).build()),
              "zip.headers-disagree");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { --f.packed; }; }).build()),
              "zip.headers-disagree");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { ++f.unpacked; }; }).build()),
              "zip.headers-disagree");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { f.flags |= 1; }; }).build()),
              "zip.headers-disagree");
    // Zero sizes are only right where a data descriptor follows.
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = [](auto& f) { f.packed = f.unpacked = 0; }; }).build()),
              "zip.headers-disagree");
}

TEST(ZipReader, RefusesAFalseDataDescriptor) {
    std::string bytes = one([](RawMember& m) { m.descriptor = true; }).build();
    const std::size_t at = bytes.find("PK\7\b");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 4] = static_cast<char>(bytes[at + 4] ^ 1);
    EXPECT_EQ(outcome(bytes), "zip.headers-disagree");
}

// A04
TEST(ZipReader, RefusesOverlaps) {
    RawZip zip{.members = {member("a"), member("a")}, .same_data_for_all = true};
    EXPECT_EQ(outcome(zip.build()), "zip.overlap");
    const auto longer = [](auto& f) {
        f.packed += 200;
        f.unpacked += 200;
    };
    EXPECT_EQ(outcome(one([&](RawMember& m) { m.local = m.central = longer; }).build()), "zip.overlap");
}

// A10
TEST(ZipReader, RefusesContentThatIsNotAsDeclared) {
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = m.central = [](auto& f) { f.crc ^= 1; }; }).build()), "zip.crc");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = m.central = [](auto& f) { ++f.unpacked; }; }).build()),
              "zip.size");
    const auto deflated_with = [](auto lie) {
        return one([&](RawMember& m) {
                   m.deflate = true;
                   m.local = m.central = lie;
               })
            .build();
    };
    EXPECT_EQ(outcome(deflated_with([](auto& f) { ++f.unpacked; })), "zip.size");
    EXPECT_EQ(outcome(deflated_with([](auto& f) { --f.unpacked; })), "zip.size");
    EXPECT_EQ(outcome(one([](RawMember& m) {
                          m.content = "\xff\xff\xff";
                          m.local = m.central = [](auto& f) { f.method = 8; };
                      }).build()),
              "input.damaged");
}

// A15
TEST(ZipReader, RefusesWhatItCannotRead) {
    EXPECT_EQ(outcome(one([](RawMember& m) { m.local = m.central = [](auto& f) { f.method = 14; }; }).build()),
              "zip.method");
    EXPECT_EQ(outcome(one([](RawMember& m) { m.flags = 1; }).build()), "input.encrypted");
    EXPECT_EQ(outcome(RawZip{.members = {member("a")}, .disk = 1}.build()), "zip.spanned");
    const std::string whole = one().build();
    EXPECT_EQ(outcome(whole.substr(0, whole.size() - 30)), "zip.directory-damaged");
    EXPECT_EQ(outcome(whole.substr(0, 10)), "zip.truncated");
    EXPECT_EQ(outcome(whole.substr(20)), "zip.directory-damaged");
    RawZip commented = one();
    commented.comment = "a comment";
    const std::string cut = commented.build();
    EXPECT_EQ(outcome(cut.substr(0, cut.size() - 3)), "zip.truncated");
}

TEST(ZipReader, PrefixSuffixGapsAndCommentsAreQuirks) {
    ZipReader::Quirks quirks;
    EXPECT_EQ(outcome(one().build(), {}, &quirks), "");
    EXPECT_FALSE(quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps);

    RawZip zip = one();
    zip.prefix = "#!/bin/sh\n";
    EXPECT_EQ(outcome(zip.build(), {}, &quirks), "");
    EXPECT_TRUE(quirks.bytes_before);
    zip.offsets_count_prefix = true;
    EXPECT_EQ(outcome(zip.build(), {}, &quirks), "");
    EXPECT_TRUE(quirks.bytes_before);

    zip = one();
    zip.suffix = "after";
    EXPECT_EQ(outcome(zip.build(), {}, &quirks), "");
    EXPECT_TRUE(quirks.bytes_after);
    zip = one();
    zip.gap = "gap";
    EXPECT_EQ(outcome(zip.build(), {}, &quirks), "");
    EXPECT_TRUE(quirks.gaps);
    zip = one();
    zip.comment = "hello";
    EXPECT_EQ(outcome(zip.build(), {}, &quirks), "");
    EXPECT_TRUE(quirks.comment);
}

TEST(ZipReader, AnArchiveInTheCommentStaysAComment) {
    RawZip zip = one();
    zip.comment = RawZip{.members = {member("inner")}}.build();
    const std::string bytes = zip.build();
    Budget budget(Limits{});
    const MemorySource source(as_view(bytes));
    auto reader = ZipReader::open(source, budget);
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->entries().size(), 1U);
    EXPECT_EQ(reader->entries()[0].raw_name, "a.txt");
    EXPECT_TRUE(reader->quirks().comment);
}

// Two directories, one where the record says and one right before it: two readers would list two archives.
TEST(ZipReader, RefusesTwoDirectories) {
    RawZip zip = one();
    std::string bytes = zip.build();
    const std::size_t directory = bytes.find("PK\1\2");
    const std::size_t end = bytes.find("PK\5\6");
    bytes.insert(end, bytes.substr(directory, end - directory));
    EXPECT_EQ(outcome(bytes), "zip.directory-damaged");
}

TEST(ZipReader, KeepsDuplicateNamesForTheCallerToDecide) {
    EXPECT_EQ(outcome(RawZip{.members = {member("a", "1"), member("a", "2")}}.build()), "");
}

TEST(ZipReader, KnowsLinksAndDevices) {
    RawZip zip{.members = {member("link", "/etc/passwd"), member("pipe", "")}};
    zip.members[0].attributes = 0120777U << 16;
    zip.members[1].attributes = 0010644U << 16;
    const std::string bytes = zip.build();
    Budget budget(Limits{});
    const MemorySource source(as_view(bytes));
    auto reader = ZipReader::open(source, budget);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->entries()[0].kind, ZipEntry::Kind::symlink);
    EXPECT_EQ(reader->entries()[1].kind, ZipEntry::Kind::device);
}

TEST(ZipReader, LimitsAreVerdicts) {
    RawZip bomb{.members = {member("zeros", std::string(40 << 20, '\0'))}};
    bomb.members[0].deflate = true;
    Limits limits;
    limits.ratio = 500;
    EXPECT_EQ(outcome(bomb.build(), limits), "limit.ratio");
    limits = {};
    limits.bytes_unpacked = 1 << 20;
    EXPECT_EQ(outcome(bomb.build(), limits), "limit.bytes");
    limits = {};
    limits.members = 2;
    EXPECT_EQ(outcome(RawZip{.members = {member("a"), member("b"), member("c")}}.build(), limits), "limit.members");
    limits = {};
    limits.bytes_in_memory = 10;
    EXPECT_EQ(outcome(one().build(), limits), "limit.bytes");
}

// Every byte of a small archive flipped and every length cut: an answer each time, never a crash or a hang.
TEST(ZipReader, SurvivesEveryFlipAndCut) {
    RawZip zip{.members = {member("a"), member("b", std::string(300, 'b'))}, .comment = "c"};
    zip.members[1].deflate = true;
    zip.members[0].descriptor = true;
    const std::string good = zip.build();
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const int bit : {0, 3, 7}) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            outcome(bad);
        }
        EXPECT_NE(outcome(good.substr(0, i)), "") << i;
    }
}

TEST(ZipReader, Corpus) {
    const auto expect = [](const std::string& part, const std::string& code) {
        const auto path = tests::corpus_file(part);
        if (!path) return;
        EXPECT_EQ(outcome(as_text(tests::read_whole(*path))), code) << *path;
    };
    expect("incons-local-filename-long.zip", "zip.headers-disagree");
    expect("libzip/incons-cdoffset.zip", "zip.directory-damaged");
    expect("test-documents-spanned.zip", "zip.spanned");
    expect("junk-at-start.zip", "");
    expect("zip-in-archive-comment.zip", "");
    expect("incons-gap-before-cd.zip", "");
    expect("test_read_format_zip_size_exceeds_declared_deflate.zip", "zip.size");
    expect("encrypt-aes256.zip", "input.encrypted");
    expect("PPMd.zip", "zip.method");
}

// Office files and archives of the corpus that other programs accept must open here as well.
TEST(ZipReader, CorpusTable) {
    std::size_t opened = 0, refused = 0;
    for (const char* extension :
         {".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".odt", ".epub", ".jar"}) {
        for (const std::string& path : tests::corpus_files(extension)) {
            const std::string code = outcome(as_text(tests::read_whole(path)));
            (code.empty() ? opened : refused) += 1;
            if (!code.empty()) printf("%-24s %s\n", code.c_str(), path.c_str());
        }
    }
    printf("%zu read whole, %zu refused\n", opened, refused);
    EXPECT_GE(opened, refused);
}

} // namespace
} // namespace sekisho
