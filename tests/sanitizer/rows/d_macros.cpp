// OpenDocument: what runs or starts something, also in a document that is a single XML file.
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/sanitizer/rows/d_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

const std::string macro_script =
    R"(<office:scripts><office:script script:language="Basic">Sub Evil</office:script><office:event-listeners>)"
    R"(<script:event-listener script:language="x" xlink:href="vnd.sun.star.script:Evil"/></office:event-listeners>)"
    "</office:scripts>";

Bytes with_libraries() {
    return OdfSample::text(odf_words, macro_script)
        .member("Basic/script-lc.xml", "<x/>")
        .member("Dialogs/dialog-lc.xml", "<x/>")
        .member("Scripts/python/evil.py", "import os")
        .bytes();
}

Bytes with_events() {
    return OdfSample::text(
               R"(<text:p><draw:rect><office:event-listeners><script:event-listener script:event-name="dom:load" )"
               R"(script:macro-name="Standard.Evil"/></office:event-listeners></draw:rect></text:p>)" +
               odf_words)
        .bytes();
}

Bytes with_macro_addresses() {
    return odt<R"(<text:p><text:a xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic">link</text:a>)"
               R"(<text:execute-macro text:name="Evil">button</text:execute-macro></text:p>)">();
}

Bytes with_actions_of_a_show() {
    const std::string listener = R"(<presentation:event-listener script:event-name="dom:click" presentation:action=)";
    return OdfSample::slides(
               "<draw:page><draw:rect><office:event-listeners>" + listener + R"("next-page"/>)" + listener +
               R"("execute" xlink:href="calc.exe"/>)" + listener +
               R"("show" xlink:href="file:///c:/x.exe"/></office:event-listeners></draw:rect></draw:page>)")
        .bytes();
}

Bytes flat(const std::string& kind, const std::string& body) {
    return to_bytes(OdfSample::flat(kind, macro_script + "<office:body>" + body + "</office:body>"));
}

Bytes flat_sheet() {
    return flat("spreadsheet",
                "<office:spreadsheet><table:table>" + odf_cell(R"(office:value-type="float" office:value="1")") +
                    "<table:shapes><draw:frame><draw:image><office:binary-data>" + to_base64(tests::make_png({})) +
                    "</office:binary-data></draw:image></draw:frame></table:shapes></table:table>"
                    "</office:spreadsheet>");
}

Case flat_case(std::string name, std::function<Bytes()> make, std::vector<std::string> kept) {
    return {.name = std::move(name),
            .make = std::move(make),
            .found = {Finding::odf_flat, Finding::odf_macro},
            .gone = {"Sub Evil", "vnd.sun.star.script", "<office:document "},
            .kept = std::move(kept)};
}

} // namespace

Row D01() {
    return {.made = {{.name = "libraries.odt",
                      .make = with_libraries,
                      .found = {Finding::odf_macro},
                      .gone = {"Sub Evil", "vnd.sun.star", "script-lc", "dialog-lc", "import os"},
                      .kept = {"words"}},
                     {.name = "events.odt",
                      .make = with_events,
                      .found = {Finding::odf_event},
                      .gone = {"Standard.Evil", "<script:event-listener "},
                      .kept = {"words", "draw:rect"}},
                     {.name = "macro-addresses.odt",
                      .make = with_macro_addresses,
                      .found = {Finding::odf_macro_address},
                      .gone = {"vnd.sun.star", "execute-macro"},
                      .kept = {"link", "button", "words"}},
                     {.name = "show.odp",
                      .make = with_actions_of_a_show,
                      .found = {Finding::odf_event},
                      .gone = {"calc.exe", "x.exe", "\"execute\""},
                      .kept = {"next-page"}}},
            .never = {"vnd.sun.star.script", "<office:script ", "member Basic/", "member Dialogs/", "member Scripts/",
                      "execute-macro"}};
}

Row D02() {
    return {.made = {flat_case("flat.fodt", [] { return flat("text", "<office:text>" + odf_words + "</office:text>"); },
                               {"member content.xml", "words"}),
                     flat_case("flat.fods", flat_sheet, {"member Pictures/picture1.png", "words"}),
                     flat_case("flat.fodp",
                               [] {
                                   return flat("presentation", "<office:presentation><draw:page draw:name=\"words\"/>"
                                                               "</office:presentation>");
                               },
                               {"member content.xml", "words"})},
            .never = {"vnd.sun.star.script", "<office:script ", "binary-data", "<office:document "}};
}

} // namespace sekisho::rows
