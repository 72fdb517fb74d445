// Compound files made here: the streams and records that are told of, and the kinds that they make a file.
#include <memory>

#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/legacy/look.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/support/corpus.h"

namespace sekisho::legacy {

namespace {

using tests::Bench;
using tests::OleBuilder;
using tests::OleNode;
using tests::storage;
using tests::stream;

Bytes file_of(const std::vector<OleNode>& nodes) {
    return OleBuilder().build(nodes);
}

Type detected(const Bytes& document) {
    Budget budget{Limits{}};
    const auto type = detect(MemorySource(document), "", budget);
    return type ? *type : Type::unknown;
}

// FibBase: magic, version, and its flags at 10.
Bytes word_text(std::string_view text, char version = '\xC1', char flags = 0) {
    std::string content(32, '\0');
    content[0] = '\xEC';
    content[1] = '\xA5';
    content[2] = version;
    content[11] = flags;
    content += text;
    return to_bytes(content);
}

Bytes record(std::uint16_t type, std::initializer_list<int> values) {
    Bytes bytes{static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(type >> 8),
                static_cast<std::uint8_t>(values.size()), 0};
    for (const int value : values) bytes.push_back(static_cast<std::uint8_t>(value));
    return bytes;
}

Bytes workbook(const std::vector<Bytes>& records) {
    Bytes content = record(0x0809, {0x00, 0x06, 0x05, 0x00});
    for (const Bytes& one : records) content.insert(content.end(), one.begin(), one.end());
    return content;
}

Bytes slides(std::uint8_t type, std::uint8_t type_high) {
    // a container around a container of that type
    return {0x0F, 0, 0xE8, 0x03, 16, 0, 0, 0, 0x0F, 0, type, type_high, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
}

// VBAInfoAtom; its second number says whether there are any.
Bytes slide_macros(std::uint8_t has) {
    return {2, 0, 0x00, 0x04, 12, 0, 0, 0, 1, 0, 0, 0, has, 0, 0, 0, 2, 0, 0, 0};
}

struct Looked {
    Bench bench;
    Result<Seen> seen = Seen{};
};

std::unique_ptr<Looked> looked_at(const Bytes& document, Type type) {
    auto looked = std::make_unique<Looked>();
    const MemorySource source(document);
    Job job{source, looked->bench.out, type, looked->bench.context};
    looked->seen = look(job);
    return looked;
}

struct Row {
    std::string name;
    Type type;
    std::vector<OleNode> nodes;
    Finding finding;
};

std::vector<Row> rows() {
    const OleNode letter = stream("WordDocument", word_text("text"));
    const OleNode book = stream("Workbook", workbook({}));
    return {
        {"WordMacro", Type::doc, {letter, storage("Macros", {})}, Finding::ole_word_macro},
        {"ExcelMacro", Type::xls, {book, storage("_VBA_PROJECT_CUR", {})}, Finding::ole_excel_macro},
        {"MacroSheet",
         Type::xls,
         {stream("Workbook", workbook({record(0x85, {0, 0, 0, 0, 0, 1, 1, 0, 'a'})}))},
         Finding::ole_xlm_macro},
        {"AutomaticName",
         Type::xls,
         {stream("Workbook", workbook({record(0x18, {0x20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})}))},
         Finding::ole_xlm_macro},
        {"SlideMacro", Type::ppt, {stream("PowerPoint Document", slide_macros(1))}, Finding::ole_powerpoint_macro},
        {"Object",
         Type::doc,
         {letter, storage("ObjectPool", {storage("_1", {stream("x", {1})})})},
         Finding::ole_embedding},
        {"Package", Type::doc, {letter, storage("x", {stream("\1Ole10Native", {1, 2})})}, Finding::ole_embedding},
        {"SlideObject", Type::ppt, {stream("PowerPoint Document", slides(0xCC, 0x0F))}, Finding::ole_embedding},
        {"Equation", Type::doc, {letter, storage("x", {stream("Equation Native", {1, 2})})}, Finding::ole_equation},
        {"DdeField",
         Type::doc,
         {stream("WordDocument", word_text("\x13 DDEAUTO c:\\x \x14y\x15"))},
         Finding::ole_dde_field},
        {"WideDdeField",
         Type::doc,
         {stream("WordDocument", word_text(std::string_view("\x13\0 \0d\0d\0e\0 \0", 12)))},
         Finding::ole_dde_field},
        {"SupBook",
         Type::xls,
         {stream("Workbook", workbook({record(0x1AE, {1, 0, 5, 0, 0, 'a'})}))},
         Finding::ole_external_link},
        {"Query", Type::xls, {stream("Workbook", workbook({record(0xDC, {0, 0})}))}, Finding::ole_external_link},
        {"Control", Type::xls, {book, stream("Ctls", {1})}, Finding::ole_activex},
        {"OldWord", Type::doc, {stream("WordDocument", word_text("text", 0x68))}, Finding::ole_old_version},
        {"Signature", Type::doc, {letter, storage("_xmlsignatures", {})}, Finding::ole_signature},
    };
}

class CompoundRows : public testing::TestWithParam<Row> {};

} // namespace

TEST_P(CompoundRows, AreTold) {
    const Bytes document = file_of(GetParam().nodes);
    EXPECT_EQ(detected(document), GetParam().type);
    const auto looked = looked_at(document, GetParam().type);
    ASSERT_TRUE(looked->seen) << to_line(looked->seen.error());
    EXPECT_TRUE(looked->bench.found(GetParam().finding));
    EXPECT_EQ(looked->bench.report.entries().size(), 1U) << "more than that is told";
}

INSTANTIATE_TEST_SUITE_P(, CompoundRows, testing::ValuesIn(rows()), [](const auto& info) { return info.param.name; });

TEST(CompoundLook, OwnSheetsAndAddInsAreNoLinks) {
    const auto own = record(0x1AE, {3, 0, 0x01, 0x04}), functions = record(0x1AE, {1, 0, 0x01, 0x3A});
    const auto looked = looked_at(file_of({stream("Workbook", workbook({own, functions}))}), Type::xls);
    EXPECT_TRUE(looked->bench.report.entries().empty());
}

TEST(CompoundLook, APresentationThatCouldHaveMacrosHasNone) {
    const auto looked = looked_at(file_of({stream("PowerPoint Document", slide_macros(0))}), Type::ppt);
    EXPECT_TRUE(looked->bench.report.entries().empty());
}

TEST(CompoundLook, EncryptionIsSeenInAllThree) {
    EXPECT_TRUE(looked_at(file_of({stream("WordDocument", word_text("x", '\xC1', 1))}), Type::doc)->seen->encrypted);
    EXPECT_TRUE(looked_at(file_of({stream("Workbook", workbook({record(0x2F, {1, 0})}))}), Type::xls)->seen->encrypted);
    const Bytes user{0, 0, 0xF6, 0x0F, 20, 0, 0, 0, 20, 0, 0, 0, 0xDF, 0xC4, 0xD1, 0xF3};
    const Bytes ppt = file_of({stream("PowerPoint Document", slides(0, 0)), stream("Current User", user)});
    EXPECT_TRUE(looked_at(ppt, Type::ppt)->seen->encrypted);
}

TEST(CompoundLook, RecordsThatEndBehindTheStreamAreReadToTheEnd) {
    EXPECT_TRUE(looked_at(file_of({stream("Workbook", {0x09, 0x08, 0xFF, 0xFF, 0})}), Type::xls)->seen);
    EXPECT_TRUE(
        looked_at(file_of({stream("PowerPoint Document", {0, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1})}), Type::ppt)->seen);
    EXPECT_FALSE(looked_at(file_of({stream("WordDocument", {0xEC})}), Type::doc)->seen);
}

TEST(CompoundLook, ADocumentWithoutItsStreamIsDamaged) {
    for (const Type type : {Type::doc, Type::xls, Type::ppt}) {
        const auto looked = looked_at(file_of({stream("Other", {1, 2})}), type);
        ASSERT_FALSE(looked->seen) << row_of(type).name;
        EXPECT_EQ(reason_of(looked->seen.error()), Reason::ole_damaged) << row_of(type).name;
    }
}

TEST(CompoundKinds, ADocumentInsideOfAnotherDoesNotSayWhatTheWholeIs) {
    const OleNode sheet = storage("ObjectPool", {storage("_1", {stream("Workbook", workbook({}))})});
    EXPECT_EQ(detected(file_of({sheet, stream("WordDocument", word_text("x"))})), Type::doc);
    EXPECT_EQ(detected(file_of({sheet})), Type::ole);
}

// Only a package has no other name; the older kinds stay what they are, and are opened with a password.
TEST(CompoundKinds, AnEncryptedPresentationIsAPresentation) {
    EXPECT_EQ(detected(file_of({stream("EncryptedSummary", {1}), stream("PowerPoint Document", slides(0, 0))})),
              Type::ppt);
}

TEST(CompoundKinds, TwoDocumentsAtTheRootAreTwoReadings) {
    const Bytes both = file_of({stream("WordDocument", word_text("x")), stream("Workbook", workbook({}))});
    Budget budget{Limits{}};
    const auto type = detect(MemorySource(both), "", budget);
    ASSERT_FALSE(type);
    EXPECT_EQ(reason_of(type.error()), Reason::type_ambiguous);
}

// The suite never sees it: a chain of sectors that goes round.
TEST(CompoundKinds, TablesThatContradictThemselvesAreRefusedBeforeTheSuite) {
    Bytes document = file_of({stream("WordDocument", Bytes(9000, 1))});
    document[0x30] = 0xF0; // the first sector of the directory
    document[0x31] = 0xFF;
    const auto looked = looked_at(document, Type::doc);
    ASSERT_FALSE(looked->seen);
    EXPECT_EQ(reason_of(looked->seen.error()), Reason::ole_damaged);
}

} // namespace sekisho::legacy
