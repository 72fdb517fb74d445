#include <gtest/gtest.h>

#include "sanitizer/formats/document_date/document_date.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using Seconds = std::optional<std::int64_t>;

constexpr std::int64_t morning = 1'711'927'800; // 2024-03-31T23:30:00Z, 1 April in Japan

Seconds saved(Type type, View document) {
    tests::Bench bench;
    const MemorySource source(document);
    return last_saved(Job{source, bench.out, type, bench.context});
}

Bytes package(std::string_view part, std::string_view content) {
    MemorySink out(1 << 20);
    ZipWriter zip(out);
    EXPECT_TRUE(zip.add(part, as_view(content)) && zip.finish());
    return out.take();
}

Seconds modified(std::string_view date) {
    return saved(Type::xlsx, package("docProps/core.xml", "<cp:coreProperties><dcterms:modified xsi:type=\"W3CDTF\">" +
                                                              std::string(date) + "</dcterms:modified></cp>"));
}

// A property set with a title and the time of the last save, in units of 100 ns since 1601.
Bytes compound_file(std::uint64_t file_time) {
    ByteWriter set;
    set.raw(Bytes(44)); // up to the place of the set
    for (const std::uint32_t number : {48U, 0U, 2U, 2U, 24U, 13U, 24U, 0x40U}) set.u32le(number);
    set.u64le(file_time);
    return tests::OleBuilder().build({tests::stream("\5SummaryInformation", set.take())});
}

} // namespace

TEST(DocumentDate, IsReadFromEveryKindOfDocument) {
    EXPECT_EQ(modified("2024-03-31T23:30:00Z"), morning);
    EXPECT_EQ(saved(Type::ods, package("meta.xml", "<office:meta><dc:date>2024-04-01T08:30:00.12</dc:date>")), morning);
    EXPECT_EQ(saved(Type::word_xml, as_view("<o:LastSaved>2024-03-31T23:30:00Z</o:LastSaved>")), morning);
    EXPECT_EQ(saved(Type::xls, compound_file((11'644'473'600ULL + morning) * 10'000'000)), morning);
}

TEST(DocumentDate, HasAZone) {
    EXPECT_EQ(modified("2024-04-01T08:30:00+09:00"), morning);
    EXPECT_EQ(modified("2024-03-31T18:00:00-05:30"), morning);
    EXPECT_EQ(modified("2024-04-01T08:30:00"), morning) << "as written on a desk in Japan";
}

TEST(DocumentDate, IsNothingIfItCannotBe) {
    for (const char* date : {"", "yesterday", "2024-02-30T00:00:00Z", "2024-1-1", "0001-01-01T00:00:00Z",
                             "9999-12-31T23:59:59Z", "-024-01-01T00:00:00Z"})
        EXPECT_EQ(modified(date), std::nullopt) << date;
    EXPECT_EQ(saved(Type::xls, compound_file(~0ULL)), std::nullopt);
    EXPECT_EQ(saved(Type::xls, as_view("no compound file")), std::nullopt);
    EXPECT_EQ(saved(Type::docx, as_view("no package")), std::nullopt);
    EXPECT_EQ(saved(Type::rtf, as_view("{\\rtf1}")), std::nullopt);
}

} // namespace sekisho
