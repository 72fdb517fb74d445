#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

const std::string word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

Type identified(const Bytes& bytes) {
    Budget budget{Limits()};
    const MemorySource source(bytes);
    const auto zip = ZipReader::open(source, budget);
    if (!zip) return Type::unknown;
    return ooxml::identify(source, *zip).value_or(Type::unknown);
}

} // namespace

TEST(OoxmlPackage, MacroKindsBecomePlainKinds) {
    Sample sample = Sample::word(
        "<w:p/>",
        {{"v", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"},
         {"k", "http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations", "customizations.xml"}});
    sample.main_type("application/vnd.ms-word.document.macroEnabled.main+xml");
    sample.part("word/vbaProject.bin", "evil macro", "application/vnd.ms-office.vbaProject");
    sample.links("word/vbaProject.bin",
                 {{"d", "http://schemas.microsoft.com/office/2006/relationships/wordVbaData", "vbaData.xml"}});
    sample.part("word/vbaData.xml", "<evil/>", "application/vnd.ms-word.vbaData+xml");
    sample.part("word/customizations.xml", "<evil/>", "application/vnd.ms-word.keyMapCustomizations+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_macro));
    EXPECT_TRUE(outcome.found(Finding::ooxml_template));
    EXPECT_FALSE(outcome.found(Finding::ooxml_unknown_part));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("macroEnabled"));
    EXPECT_TRUE(outcome.is_gone("vba"));
    EXPECT_NE(outcome.member("[Content_Types].xml").find(word_type + "document.main+xml"), std::string::npos);
}

TEST(OoxmlPackage, EveryTemplateAndMacroKindBecomesThePlainKind) {
    struct Row {
        const char* sent;
        Type type;
    };
    const Row rows[] = {
        {"vnd.ms-word.document.macroEnabled.main+xml", Type::docx},
        {"vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", Type::docx},
        {"vnd.ms-word.template.macroEnabledTemplate.main+xml", Type::docx},
        {"vnd.ms-excel.sheet.macroEnabled.main+xml", Type::xlsx},
        {"vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", Type::xlsx},
        {"vnd.ms-excel.template.macroEnabled.main+xml", Type::xlsx},
        {"vnd.ms-powerpoint.presentation.macroEnabled.main+xml", Type::pptx},
        {"vnd.openxmlformats-officedocument.presentationml.template.main+xml", Type::pptx},
        {"vnd.ms-powerpoint.template.macroEnabled.main+xml", Type::pptx},
        {"vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", Type::pptx},
        {"vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", Type::pptx},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.sent);
        Sample sample = row.type == Type::docx   ? Sample::word("<w:p/>")
                        : row.type == Type::xlsx ? Sample::sheet("<sheetData/>")
                                                 : Sample::slide("<p:nvGrpSpPr/>");
        const Outcome plain = rebuilt(sample);
        EXPECT_FALSE(plain.found(Finding::ooxml_template));
        const Outcome outcome = rebuilt(sample.main_type(std::string("application/") + row.sent));
        ASSERT_TRUE(outcome.type);
        EXPECT_EQ(*outcome.type, row.type);
        EXPECT_TRUE(outcome.found(Finding::ooxml_template));
        EXPECT_TRUE(outcome.is_gone(row.sent));
        EXPECT_EQ(outcome.members, plain.members);
    }
    for (const char* addin :
         {"vnd.ms-excel.addin.macroEnabled.main+xml", "vnd.ms-powerpoint.addin.macroEnabled.main+xml"})
        EXPECT_EQ(rebuilt(Sample::sheet("").main_type(std::string("application/") + addin)).type.error().code,
                  "ooxml.addin");
}

