// What comes out, by the real converter: documents made here, and those of the corpus that show a row each.
#include <algorithm>
#include <array>
#include <optional>

#include <gtest/gtest.h>

#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "tests/sanitizer/convert/suite.h"
#include "tests/support/corpus.h"

namespace sekisho::legacy {

namespace {

using tests::Bench;
using tests::Suite;

Result<> nothing_embedded(Type, const Source&, const Limits&) {
    return {};
}

Suite& suite() {
    static Suite started;
    return started;
}

struct Done {
    Bench bench;
    Type detected = Type::unknown;
    Result<Type> type = Type::unknown;
};

std::unique_ptr<Done> rebuilt(View document, std::vector<std::string> passwords = {}) {
    auto done = std::make_unique<Done>();
    done->bench.context.use(suite().converter());
    done->bench.context.give(std::move(passwords), {});
    const auto type = detect(MemorySource(document), "", done->bench.budget);
    if (!type) {
        done->type = std::unexpected(type.error());
        return done;
    }
    done->detected = *type;
    done->type = done->bench.run(rebuild, *type, document);
    return done;
}

// By the other parser: no macro, nothing active, nothing that leads out.
void expect_clean(const Done& done) {
    ASSERT_TRUE(done.type) << to_line(done.type.error());
    const auto verified = verify::ooxml(*done.type, MemorySource(done.bench.out.bytes()), {}, nothing_embedded);
    EXPECT_TRUE(verified) << to_line(verified.error());
}

class Rebuild : public testing::Test {
protected:
    void SetUp() override {
        if (!Suite::is_installed()) GTEST_SKIP() << "LibreOffice is not installed";
    }
};

struct CorpusRow {
    const char* name;
    const char* file;
    Type detected;
    Type type;
    Finding finding; // none: what the modern rebuild tells is enough
};

constexpr std::array corpus_rows{
    CorpusRow{"L01", "Word 2003 VBA macro.doc", Type::doc, Type::docx, Finding::ole_word_macro},
    CorpusRow{"L02", "SimpleMacro.xls", Type::xls, Type::xlsx, Finding::ole_excel_macro},
    CorpusRow{"L03", "excel4_sample_macro.xls", Type::xls, Type::xlsx, Finding::ole_xlm_macro},
    CorpusRow{"L04", "WithMacros.ppt", Type::ppt, Type::pptx, Finding::ole_powerpoint_macro},
    CorpusRow{"L05", "Word 2003 OLE Package EXE.doc", Type::doc, Type::docx, Finding::ole_embedding},
    CorpusRow{"L06", "Bug50936_1.doc", Type::doc, Type::docx, Finding::ole_equation},
    CorpusRow{"L07", "dde-test-from-office2003.doc", Type::doc, Type::docx, Finding::ole_dde_field},
    CorpusRow{"L08", "45365.xls", Type::xls, Type::xlsx, Finding::ole_external_link},
    CorpusRow{"L09", "45538_form_Footer.xls", Type::xls, Type::xlsx, Finding::ole_activex},
    CorpusRow{"L10", "externalLink.doc", Type::doc, Type::docx, Finding::none},
    CorpusRow{"L11", "encrypted/autostart-encrypt-standardpassword.xls", Type::xls, Type::xlsx,
              Finding::ole_encryption},
    CorpusRow{"L13", "Word95.doc", Type::doc, Type::docx, Finding::ole_old_version},
    CorpusRow{"L13b", "testEXCEL_95.xls", Type::xls, Type::xlsx, Finding::ole_old_version},
    CorpusRow{"R01", "RTF OLE Package EXE.rtf", Type::rtf, Type::docx, Finding::rtf_object},
    CorpusRow{"R05", "testRTFHyperlink.rtf", Type::rtf, Type::docx, Finding::rtf_html},
    CorpusRow{"R07", "testRTFVarious.rtf", Type::rtf, Type::docx, Finding::rtf_binary},
    CorpusRow{"O04", "excel4_sample_macro.xlsb", Type::xlsb, Type::xlsx, Finding::xlsb_macro},
    CorpusRow{"O04b", "dde-test.xlsb", Type::xlsb, Type::xlsx, Finding::xlsb_external},
    CorpusRow{"O34", "embedded-simple-2007-as2003.xml", Type::word_xml, Type::docx, Finding::office_xml_object},
    CorpusRow{"O34b", "dde-in-excel2003.xml", Type::excel_xml, Type::xlsx, Finding::office_xml_external},
};

class CorpusRows : public testing::TestWithParam<CorpusRow> {};

} // namespace

TEST_P(CorpusRows, AreToldAndGone) {
    const auto path = tests::corpus_file(GetParam().file);
    if (!path || !Suite::is_installed()) GTEST_SKIP() << "needs SEKISHO_CORPUS and LibreOffice";
    const auto done = rebuilt(tests::read_whole(*path));
    EXPECT_EQ(done->detected, GetParam().detected);
    EXPECT_TRUE(GetParam().finding == Finding::none || done->bench.found(GetParam().finding));
    ASSERT_NO_FATAL_FAILURE(expect_clean(*done));
    EXPECT_EQ(*done->type, GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(, CorpusRows, testing::ValuesIn(corpus_rows),
                         [](const auto& info) { return info.param.name; });

TEST_F(Rebuild, TheTextIsThere) {
    Bench bench;
    bench.context.use(suite().converter());
    ASSERT_TRUE(bench.run(text, Type::rtf, as_view("{\\rtf1\\ansi This sentence stays.\\par}")));
    EXPECT_NE(as_text(bench.out.bytes()).find("This sentence stays."), std::string_view::npos);
}

// A workbook in the XML of Office 2003.
std::string workbook(const std::string& properties) {
    return "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
           "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
           "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">" +
           properties +
           "<Worksheet ss:Name=\"A\"><Table><Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row></Table>"
           "</Worksheet></Workbook>";
}

std::string told(const Done& done) {
    std::string codes;
    for (const Entry& entry : done.bench.report.entries()) (codes += row_of(entry.finding).code) += ' ';
    return codes;
}

TEST_F(Rebuild, WhatTheSuiteAddsIsNoFinding) {
    for (const std::string& plain : {std::string("{\\rtf1\\ansi Hello\\par}"), workbook("")}) {
        const auto done = rebuilt(as_view(plain));
        ASSERT_NO_FATAL_FAILURE(expect_clean(*done));
        EXPECT_EQ(told(*done), "");
    }
}

TEST_F(Rebuild, WhoWroteTheDocumentIsTold) {
    const std::string properties = "<DocumentProperties xmlns=\"urn:schemas-microsoft-com:office:office\">"
                                   "<Author>Hanako</Author></DocumentProperties>";
    for (const std::string& signed_one :
         {std::string("{\\rtf1\\ansi{\\info{\\author Hanako}}Hello\\par}"),
          std::string("{\\rtf1\\ansi{\\info{\\company City}}Hello\\par}"), workbook(properties)}) {
        const auto done = rebuilt(as_view(signed_one));
        ASSERT_NO_FATAL_FAILURE(expect_clean(*done));
        EXPECT_TRUE(done->bench.found(Finding::ooxml_metadata)) << signed_one << ": " << told(*done);
    }
}

TEST_F(Rebuild, AFieldThatReadsAFileShowsNothingOfIt) {
    const auto done =
        rebuilt(as_view("{\\rtf1\\ansi A{\\field\\flddirty{\\*\\fldinst INCLUDETEXT \"file:///etc/passwd\"}"
                        "{\\fldrslt old}}B\\par}"));
    ASSERT_NO_FATAL_FAILURE(expect_clean(*done));
    EXPECT_TRUE(done->bench.found(Finding::rtf_field));
    Bench bench;
    ASSERT_TRUE(bench.run(ooxml::text, Type::docx, done->bench.out.bytes()));
    EXPECT_EQ(as_text(bench.out.bytes()).find("root:"), std::string_view::npos);
}

TEST_F(Rebuild, AnOutputHasNothingToFindAndDoesNotChange) {
    const auto first = rebuilt(as_view("{\\rtf1\\ansi\\b Title\\b0\\par Some text.\\par}"));
    ASSERT_NO_FATAL_FAILURE(expect_clean(*first));
    Bench second;
    ASSERT_TRUE(second.run(ooxml::rebuild, Type::docx, first->bench.out.bytes()));
    EXPECT_TRUE(second.report.entries().empty());
    EXPECT_EQ(second.out.bytes(), first->bench.out.bytes());
}

TEST_F(Rebuild, TheSameInputGivesTheSameBytes) {
    const std::string_view letter = "{\\rtf1\\ansi Some text.\\par{\\b bold}\\par}";
    const auto first = rebuilt(as_view(letter)), second = rebuilt(as_view(letter));
    ASSERT_TRUE(first->type && second->type);
    EXPECT_EQ(first->bench.out.bytes(), second->bench.out.bytes());
}

TEST_F(Rebuild, AnUnknownPasswordIsAskedFor) {
    const auto path = tests::corpus_file("password.fat.doc");
    if (!path) GTEST_SKIP() << "needs SEKISHO_CORPUS";
    const auto done = rebuilt(tests::read_whole(*path), {"wrong"});
    ASSERT_FALSE(done->type);
    EXPECT_EQ(reason_of(done->type.error()), Reason::input_encrypted);
    const auto opened = rebuilt(tests::read_whole(*path), {"wrong", "password"});
    EXPECT_TRUE(opened->type);
}

TEST_F(Rebuild, AFormatOfDatesThatExcelKnowsByNumberStays) {
    const auto path = tests::corpus_file("spreadsheet/15228.xls");
    if (!path) GTEST_SKIP() << "needs SEKISHO_CORPUS";
    const auto done = rebuilt(tests::read_whole(*path));
    ASSERT_TRUE(done->type) << to_line(done->type.error());
    Budget budget{Limits{}};
    const MemorySource source(done->bench.out.bytes());
    const auto zip = ZipReader::open(source, budget);
    ASSERT_TRUE(zip);
    const ZipEntry* styles = zip->find("xl/styles.xml");
    ASSERT_NE(styles, nullptr);
    EXPECT_NE(as_text(*zip->read(*styles)).find("]d\\-mmm\\-yy\""), std::string_view::npos);
}

// The suite names the parts of such charts like those that stand alone.
TEST_F(Rebuild, AChartInAGroupIsNotWrittenOverAnother) {
    const auto path = tests::corpus_file("xls/MonteCarlo.xls");
    if (!path) GTEST_SKIP() << "needs SEKISHO_CORPUS";
    const auto done = rebuilt(tests::read_whole(*path));
    ASSERT_NO_FATAL_FAILURE(expect_clean(*done));
    Budget budget{Limits{}};
    const MemorySource source(done->bench.out.bytes());
    const auto zip = ZipReader::open(source, budget);
    ASSERT_TRUE(zip);
    const auto is_chart = [](const ZipEntry& entry) { return entry.raw_name.starts_with("xl/charts/chart"); };
    EXPECT_EQ(std::ranges::count_if(zip->entries(), is_chart), 8) << "four sheets with one, two with two in a group";
}

// Threat row L12: the strict reader refuses it, whatever the suite would make of it.
TEST_F(Rebuild, ALoopingTableIsRefusedBeforeTheSuite) {
    const auto path = tests::corpus_file("POIHSSFFuzzer-5889658057523200.xls");
    if (!path) GTEST_SKIP() << "needs SEKISHO_CORPUS";
    const auto done = rebuilt(tests::read_whole(*path));
    ASSERT_FALSE(done->type);
    EXPECT_EQ(reason_of(done->type.error()), Reason::ole_damaged);
}

TEST_F(Rebuild, OtherKindsOfCompoundFilesAreRefusedByName) {
    for (const char* name : {"SampleBrochure.pub", "44501.vsd"}) {
        const auto path = tests::corpus_file(name);
        if (!path) GTEST_SKIP() << "needs SEKISHO_CORPUS";
        EXPECT_EQ(rebuilt(tests::read_whole(*path))->detected, Type::ole) << name;
    }
}

TEST(RebuildWithoutConverter, FailsToBeTriedAgain) {
    Bench bench;
    const auto done = bench.run(rebuild, Type::rtf, as_view("{\\rtf1 x}"));
    ASSERT_FALSE(done);
    EXPECT_EQ(reason_of(done.error()), Reason::convert_unavailable);
    EXPECT_EQ(row_of(Reason::convert_unavailable).kind, ErrorKind::fail);
}

// A converter that was taken over sends what it likes.
TEST(RebuildWithALiar, WhatItSendsIsReadAsHostile) {
    class Liar final : public Converter {
    public:
        Result<> convert(const Source&, Sink& out, const Conversion&) override { return out.write("#!/bin/sh"); }
    } liar;
    Bench bench;
    bench.context.use(liar);
    EXPECT_FALSE(bench.run(rebuild, Type::rtf, as_view("{\\rtf1 x}")));
    EXPECT_TRUE(bench.out.bytes().empty());
}

} // namespace sekisho::legacy
