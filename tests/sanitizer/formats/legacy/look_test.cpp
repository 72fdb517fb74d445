// What is told of RTF and Office 2003 XML, and how these are known.
#include <memory>

#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/legacy/look.h"
#include "tests/support/corpus.h"

namespace sekisho::legacy {

namespace {

using tests::Bench;

Type detected(View document, std::string_view name = {}) {
    Budget budget{Limits{}};
    const auto type = detect(MemorySource(document), name, budget);
    return type ? *type : Type::unknown;
}

struct Looked {
    Bench bench;
    Result<Seen> seen = Seen{};
};

std::unique_ptr<Looked> looked_at(View document, Type type) {
    auto looked = std::make_unique<Looked>();
    const MemorySource source(document);
    Job job{source, looked->bench.out, type, looked->bench.context};
    looked->seen = look(job);
    return looked;
}

} // namespace

// --- what is told
// ------------------------------------------------------------------------------------------------------

struct RichText {
    std::string_view text;
    Finding finding;
};

class RichTextRows : public testing::TestWithParam<RichText> {};

TEST_P(RichTextRows, AreTold) {
    const auto looked = looked_at(as_view(GetParam().text), Type::rtf);
    ASSERT_TRUE(looked->seen);
    EXPECT_TRUE(looked->bench.found(GetParam().finding)) << row_of(GetParam().finding).code;
    EXPECT_EQ(looked->bench.report.entries().size(), 1U) << "more than that is told";
}

INSTANTIATE_TEST_SUITE_P(
    , RichTextRows,
    testing::Values(RichText{"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105\r\n0000}{\\result x}}}", Finding::rtf_object},
                    RichText{"{\\rtf1 {\\*\\template \\\\\\\\host\\\\a.dot}}", Finding::rtf_template},
                    RichText{"{\\rtf1 {\\field{\\*\\fldinst DDEAUTO c:\\\\\\\\x \"y\"}{\\fldrslt z}}}",
                             Finding::rtf_field},
                    RichText{"{\\rtf1 {\\field{\\*\\fldinst { in}{cludePicture \"http://a/b\"}}}}", Finding::rtf_field},
                    RichText{"{\\rtf a}", Finding::rtf_header}, RichText{"{\\rtf12 a}", Finding::rtf_header},
                    RichText{"{\\rtf1 \\bin4 }}}}b}", Finding::rtf_binary},
                    RichText{"{\\rtf1 {\\*\\datastore 00}}", Finding::rtf_binary},
                    RichText{"{\\rtf1 {\\pict\\wmetafile8 01}}", Finding::rtf_metafile},
                    RichText{"{\\rtf1\\fromhtml1 a}", Finding::rtf_html}));

TEST(RichTextLook, ObfuscatedAndLinkedObjectsAreBothTold) {
    const auto looked =
        looked_at(as_view("{\\rtf1{\\object\\objautlink\\objupdate{\\*\\objdata 01{\\junk}05\\'300000}}}"), Type::rtf);
    EXPECT_TRUE(looked->bench.found(Finding::rtf_object));
    EXPECT_TRUE(looked->bench.found(Finding::rtf_object_link));
    EXPECT_TRUE(looked->bench.found(Finding::rtf_obfuscation));
}

TEST(RichTextLook, AnOrdinaryLetterHasNothingToTell) {
    const auto looked = looked_at(
        as_view("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}} DDE is a word.\\par}"),
        Type::rtf);
    EXPECT_TRUE(looked->bench.report.entries().empty());
}

TEST(RichTextLook, EndlessNestingIsALimit) {
    const std::string deep = "{\\rtf1" + std::string(100'000, '{');
    const auto looked = looked_at(as_view(deep), Type::rtf);
    ASSERT_FALSE(looked->seen);
    EXPECT_EQ(reason_of(looked->seen.error()), Reason::limit_depth);
}

TEST(RichTextLook, ABinaryOfAnySizeEndsAtTheEnd) {
    EXPECT_TRUE(looked_at(as_view("{\\rtf1 \\bin99999999999999999999 x"), Type::rtf)->seen);
    EXPECT_TRUE(looked_at(as_view("{\\rtf1 \\bin-5 x\\"), Type::rtf)->seen);
}

TEST(OfficeXmlLook, MacrosObjectsAndDdeAreTold) {
    const auto word = looked_at(as_view("<?xml version=\"1.0\"?><w:wordDocument w:macrosPresent=\"yes\" "
                                        "w:embeddedObjPresent=\"yes\"><w:instrText> DDE a b </w:instrText>"),
                                Type::word_xml);
    EXPECT_TRUE(word->bench.found(Finding::office_xml_macro));
    EXPECT_TRUE(word->bench.found(Finding::office_xml_object));
    EXPECT_TRUE(word->bench.found(Finding::office_xml_external));
    const auto table = looked_at(as_view("<Workbook><Cell ss:Formula=\"=cmd|'/c calc'!A0\"/>"), Type::excel_xml);
    EXPECT_TRUE(table->bench.found(Finding::office_xml_external));
}

TEST(OfficeXmlLook, EntitiesNeverReachTheSuite) {
    const auto looked = looked_at(as_view("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"), Type::word_xml);
    ASSERT_FALSE(looked->seen);
    EXPECT_EQ(reason_of(looked->seen.error()), Reason::ooxml_dtd);
}

// --- kinds
// -------------------------------------------------------------------------------------------------------------

TEST(LegacyKinds, Office2003XmlIsKnownByItsRoot) {
    EXPECT_EQ(detected(as_view("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument "
                               "xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body/>")),
              Type::word_xml);
    EXPECT_EQ(
        detected(as_view("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                         "</Workbook>")),
        Type::excel_xml);
    EXPECT_EQ(detected(as_view("<?xml version=\"1.0\"?><a>urn:schemas-microsoft-com:office:spreadsheet</a>")),
              Type::xml);
}

} // namespace sekisho::legacy
