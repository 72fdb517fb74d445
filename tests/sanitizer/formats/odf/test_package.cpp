#include "tests/sanitizer/formats/odf/support.h"

#include <unistd.h>

#include "sanitizer/formats/odf/formula.h"

namespace sekisho {
namespace {

using tests::Outcome;
using tests::rebuilt;
using tests::refusal;
using tests::Sample;

TEST(OdfPackage, TemplatesBecomeDocuments) {
    Sample made;
    made.member("mimetype", "application/vnd.oasis.opendocument.text-template")
        .member("content.xml", tests::root("office:document-content") +
                                   "><office:body><office:text><text:p>x</text:p></office:text></office:body>"
                                   "</office:document-content>");
    const Outcome done = rebuilt(made);
    EXPECT_TRUE(done.found(Finding::odf_template));
    EXPECT_EQ(done.member("mimetype"), "application/vnd.oasis.opendocument.text");
}

TEST(OdfPackage, ATemplateOfStylesOnlyIsAnEmptyDocument) {
    const auto styles = [](std::string_view kind) {
        Sample made;
        made.member("mimetype", "application/vnd.oasis.opendocument." + std::string(kind) + "-template")
            .member("styles.xml", tests::root("office:document-styles") + "><office:styles/></office:document-styles>");
        return made;
    };
    const Outcome done = rebuilt(styles("text"));
    EXPECT_EQ(*done.type, Type::odt);
    EXPECT_NE(done.content().find("<office:text/>"), std::string::npos) << done.content();
    EXPECT_TRUE(done.has("styles.xml"));
    EXPECT_TRUE(done.found(Finding::odf_template));
    EXPECT_EQ(*rebuilt(styles("spreadsheet")).type, Type::ods);
    Sample neither;
    neither.member("mimetype", "application/vnd.oasis.opendocument.text-template");
    EXPECT_EQ(refusal(neither.bytes()), "input.damaged") << "without styles, too, it is no document";
    constexpr const char* simple = "/usr/lib/libreoffice/share/template/common/styles/Simple.ott";
    if (access(simple, R_OK) != 0) return;
    const Bytes own = tests::read_whole(simple);
    EXPECT_EQ(*rebuilt(own).type, Type::odt);
    tests::Bench bench(Level::text);
    EXPECT_TRUE(bench.run(odf::text, Type::odt, own));
}

TEST(OdfPackage, APlainDocumentIsDeliveredWithoutFinding) {
    const Outcome done = rebuilt(Sample::text(
        "<text:p text:style-name=\"P1\">\xE9\x96\xA2\xE6\x89\x80 &lt;&amp;</text:p>", "<office:scripts/>"));
    EXPECT_TRUE(done.entries.empty());
    EXPECT_NE(done.content().find("<text:p text:style-name=\"P1\">\xE9\x96\xA2\xE6\x89\x80 &lt;&amp;</text:p>"),
              std::string::npos);
}

TEST(OdfPackage, AllItsPartsNameOneVersion) {
    Sample sample;
    sample.member("mimetype", "application/vnd.oasis.opendocument.text")
        .member("content.xml",
                "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" o:version=\"1.3\">"
                "<o:body><o:text/></o:body></o:document-content>")
        .member("styles.xml", tests::root("office:document-styles") + "/>");
    const Outcome done = rebuilt(sample);
    for (const char* member : {"content.xml", "styles.xml", "META-INF/manifest.xml"})
        EXPECT_NE(done.member(member).find(":version=\"1.3\""), std::string::npos) << member;
}

TEST(OdfPackage, APictureThatIsUsedTwiceIsDeliveredOnce) {
    const std::string image = "<draw:frame><draw:image xlink:href=\"Pictures/a.png\"/></draw:frame>";
    const Outcome done =
        rebuilt(Sample::text("<text:p>" + image + image + "</text:p>").member("Pictures/a.png", tests::png()));
    EXPECT_TRUE(done.has("Pictures/picture1.png"));
    EXPECT_FALSE(done.has("Pictures/picture2.png"));
    EXPECT_TRUE(done.is_gone("a.png"));
}

TEST(OdfPackage, TheKindIsWhatIsInTheBody) {
    Sample liar;
    liar.member("mimetype", "application/vnd.oasis.opendocument.text")
        .member("content.xml", tests::root("office:document-content") +
                                   "><office:body><office:spreadsheet/></office:body></office:document-content>");
    const Outcome done = rebuilt(liar);
    EXPECT_EQ(*done.type, Type::ods);
    EXPECT_TRUE(done.found(Finding::odf_package_quirk));
    Sample nothing;
    nothing.member("mimetype", "application/vnd.oasis.opendocument.text")
        .member("content.xml", tests::root("office:document-content") + "/>");
    EXPECT_EQ(refusal(nothing.bytes()), "odf.body");
}

TEST(OdfPackage, UnknownMarkupGoes) {
    const Outcome done = rebuilt(
        Sample::text("<text:p evil:a=\"b\" text:onload=\"x()\">kept<evil:element>gone words</evil:element></text:p>"));
    EXPECT_TRUE(done.found(Finding::odf_unknown_element));
    for (const char* gone : {"evil", "gone words", "onload"}) EXPECT_TRUE(done.is_gone(gone)) << gone;
    EXPECT_NE(done.content().find(">kept</text:p>"), std::string::npos);
}

TEST(OdfPackage, ForeignFieldCodesGoAndBoxesToFillInStay) {
    const std::string start = "<field:fieldmark-start field:type=\"vnd.oasis.opendocument.field.";
    const Outcome done =
        rebuilt(Sample::text("<text:p>" + start +
                             "UNHANDLED\"><field:param field:name=\"vnd.oasis.opendocument.field.code\" "
                             "field:value=\"DDEAUTO cmd\"/></field:fieldmark-start>shown<field:fieldmark-end/>" +
                             start + "FORMTEXT\"/>box<field:fieldmark-end/></text:p>"));
    EXPECT_TRUE(done.found(Finding::odf_field));
    for (const char* gone : {"DDEAUTO", "UNHANDLED"}) EXPECT_TRUE(done.is_gone(gone)) << gone;
    for (const char* kept : {"shown", "FORMTEXT", "box"}) EXPECT_NE(done.content().find(kept), std::string::npos);
}

TEST(OdfPackage, FieldsOfPropertiesThatGoStayAsTheyWereSeen) {
    const Outcome done = rebuilt(Sample::text("<text:p><text:modification-date text:fixed=\"false\">8 Oct 2011"
                                              "</text:modification-date></text:p>"));
    EXPECT_NE(done.content().find("<text:modification-date text:fixed=\"true\">8 Oct 2011<"), std::string::npos);
}

TEST(OdfPackage, OfTheProgramOnlyWhatOthersLayOutByStays) {
    const auto told = [](const std::string& generator) {
        const Outcome done = rebuilt(Sample::text("").member(
            "meta.xml", tests::root("office:document-meta") + "><office:meta><meta:generator>" + generator +
                            "</meta:generator></office:meta></office:document-meta>"));
        const auto meta = done.members.find("meta.xml");
        if (meta == done.members.end()) return std::string("none");
        const std::size_t from = meta->second.find("<meta:generator>") + 16;
        return meta->second.substr(from, meta->second.find("</meta:generator>") - from);
    };
    EXPECT_EQ(told("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2"), "LibreOffice/7.4.7.2");
    EXPECT_EQ(told("OpenOffice.org/3.2$Win32 OpenOffice.org_project/320m12$Build-9483"),
              "OpenOffice.org/3.2$Unix OpenOffice.org_project/320m12$Build-9483");
    EXPECT_EQ(told("Taro's tool/1"), "none");
    EXPECT_EQ(told("OpenOffice.org/3.2$Taro OpenOffice.org_project/Taro"), "OpenOffice.org/3.2");
}

TEST(OdfPackage, RepetitionsAreBounded) {
    const Outcome done =
        rebuilt(Sample::sheet("<table:table-row table:number-rows-repeated=\"99999999999999999999\"><table:table-cell "
                              "table:number-columns-repeated=\"16384\"/></table:table-row>"));
    EXPECT_TRUE(done.found(Finding::odf_repeat));
    EXPECT_NE(done.content().find("number-rows-repeated=\"1048576\""), std::string::npos);
    const std::string bomb = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
                             "table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>"
                             "</table:table-row>";
    EXPECT_EQ(refusal(Sample::sheet(bomb).bytes()), "limit.members");
    std::string rows;
    for (int i = 0; i < 1'100'000; ++i) rows += "<table:table-row/>";
    EXPECT_EQ(refusal(Sample::sheet(rows).bytes()), "limit.members");
}

TEST(OdfPackage, DeepNestingIsRefused) {
    std::string open, close;
    for (int i = 0; i < 600; ++i) {
        open += "<text:span>";
        close += "</text:span>";
    }
    EXPECT_EQ(refusal(Sample::text("<text:p>" + open + close + "</text:p>").bytes()), "limit.depth");
}

TEST(OdfPackage, WhatIsCutOffIsRefused) {
    const Bytes whole = Sample::text("<text:p>x</text:p>").bytes();
    for (std::size_t size = 0; size < whole.size(); size += 7)
        EXPECT_NE(refusal(View(whole).first(size)), "delivered") << size;
    const std::string flat = Sample::flat("text", "<office:body><office:text/></office:body>");
    EXPECT_NE(refusal(as_view(flat.substr(0, flat.size() - 3))), "delivered");
}

TEST(OdfText, ParagraphsAndCellsAsCharacters) {
    const auto told = [](const Sample& sample, Type type) {
        tests::Bench bench(Level::text);
        const auto done = bench.run(odf::text, type, sample.bytes());
        return done ? std::string(as_text(bench.out.bytes())) : done.error().code;
    };
    EXPECT_EQ(
        told(Sample::text("<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:h>Title</text:h>"
                          "<text:p>\n  a<text:tab/>b<text:s text:c=\"2\"/>c<text:line-break/>d <text:span> \n "
                          "e</text:span></text:p>"),
             Type::odt),
        "Title\na\tb  c\nd e\n");
    EXPECT_EQ(told(Sample::sheet("<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
                                 "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell>"
                                 "<text:p>x</text:p><text:p>y</text:p></table:table-cell></table:table-row>"
                                 "<table:table-row><table:table-cell/><table:table-cell><text:p>2</text:p>"
                                 "</table:table-cell></table:table-row>"),
                   Type::ods),
              "1\t\t\tx y\n\t2\n\n");
}

TEST(OdfFormula, WhatComputesStaysAndWhatReachesOutGoes) {
    for (const char* good : {"of:=SUM([.A1:.B3])", "oooc:=IF([.A1]>1;\"a|b#\";2)", "of:={1;2|3;4}",
                             "of:=[$'A#1'.B2]+[.#REF!]", "of:=COM.MICROSOFT.CONCAT([.A1])", "msoxl:=SUM(A1:B2)",
                             "of:=HYPERLINK(\"https://example.jp\";\"x\")", "of:=INDIRECT(\"A\"&1)", "ooow:<A1>+1"})
        EXPECT_EQ(odf::judge_formula(good), Finding::none) << good;
    for (const char* bad :
         {"of:=WEBSERVICE(\"http://x\")", "of:=COM.MICROSOFT.WEBSERVICE(\"x\")", "of:=DDE(\"a\";\"b\";\"c\")",
          "of:=['file:///a.ods'#$S.A1]", "oooc:='file:///a.ods'#$S.A1", "of:=[http://x/a.ods#S.A1]",
          "of:=HYPERLINK(\"file:///x\")", "of:=HYPERLINK([.A1])", "of:=INDIRECT(\"'file:///x'#$S.A1\")",
          "of:=cmd|'/c calc'!A1", "msoxl:=WEBSERVICE(\"x\")", "evil:=1", "of:=ORG.EXAMPLE.ADDIN(1)"})
        EXPECT_NE(odf::judge_formula(bad), Finding::none) << bad;
    EXPECT_EQ(odf::judge_condition("of:cell-content-is-in-list(\"a\";\"b\")"), Finding::none);
    EXPECT_EQ(odf::judge_condition("of:is-true-formula(SUM([.A1])>1)"), Finding::none);
    EXPECT_NE(odf::judge_condition("of:is-true-formula(WEBSERVICE(\"x\"))"), Finding::none);
    EXPECT_TRUE(odf::range_is_inside("$S.$A$1:.$B$2 'a/b'.C3"));
    EXPECT_FALSE(odf::range_is_inside("'file:///x.ods'#$S.A1"));
}

} // namespace
} // namespace sekisho