TEST(OoxmlPackage, IsIdentifiedByItsStructure) {
    EXPECT_EQ(identified(Sample::word("").bytes()), Type::docx);
    EXPECT_EQ(identified(Sample::sheet("").bytes()), Type::xlsx);
    EXPECT_EQ(identified(Sample::slide("").bytes()), Type::pptx);
    EXPECT_EQ(identified(
                  Sample::word("").main_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml").bytes()),
              Type::docx);
    EXPECT_EQ(identified(Sample::sheet("").main_type("application/vnd.ms-excel.addin.macroEnabled.main+xml").bytes()),
              Type::macro_office);
    EXPECT_EQ(
        identified(Sample::sheet("").main_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main").bytes()),
        Type::xlsb);
    MemorySink sink(1 << 20);
    ZipWriter zip(sink);
    ASSERT_TRUE(zip.add("word/document.xml", as_view("<w:document/>")));
    ASSERT_TRUE(zip.finish());
    EXPECT_EQ(identified(sink.take()), Type::zip);
}

TEST(OoxmlPackage, EntitiesAreRefused) {
    const std::string bomb = R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>)";
    const std::string document =
        R"(<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:settings>)";
    Sample sample = Sample::word("<w:p/>", {{"s", "settings", "settings.xml"}});
    sample.part("word/settings.xml", bomb + document, word_type + "settings+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_FALSE(outcome.type);
    EXPECT_EQ(outcome.type.error().code, "ooxml.dtd");
    // In the plumbing, too.
    Sample plumbing = Sample::word("<w:p/>");
    plumbing.part("word/_rels/document.xml.rels", bomb + "<Relationships/>");
    EXPECT_EQ(rebuilt(plumbing).type.error().code, "ooxml.dtd");
}

TEST(OoxmlPackage, DeepNestingIsRefused) {
    std::string open, close;
    for (int i = 0; i < 100'000; ++i) {
        open += "<w:sdt>";
        close += "</w:sdt>";
    }
    const Outcome outcome = rebuilt(Sample::word(open + close));
    ASSERT_FALSE(outcome.type);
    EXPECT_EQ(outcome.type.error().code, "limit.depth");
}

TEST(OoxmlPackage, PropertiesAddInsSignaturesAndStrangersGo) {
    Sample sample =
        Sample::word("<w:p/>", {{"u", "urn:evil", "strange.xml"},
                                {"o", "urn:evil", "http://evil.test", true},
                                {"p", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"}});
    sample.root_link({"r1", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                      "docProps/core.xml"});
    sample.root_link({"r2", "extended-properties", "docProps/app.xml"});
    sample.root_link({"r3", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
                      "docProps/thumbnail.jpeg"});
    sample.root_link({"r4", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
                      "_xmlsignatures/origin.sigs"});
    sample.root_link({"r5", "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
                      "word/webextensions/taskpanes.xml"});
    sample.root_link(
        {"r6", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml"});
    for (const std::string name : {"docProps/core.xml", "docProps/app.xml", "docProps/thumbnail.jpeg",
                                   "_xmlsignatures/origin.sigs", "word/webextensions/taskpanes.xml",
                                   "customUI/customUI14.xml", "word/strange.xml", "word/people.xml", "orphan/evil.bin"})
        sample.part(name, "<evil/>", "application/x-evil");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    for (const Finding finding : {Finding::ooxml_metadata, Finding::ooxml_printer_settings, Finding::ooxml_signature,
                                  Finding::ooxml_web_extension, Finding::ooxml_macro, Finding::ooxml_unknown_part,
                                  Finding::ooxml_external_relationship})
        EXPECT_TRUE(outcome.found(finding)) << row_of(finding).code;
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_EQ(outcome.members.size(), 3U);
}

TEST(OoxmlPackage, OfThePropertiesOnlyTheProgramFamilyStays) {
    Sample sample = Sample::sheet("<sheetData/>");
    sample.root_link({"r2", "extended-properties", "docProps/app.xml"});
    sample.part(
        "docProps/app.xml",
        R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel evil</Application><Company>evil</Company><AppVersion>12.9evil</AppVersion></Properties>)",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_metadata));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_NE(outcome.member("docProps/app.xml")
                  .find("<Application>Microsoft Excel</Application><AppVersion>12.0000</AppVersion>"),
              std::string::npos);
}

TEST(OoxmlPackage, DanglingAndMistypedPartsAreRepaired) {
    Sample sample =
        Sample::word(R"(<w:p/><w:sectPr><w:headerReference r:id="h"/><w:footerReference r:id="nowhere"/></w:sectPr>)",
                     {{"s", "styles", "styles.xml"}, {"h", "header", "missing.xml"}, {"n", "numbering", "styles.xml"}});
    sample.part("word/styles.xml",
                R"(<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>)",
                "application/x-wrong");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_dangling));
    EXPECT_TRUE(outcome.found(Finding::ooxml_content_type));
    EXPECT_TRUE(outcome.found(Finding::ooxml_package_quirk));
    EXPECT_NE(outcome.member("word/document.xml").find("<w:sectPr/>"), std::string::npos);
    EXPECT_TRUE(outcome.has("word/styles.xml"));
}

TEST(OoxmlPackage, TwoMainPartsAreRefused) {
    Sample sample = Sample::word("<w:p/>");
    sample.part("other.xml", "<x/>", "application/x").root_link({"two", "officeDocument", "other.xml"});
    const Outcome outcome = rebuilt(sample);
    ASSERT_FALSE(outcome.type);
    EXPECT_EQ(outcome.type.error().code, "type.ambiguous");
}

TEST(OoxmlPackage, PartsThatReferToEachOtherEnd) {
    Sample sample = Sample::slide("", {{"s", "slide", "slide1.xml"}, {"l", "slideLayout", "../slideLayouts/l.xml"}});
    const std::string ns = R"( xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main")";
    sample.part("ppt/slideLayouts/l.xml", "<p:sldLayout" + ns + "/>",
                "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml");
    sample.links("ppt/slideLayouts/l.xml",
                 {{"b", "slide", "../slides/slide1.xml"}, {"m", "slideMaster", "../slideMasters/m.xml"}});
    sample.part("ppt/slideMasters/m.xml", "<p:sldMaster" + ns + "/>",
                "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml");
    sample.links("ppt/slideMasters/m.xml", {{"l", "slideLayout", "../slideLayouts/l.xml"}});
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.entries.empty());
    EXPECT_TRUE(outcome.has("ppt/slideMasters/slideMaster1.xml"));
}

TEST(OoxmlPackage, ALargeSheetPassesInLittleMemory) {
    std::string rows;
    for (int i = 1; i <= 60'000; ++i)
        rows +=
            "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><f>B1*2</f><v>1</v></c></row>";
    Limits limits;
    limits.bytes_in_memory = 1U << 20; // far less than the sheet
    Bench bench(Level::rebuild, limits);
    const auto type =
        bench.run(ooxml::rebuild, Type::xlsx, Sample::sheet("<sheetData>" + rows + "</sheetData>").bytes());
    ASSERT_TRUE(type) << to_line(type.error());
    const Members members = unpack(bench.out.bytes());
    EXPECT_GT(members.at("xl/worksheets/sheet1.xml").size(), 2U << 20);
}

TEST(OoxmlPackage, WhatIsHeldBackIsBounded) {
    // A field that never says what it is keeps everything after it waiting.
    std::string body = R"(<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>)";
    for (int i = 0; i < 60'000; ++i) body += "<w:p><w:r><w:t>waiting for the end</w:t></w:r></w:p>";
    Limits limits;
    limits.bytes_in_memory = 1U << 20;
    Bench bench(Level::rebuild, limits);
    const auto type = bench.run(ooxml::rebuild, Type::docx, Sample::word(body).bytes());
    ASSERT_FALSE(type);
    EXPECT_EQ(type.error().code, "limit.memory");
}

TEST(OoxmlText, WordAndExcelAsCharacters) {
    Bench word;
    ASSERT_TRUE(
        word.run(ooxml::text, Type::docx,
                 Sample::word("<w:p><w:r><w:t>住民</w:t><w:tab/><w:t>票</w:t></w:r></w:p><w:p><w:r><w:instrText>DDE</"
                              "w:instrText></w:r><w:del><w:r><w:t>old</w:t></w:r></w:del></w:p>")
                     .bytes()));
    EXPECT_EQ(as_text(word.out.bytes()), "住民\t票\n\n");
    Bench sheet;
    ASSERT_TRUE(sheet.run(
        ooxml::text, Type::xlsx,
        Sample::sheet(
            R"(<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名前</t><rPh><t>ナマエ</t></rPh></is></c><c r="C1"><f>1+1</f><v>2</v></c></row></sheetData>)")
            .bytes()));
    EXPECT_EQ(as_text(sheet.out.bytes()), "名前\t\t2\n\n");
}

TEST(OoxmlCorpus, EveryFileIsRebuiltWholeOrRefused) {
    std::size_t delivered = 0;
    for (const std::string extension :
         {".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".xlam", ".ppam", ".xlsb", ".ooxml"}) {
        for (const std::string& path : corpus_files(extension)) {
            SCOPED_TRACE(path);
            const Outcome outcome = rebuilt(read_whole(path));
            if (!outcome.type) {
                EXPECT_NE(outcome.type.error().code, "internal");
                continue;
            }
            ++delivered;
            for (const std::string word :
                 {"vbaProject", "macrosheet+xml", "ddeLink", "attachedTemplate r:", "<!DOCTYPE", "file:///",
                  "relationships/oleObject", "relationships/control\"", "relationships/customXml"})
                EXPECT_TRUE(outcome.is_gone(word)) << word;
        }
    }
    if (!corpus_files(".docx").empty()) {
        EXPECT_GT(delivered, 100U);
    }
}

} // namespace sekisho::tests
