#include <gtest/gtest.h>

#include "tests/sanitizer/verify/ooxml/sample.h"

namespace sekisho {
namespace {

using tests::Package;
using tests::relation;

std::string word(const std::string& body) {
    return Package::word(body).verdict();
}

std::string sheet(const std::string& content) {
    return Package::sheet(content).verdict();
}

std::string formula(const std::string& text) {
    return sheet("<x:f>" + text + "</x:f>");
}

std::string piece(const std::string& text) {
    return "<w:r><w:instrText>" + text + "</w:instrText></w:r>";
}

std::string mark(const std::string& type) {
    return R"(<w:r><w:fldChar w:fldCharType=")" + type + R"("/></w:r>)";
}

std::string field(const std::string& text) {
    return mark("begin") + piece(text) + mark("separate") + "<w:r><w:t>shown</w:t></w:r>" + mark("end");
}

TEST(VerifyOoxmlXml, PlainMarkupOnly) {
    const std::string part = "word/document.xml";
    EXPECT_EQ(word("<w:t>&amp;&lt;&#12354;</w:t>"), "");
    for (const char* bad : {"<w:p>", "<!-- comment -->", "<?php evil ?>", "<![CDATA[x]]>", "&evil;",
                            "<w:p a='1' a='2'/>", "\x01", "\xFF", "<w:p q:a=''/>"})
        EXPECT_EQ(word(bad), "verify.ooxml.xml") << bad;
    const std::string first = "standalone=\"yes\"?>\n";
    for (const char* dtd : {"<!DOCTYPE w:document>", "<!DOCTYPE w [<!ENTITY a \"b\">]>",
                            "<!DOCTYPE w SYSTEM \"http://x/\">", " \xEF\xBB\xBF"})
        EXPECT_EQ(Package::word("").spoil(part, first, first + dtd).verdict(), "verify.ooxml.xml") << dtd;
    EXPECT_EQ(Package::word("").spoil(part, "UTF-8", "UTF-7").verdict(), "verify.ooxml.xml");
    EXPECT_EQ(Package::word("").spoil(part, "</w:document>", "</w:document>x").verdict(), "verify.ooxml.xml");
    // Found by fuzzing: libxml2 took the zero for the end.
    const std::string hidden("</w:document>\0<script/>", 23);
    EXPECT_EQ(Package::word("").spoil(part, "</w:document>", hidden).verdict(), "verify.ooxml.xml");
    EXPECT_EQ(Package::word("").spoil("_rels/.rels", first, first + "<!DOCTYPE a>").verdict(), "verify.ooxml.xml");
}

TEST(VerifyOoxmlXml, VocabulariesOnTheListOnly) {
    EXPECT_EQ(word(R"(<e:p xmlns:e="urn:evil"/>)"), "verify.ooxml.words");
    EXPECT_EQ(word(R"(<w:p xmlns:e="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>)"),
              "verify.ooxml.words");
    const std::string strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    EXPECT_EQ(Package::word("")
                  .spoil("word/document.xml", "http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
                  .verdict(),
              "verify.ooxml.words");
    EXPECT_EQ(Package::word("").spoil("word/document.xml", "<w:document", "<w:document xmlns:e=\"urn:evil\"").verdict(),
              "verify.ooxml.words");
}

TEST(VerifyOoxmlContent, DeniedElements) {
    for (const char* name : {"w:altChunk",
                             "w:subDoc",
                             "w:control",
                             "w:attachedTemplate",
                             "w:mailMerge",
                             "w:frameset",
                             "w:sourceFileName",
                             "w:customXml",
                             "w:dataBinding",
                             "w15:dataBinding",
                             "w:fldData",
                             "w:embedRegular",
                             "w:entryMacro",
                             "w:docVars",
                             "x:ddeLink",
                             "x:oleLink",
                             "x:externalBook",
                             "x:externalReferences",
                             "x:webPr",
                             "x:dbPr",
                             "x:functionGroups",
                             "xm:macrosheet",
                             "p:audio",
                             "p:video",
                             "p:cmd",
                             "p:control",
                             "p:link",
                             "p:htmlPubPr",
                             "a:audioFile",
                             "a:videoFile",
                             "a:quickTimeFile",
                             "a:wavAudioFile",
                             "script",
                             "iframe",
                             "mc:Other"})
        EXPECT_EQ(word("<" + std::string(name) + "/>"), "verify.ooxml.element") << name;
    EXPECT_EQ(Package::word("")
                  .spoil("word/document.xml", "<w:document", "<w:glossaryDocument")
                  .spoil("word/document.xml", "</w:document", "</w:glossaryDocument")
                  .verdict(),
              "verify.ooxml.element");
}

TEST(VerifyOoxmlContent, DeniedAttributes) {
    for (const char* element :
         {R"(<xdr:sp macro="Module1.Run"/>)", R"(<w:p xml:base="http://x/"/>)", R"(<a:blip r:link="rId1"/>)",
          "<v:shape style=\"background:url(http://x/)\"/>", R"(<v:imagedata src="http://x/a.png"/>)",
          R"(<v:shape o:gfxdata="x"/>)", R"(<a:graphicData uri="http://schemas.microsoft.com/office/webextensions"/>)",
          R"(<o:OLEObject Type="Link"/>)", R"(<x:cacheSource type="external"/>)",
          R"(<x:pivotCacheDefinition refreshOnLoad="1"/>)", R"(<x:table connectionId="1"/>)",
          R"(<w:ins w:author="Taro Yamada"/>)",
          R"(<mc:AlternateContent><mc:Choice Requires="evil"/></mc:AlternateContent>)",
          R"(<w:p mc:ProcessContent="w:p"/>)", R"(<v:shape onclick="x"/>)", R"(<x:oleObject link="[1]!a"/>)"})
        EXPECT_EQ(word(element), "verify.ooxml.attribute") << element;
    for (const char* element :
         {R"(<xdr:sp macro=""/>)", R"(<w:p xml:space="preserve"/>)", R"(<v:shape style="width:1pt"/>)",
          R"(<w:ins w:author="Author"/>)", R"(<mc:AlternateContent><mc:Choice Requires="a"/></mc:AlternateContent>)"})
        EXPECT_EQ(word(element), "") << element;
    EXPECT_EQ(word(R"(<v:shape href="javascript:x"/>)"), "verify.ooxml.address");
    EXPECT_EQ(
        Package::word("").spoil("word/document.xml", "<w:document", R"(<w:document mc:Ignorable="w evil")").verdict(),
        "verify.ooxml.attribute");
}

TEST(VerifyOoxmlContent, PropertiesNameAProgramOnly) {
    const auto outcome = [](const std::string& content) {
        const std::string main = relation("rId1", "officeDocument", "word/document.xml");
        const std::string first = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        const std::string words = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
        return Package::word("")
            .spoil("_rels/.rels", main, main + relation("rId2", "extended-properties", "docProps/app.xml"))
            .part("docProps/app.xml", first + "<Properties xmlns=\"" + words + "\">" + content + "</Properties>",
                  "application/vnd.openxmlformats-officedocument.extended-properties+xml")
            .verdict();
    };
    EXPECT_EQ(outcome("<Application>Microsoft Office Word</Application><AppVersion>16.0300</AppVersion>"), "");
    EXPECT_EQ(outcome("<Application>Taro Yamada</Application>"), "verify.ooxml.element");
    EXPECT_EQ(outcome("<Company>City</Company>"), "verify.ooxml.element");
}

TEST(VerifyOoxmlContent, ReferencesLeadToWhatFits) {
    const std::string link = relation("rId1", "hyperlink", "https://example.com/", true);
    EXPECT_EQ(Package::word(R"(<w:hyperlink r:id="rId1"/>)", link).verdict(), "");
    for (const char* bad : {R"(<w:hyperlink r:id="rId2"/>)", R"(<w:hyperlink r:id=""/>)", R"(<a:blip r:embed="rId1"/>)",
                            R"(<v:imagedata r:id="rId1"/>)", R"(<v:imagedata o:relid="rId1"/>)",
                            R"(<c:chart r:id="rId1"/>)", R"(<o:OLEObject Type="Embed" r:id="rId1"/>)"})
        EXPECT_EQ(Package::word(bad, link).verdict(), "verify.ooxml.reference") << bad;
}

TEST(VerifyOoxmlContent, ActionsStayInTheShow) {
    const auto outcome = [](const std::string& action) {
        return Package::slide(R"(<a:hlinkClick r:id="" action=")" + action + "\"/>").verdict();
    };
    for (const char* good : {"ppaction://hlinksldjump", "ppaction://hlinkshowjump?jump=nextslide",
                             "ppaction://noaction", "ppaction://customshow?id=0&amp;return=true"})
        EXPECT_EQ(outcome(good), "") << good;
    for (const char* bad :
         {"ppaction://macro?name=Run", "ppaction://program", "ppaction://ole?verb=0", "ppaction://hlinkfile",
          "ppaction://hlinkpres?slideindex=1", "ppaction://hlinkshowjump?jump=x", "ppaction://customshow?id=x", "x"})
        EXPECT_EQ(outcome(bad), "verify.ooxml.action") << bad;
}

TEST(VerifyOoxmlFields, NamesOnTheListOnly) {
    for (const char* good : {" PAGE ", "toc \\o &quot;1-3&quot; \\h", "= 1 + 1",
                             " HYPERLINK &quot;https://example.com/&quot; \\t &quot;_blank&quot;"})
        EXPECT_EQ(word(field(good)), std::string(good).find("\\t") == std::string::npos ? "" : "verify.ooxml.field")
            << good;
    EXPECT_EQ(word(field("HYPERLINK \\l &quot;place&quot;")), "");
    for (const char* bad : {"DDEAUTO c:\\\\cmd.exe",
                            " dde x y",
                            "INCLUDEPICTURE &quot;http://x/&quot;",
                            "INCLUDETEXT a",
                            "LINK x",
                            "IMPORT x",
                            "DATABASE",
                            "RD x",
                            "MACROBUTTON x",
                            "GOTOBUTTON x",
                            "QUOTE 68 68 69",
                            "EMBED x",
                            "CONTROL x",
                            "",
                            " ",
                            "HYPERLINK &quot;file:///c:/a&quot;",
                            "HYPERLINK \\\\host\\a",
                            "HYPERLINK a b",
                            "PRINT x",
                            "AUTOTEXT x"})
        EXPECT_EQ(word(field(bad)), "verify.ooxml.field") << bad;
    EXPECT_EQ(word(R"(<w:fldSimple w:instr="DDEAUTO x"/>)"), "verify.ooxml.field");
    EXPECT_EQ(word(R"(<w:fldSimple w:instr=" PAGE "/>)"), "");
}

TEST(VerifyOoxmlFields, PiecesAreJoined) {
    EXPECT_EQ(word(mark("begin") + piece("D") + piece("DE x") + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("PA") + piece("GE") + mark("end")), "");
    EXPECT_EQ(word(mark("begin") + "<w:t>DDE</w:t>" + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("PAGE") + "<w:t>x</w:t>" + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("IF ") + field("PAGE") + piece(" = 1") + mark("end")), "");
    EXPECT_EQ(word(mark("begin") + field("PAGE") + piece("DDE") + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("D") + field("PAGE") + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("HYPERLINK ") + field("PAGE") + mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("P") + "<w:del>" + piece("x") + "</w:del>" + piece("AGE") + mark("end")),
              "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + "<mc:AlternateContent/>" + piece("PAGE") + mark("end")), "verify.ooxml.field");
}

TEST(VerifyOoxmlFields, NothingIsLeftOpen) {
    EXPECT_EQ(word(piece("PAGE")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("PAGE")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("end")), "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + "<w:txbxContent>" + piece("PAGE") + "</w:txbxContent>" + mark("end")),
              "verify.ooxml.field");
    EXPECT_EQ(word("<w:txbxContent>" + mark("begin") + "</w:txbxContent>" + piece("DDE") + mark("end")),
              "verify.ooxml.field");
    EXPECT_EQ(word(mark("begin") + piece("PAGE") + mark("separate") + piece("DDE") + mark("end")),
              "verify.ooxml.field");
}

TEST(VerifyOoxmlFormulas, ReadNothingButTheWorkbook) {
    for (const char* good :
         {"SUM(A1:B2)", "_xlfn.XLOOKUP(A1,B:B,C:C)", "IF(A1=\"cmd|'/c calc'!A1\",1,2)", "'Sheet 1'!A1", "Sheet1!A1",
          "Table1[[#All],[a]:[b]]", "A1:A3 (B1)", "HYPERLINK(\"https://example.com/\",\"x\")", "1&amp;\"a\"", "#REF!",
          "{1,2;3,4}", "SUM (A1)", "'表 1'!A1", "合計+1"})
        EXPECT_EQ(formula(good), "") << good;
    for (const char* bad : {"WEBSERVICE(\"http://x/\")",
                            "_xlfn.WEBSERVICE(A1)",
                            "RTD(\"a\",,\"b\")",
                            "CALL(\"Kernel32\",\"WinExec\",\"JCJ\")",
                            "REGISTER.ID(\"a\",\"b\")",
                            "REGISTER(1)",
                            "EXEC(\"calc\")",
                            "exec (A1)",
                            "cmd|'/c calc'!A0",
                            "cmd|x!A0",
                            "'cmd'|'x'!A0",
                            "[1]Sheet1!A1",
                            "'[1]Sheet1'!A1",
                            "'C:\\[a.xlsx]S'!A1",
                            "'http://x/[a.xlsx]S'!A1",
                            "a[1]!b",
                            "HYPERLINK(A1)",
                            "HYPERLINK(\"file:///c:/a\")",
                            "HYPERLINK(\"https://x\"&amp;A1)",
                            "MyMacro(1)",
                            "IMAGE(\"http://x/\")",
                            "CUBEVALUE(\"a\")",
                            "SQL.REQUEST(\"a\")",
                            "EVALUATE(A1)",
                            "\"open",
                            "'open",
                            "FILTERXML(A1,B1)",
                            "_xlfn.PY(1)",
                            "`x`"})
        EXPECT_EQ(formula(bad), "verify.ooxml.formula") << bad;
    EXPECT_EQ(sheet("<x:definedName name=\"a\">RTD(1)</x:definedName>"), "verify.ooxml.formula");
    EXPECT_EQ(sheet("<c:f>[1]S!A1</c:f>"), "verify.ooxml.formula");
    EXPECT_EQ(sheet("<xm:f>cmd|a!b</xm:f>"), "verify.ooxml.formula");
    EXPECT_EQ(sheet("<x:formula1>CALL(1)</x:formula1>"), "verify.ooxml.formula");
    EXPECT_EQ(sheet("<xdr:sp textlink=\"[1]S!A1\"/>"), "verify.ooxml.formula");
}

TEST(VerifyOoxmlFormulas, NamesDoNotRun) {
    for (const char* attributes :
         {"name=\"Auto_Open\"", "name=\"_xlnm.Auto_Close\"", "name=\"a\" xlm=\"1\"", "name=\"a\" function=\"true\"",
          "name=\"a\" vbProcedure=\"1\"", "name=\"AUTO_OPEN_2\""})
        EXPECT_EQ(sheet("<x:definedName " + std::string(attributes) + ">A1</x:definedName>"), "verify.ooxml.element")
            << attributes;
    EXPECT_EQ(sheet("<x:definedName name=\"_xlnm.Print_Area\" function=\"0\">Sheet1!$A$1</x:definedName>"), "");
}

} // namespace
} // namespace sekisho
