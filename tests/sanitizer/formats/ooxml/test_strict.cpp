// ISO/IEC 29500 Strict becomes Transitional (threat row O32).
#include "sanitizer/formats/ooxml/date.h"
#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

std::string word_body(const std::string& body) {
    const Outcome outcome = rebuilt(Sample::word(body).strict());
    EXPECT_TRUE(outcome.type) << to_line(outcome.type.error());
    EXPECT_TRUE(outcome.found(Finding::ooxml_strict));
    EXPECT_FALSE(outcome.found(Finding::ooxml_unknown_element));
    return outcome.member("word/document.xml");
}

std::string slide_tree(const std::string& tree) {
    const Outcome outcome = rebuilt(Sample::slide(tree).strict());
    EXPECT_TRUE(outcome.type) << to_line(outcome.type.error());
    EXPECT_FALSE(outcome.found(Finding::ooxml_unknown_element));
    return outcome.member("ppt/slides/slide1.xml");
}

void expect_in(const std::string& text, const std::string& wanted) {
    EXPECT_NE(text.find(wanted), text.npos) << wanted << "\n  in " << text;
}

} // namespace

TEST(OoxmlStrict, NamespacesAndRelationshipsBecomeTransitional) {
    for (const Sample& sample :
         {Sample::word("<w:p/>"), Sample::sheet("<sheetData/>"), Sample::slide("<p:nvGrpSpPr/>")}) {
        const Outcome outcome = rebuilt(sample.strict());
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.found(Finding::ooxml_strict));
        EXPECT_TRUE(outcome.is_gone("purl.oclc.org"));
        EXPECT_FALSE(rebuilt(sample).found(Finding::ooxml_strict));
        EXPECT_EQ(rebuilt(sample).members, outcome.members); // the same bytes as the Transitional one
    }
}

// The rules find the vectors under their other names.
TEST(OoxmlStrict, VectorsGoUnderTheirStrictNames) {
    Sample sample = Sample::word(R"(<w:p><w:fldSimple w:instr="DDEAUTO evil"/></w:p>)",
                                 {{"a", "attachedTemplate", "http://evil/", true},
                                  {"o", "oleObject", "embeddings/evil.bin"},
                                  {"i", "image", "http://evil/a.png", true}});
    sample.part("word/embeddings/evil.bin", "evil", "application/vnd.openxmlformats-officedocument.oleObject");
    const Outcome outcome = rebuilt(sample.strict());
    ASSERT_TRUE(outcome.type);
    for (const Finding finding : {Finding::ooxml_dde_field, Finding::ooxml_remote_template, Finding::ooxml_embedding,
                                  Finding::ooxml_external_image})
        EXPECT_TRUE(outcome.found(finding)) << row_of(finding).code;
    EXPECT_TRUE(outcome.is_gone("evil"));
}

TEST(OoxmlStrict, WordHasSidesAndTwips) {
    const std::string body = word_body(
        R"(<w:p><w:pPr><w:jc w:val="start"/><w:ind w:start="1in" w:end="2.54cm" w:hanging="36pt" w:startChars="100"/>)"
        R"(<w:spacing w:before="12pt" w:line="240"/><w:tabs><w:tab w:val="end" w:pos="50.8mm"/></w:tabs></w:pPr>)"
        R"(<w:r><w:rPr><w:sz w:val="12pt"/><w:w w:val="150%"/><w:spacing w:val="1pt"/></w:rPr><w:t>x</w:t></w:r></w:p>)"
        R"(<w:tbl><w:tblPr><w:tblW w:w="50%" w:type="pct"/><w:tblBorders><w:start w:val="single"/><w:end w:val="single"/>)"
        R"(</w:tblBorders><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="true" w:noVBand="1"/></w:tblPr>)"
        R"(<w:tr><w:tc><w:tcPr><w:textDirection w:val="rl"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>)"
        R"(<w:sectPr><w:pgSz w:w="210mm" w:h="297mm"/><w:pgMar w:top="1in" w:left="1pc"/></w:sectPr>)");
    for (const char* wanted :
         {R"(<w:jc w:val="left"/>)", R"(w:left="1440")", R"(w:right="1440")", R"(w:hanging="720")",
          R"(w:leftChars="100")", R"(w:before="240")", R"(w:line="240")", R"(<w:tab w:val="right" w:pos="2880"/>)",
          R"(<w:sz w:val="24"/>)", R"(<w:w w:val="150"/>)", R"(<w:spacing w:val="20"/>)", R"(w:w="2500" w:type="pct")",
          R"(<w:left w:val="single"/><w:right w:val="single"/>)", R"(w:val="04a0")",
          R"(<w:textDirection w:val="tbRl"/>)", R"(<w:pgSz w:w="11906" w:h="16838"/>)", R"(w:top="1440" w:left="240")"})
        expect_in(body, wanted);
}

