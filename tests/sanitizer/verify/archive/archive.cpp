#include "sanitizer/verify/archive/archive.h"

#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/archive/name.h"
#include "tests/sanitizer/formats/zip_container/raw_zip.h"

namespace sekisho {
namespace {

using tests::RawMember;
using tests::RawZip;

// Stands for verify::file: refuses content that contains "bad".
Result<> member(Type type, const Source& content, const Limits& limits) {
    if (type == Type::zip) return verify::zip(content, limits, member);
    const View view = TRY(content.whole(1ULL << 30));
    if (as_text(view).find("bad") != std::string_view::npos) return refuse(Reason::verify_text_control);
    return {};
}

std::string outcome(std::string_view bytes, const Limits& limits = {}) {
    const MemorySource source(as_view(bytes));
    const auto done = verify::zip(source, limits, member);
    return done ? "" : done.error().code;
}

std::string written(const std::vector<std::pair<std::string, std::string>>& members, bool streamed = false) {
    MemorySink out(1ULL << 30);
    ZipWriter writer(out);
    for (const auto& [name, content] : members) {
        if (name.ends_with('/')) {
            EXPECT_TRUE(writer.add_directory(name));
        } else if (streamed) {
            EXPECT_TRUE((*writer.begin_member(name))->write(content));
            EXPECT_TRUE(writer.end_member());
        } else {
            EXPECT_TRUE(writer.add(name, as_view(content)));
        }
    }
    EXPECT_TRUE(writer.finish());
    return std::string(as_text(out.bytes()));
}

const std::string long_text(5000, 'a');

TEST(VerifyArchive, AcceptsWhatOurWriterWrites) {
    EXPECT_EQ(outcome(written({{"資料/", ""}, {"資料/a.txt", long_text}, {"b.pdf", "x"}, {"c.TSV", ""}})), "");
    EXPECT_EQ(outcome(written({{"a.txt", long_text}, {"b.txt", ""}}, true)), "");
    EXPECT_EQ(outcome(written({{"inner.zip", written({{"a.txt", "x"}})}})), "");
    std::vector<std::pair<std::string, std::string>> many;
    for (int i = 0; i < 66'000; ++i) many.emplace_back(std::to_string(i) + ".txt", "x");
    EXPECT_EQ(outcome(written(many)), ""); // ZIP64
}

TEST(VerifyArchive, EveryMemberIsVerifiedByItsKind) {
    EXPECT_EQ(outcome(written({{"a.txt", "good"}, {"b.csv", "bad"}})), "verify.text.control");
    EXPECT_EQ(outcome(written({{"inner.zip", written({{"a.txt", "bad"}})}})), "verify.text.control");
    EXPECT_EQ(outcome(written({{"inner.zip", "no archive"}})), "verify.zip.shape");
    for (const char* name : {"a.exe", "a", "a.txt.js", "a.docm", "a.hta"})
        EXPECT_EQ(outcome(written({{name, "x"}})), "verify.zip.kind") << name;
}

TEST(VerifyArchive, NamesMustBeClean) {
    for (const char* name : {"/a.txt", "../a.txt", "a/../b.txt", "a//b.txt", "./a.txt", "C:a.txt", "a\\b.txt",
                             "nul.txt", "COM1.txt", "a\u202Eb.txt", "a\u200Bb.txt", "か\u3099.txt", "\xff.txt",
                             " a.txt", "dir./a.txt", "a\x01.txt", "\x8f\x5a.txt"})
        EXPECT_EQ(outcome(written({{name, "x"}})), "verify.zip.name") << name;
    EXPECT_EQ(outcome(written({{"a.txt", "x"}, {"A.TXT", "x"}})), "verify.zip.name");
    EXPECT_EQ(outcome(written({{"a.txt", "x"}, {"a.txt/b.txt", "x"}})), "verify.zip.name");
    EXPECT_EQ(outcome(written({{"d/", ""}, {"d/", ""}})), "verify.zip.name");
    EXPECT_EQ(outcome(written({{"d/", ""}, {"D/a.txt", ""}})), "");
}

// What no writer of ours writes, one thing at a time, from a foreign archive that any program opens.
TEST(VerifyArchive, ForeignFieldsAreRefused) {
    const auto foreign = [](auto change) {
        RawMember made;
        made.name = "a.txt";
        made.content = "content";
        RawZip zip{.members = {made}};
        change(zip);
        return outcome(zip.build());
    };
    EXPECT_EQ(foreign([](RawZip&) {}), "verify.zip.field"); // made by Unix
    EXPECT_EQ(foreign([](RawZip& zip) { zip.prefix = "MZ"; }), "verify.zip.shape");
    EXPECT_EQ(foreign([](RawZip& zip) { zip.comment = "c"; }), "verify.zip.field");
}

TEST(VerifyArchive, EveryByteIsAccountedFor) {
    const std::string good = written({{"a.txt", long_text}, {"d/", ""}, {"d/b.txt", "stored"}});
    ASSERT_EQ(outcome(good), "");
    EXPECT_NE(outcome("x" + good), "");
    EXPECT_NE(outcome(good + "x"), "");
    EXPECT_NE(outcome(good + good), "");
    // Within a deflate stream some bits mean nothing: there, only the content counts.
    const std::size_t data = 30 + 5, data_end = good.find("PK\3\4", data);
    for (std::size_t i = 0; i < good.size(); ++i) {
        EXPECT_NE(outcome(good.substr(0, i)), "") << "cut at " << i;
        if (i > data && i < data_end) continue;
        std::string inserted = good;
        inserted.insert(i, 1, 'x');
        EXPECT_NE(outcome(inserted), "") << "byte inserted at " << i;
        for (int bit = 0; bit < 8; ++bit) {
            std::string flipped = good;
            flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
            EXPECT_NE(outcome(flipped), "") << "bit " << bit << " of byte " << i;
        }
    }
}

// Bytes behind the deflate stream but within the packed size, with headers that agree.
TEST(VerifyArchive, NothingHidesBehindADeflateStream) {
    std::string bytes = written({{"a.txt", long_text}});
    const std::size_t directory = bytes.find("PK\1\2"), end = bytes.find("PK\5\6");
    const auto add_one = [&](std::size_t at) { bytes[at] = static_cast<char>(bytes[at] + 1); };
    add_one(18);             // packed size, local
    add_one(directory + 20); // packed size, central
    add_one(end + 16);       // offset of the directory
    bytes.insert(directory, 1, 'x');
    EXPECT_EQ(outcome(bytes), "verify.zip.content");
}

TEST(VerifyArchive, LimitsHold) {
    Limits limits;
    limits.depth = 1;
    EXPECT_EQ(outcome(written({{"a.txt", "x"}}), limits), "");
    EXPECT_EQ(outcome(written({{"inner.zip", written({{"a.txt", "x"}})}}), limits), "limit.depth");
    limits = {};
    limits.bytes_unpacked = 10;
    EXPECT_EQ(outcome(written({{"a.txt", long_text}}), limits), "limit.bytes");
    limits = {};
    limits.members = 1;
    EXPECT_EQ(outcome(written({{"a.txt", "x"}, {"b.txt", "x"}}), limits), "limit.members");
    EXPECT_EQ(outcome(written({})), "verify.zip.shape");
}

} // namespace
} // namespace sekisho