// A start that is a number stays, and so does text that only looks like a measure.
TEST(OoxmlStrict, OnlyMeasuresAreMeasures) {
    Sample sample = Sample::word("<w:p/>", {{"n", "numbering", "numbering.xml"}});
    sample.part("word/numbering.xml",
                R"(<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)"
                R"(<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:lvlText w:val="1cm"/>)"
                R"(<w:lvlJc w:val="start"/></w:lvl></w:abstractNum></w:numbering>)",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml");
    const Outcome outcome = rebuilt(sample.strict());
    ASSERT_TRUE(outcome.type);
    const std::string& numbering = outcome.member("word/numbering.xml");
    for (const char* wanted : {R"(<w:start w:val="3"/>)", R"(<w:lvlText w:val="1cm"/>)", R"(<w:lvlJc w:val="left"/>)"})
        expect_in(numbering, wanted);
    const std::string tree =
        slide_tree(R"(<p:sp><p:nvSpPr><p:cNvPr id="2" name="50%" descr="1in"/></p:nvSpPr></p:sp>)");
    expect_in(tree, R"(name="50%" descr="1in")");
}

TEST(OoxmlStrict, DrawingsCountInThousandthsAndEmu) {
    const std::string tree = slide_tree(
        R"(<p:sp><p:spPr><a:xfrm><a:off x="1in" y="36pt"/><a:ext cx="25.4mm" cy="0"/></a:xfrm>)"
        R"(<a:solidFill><a:srgbClr val="FF0000"><a:alpha val="50%"/><a:lumMod val="12.5%"/></a:srgbClr></a:solidFill>)"
        R"(<a:gradFill><a:gsLst><a:gs pos="100%"/></a:gsLst></a:gradFill></p:spPr><p:txBody><a:bodyPr lIns="0.1in"/><a:p>)"
        R"(<a:pPr marL="1cm"><a:lnSpc><a:spcPct val="90%"/></a:lnSpc><a:spcBef><a:spcPts val="6pt"/></a:spcBef></a:pPr>)"
        R"(<a:r><a:rPr sz="18pt" baseline="-25%"/><a:t>50%</a:t></a:r></a:p></p:txBody></p:sp>)");
    for (const char* wanted : {R"(x="914400" y="457200")", R"(cx="914400" cy="0")", R"(<a:alpha val="50000"/>)",
                               R"(<a:lumMod val="12500"/>)", R"(pos="100000")", R"(lIns="91440")", R"(marL="360000")",
                               R"(<a:spcPct val="90000"/>)", R"(<a:spcPts val="600"/>)",
                               R"(sz="1800" baseline="-25000")", "<a:t>50%</a:t>", R"(val="FF0000")"})
        expect_in(tree, wanted);
}

TEST(OoxmlStrict, DatesOfCellsBecomeNumbers) {
    const Outcome outcome = rebuilt(
        Sample::sheet(
            R"(<sheetData><row r="1"><c r="A1" s="0" t="d"><v>2010-12-31T12:00:00Z</v></c><c r="B1" t="d"><f>A1</f>)"
            R"(<v>1900-01-01</v></c><c r="C1" t="d"><v>soon</v></c><c r="D1"><v>2010</v></c></row></sheetData>)")
            .strict());
    ASSERT_TRUE(outcome.type);
    const std::string& sheet = outcome.member("xl/worksheets/sheet1.xml");
    expect_in(sheet, R"(<c r="A1" s="0"><v>40543.5</v></c>)");
    expect_in(sheet, R"(<c r="B1"><f>A1</f><v>1</v></c>)");
    expect_in(sheet, R"(<c r="C1" t="str"><v>soon</v></c>)");
    expect_in(sheet, R"(<c r="D1"><v>2010</v></c>)");
    const Outcome mac = rebuilt(
        Sample::book(R"(<workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>)",
                     {{"rId1", "worksheet", "worksheets/sheet1.xml"}})
            .part(
                "xl/worksheets/sheet1.xml",
                R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">)"
                R"(<c r="A1" t="d"><v>1904-01-03</v></c></row></sheetData></worksheet>)",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
            .strict());
    ASSERT_TRUE(mac.type);
    expect_in(mac.member("xl/worksheets/sheet1.xml"), R"(<c r="A1"><v>2</v></c>)");
}

TEST(OoxmlStrict, SerialNumbersAreTheOnesOfExcel) {
    const auto serial = [](std::string_view date) { return ooxml::serial_of(date, false).value_or("none"); };
    EXPECT_EQ(serial("1900-02-28"), "59");
    EXPECT_EQ(serial("1900-03-01"), "61"); // 60 is the day that never was
    EXPECT_EQ(serial("2026-11-28"), "46354");
    EXPECT_EQ(serial("9999-12-31"), "2958465");
    EXPECT_EQ(serial("2026-11-28T06:00:00.000+09:00"), "46354.25");
    EXPECT_EQ(serial("18:00:00"), "0.75");
    for (const char* none : {"", "1899-12-31", "2026-02-30", "2026-13-01", "26-01-01", "2026-01-01T", "2026-01-01x",
                             "T12:00:00", "12:60:00", "-001-01-01", "2026-01-01T12:00:00Zevil"})
        EXPECT_EQ(serial(none), "none") << none;
}

TEST(OoxmlStrict, RealFiles) {
    std::size_t seen = 0;
    for (const char* extension : {".xlsx", ".pptx"})
        for (const std::string& path : corpus_files(extension)) {
            if (path.find("O14ISOStrict") == path.npos && path.find("strict.xlsx") == path.npos) continue;
            const Outcome outcome = rebuilt(read_whole(path));
            ASSERT_TRUE(outcome.type) << path;
            EXPECT_TRUE(outcome.found(Finding::ooxml_strict)) << path;
            EXPECT_TRUE(outcome.is_gone("purl.oclc.org/ooxml")) << path;
            for (const auto& [name, content] : outcome.members) {
                const std::size_t at = content.find("purl.oclc.org/ooxml");
                EXPECT_EQ(at, content.npos) << path << " " << name << " " << content.substr(at, 80);
            }
            ++seen;
        }
    EXPECT_GE(seen, corpus_files(".xlsx").empty() ? 0U : 10U);
}

} // namespace sekisho::tests
