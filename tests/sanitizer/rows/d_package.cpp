// OpenDocument: the package itself.
#include "tests/sanitizer/rows/d_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes locked() {
    return OdfSample::text(odf_words)
        .manifest("<manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/>"
                  "</manifest:file-entry>")
        .bytes();
}

Bytes of_kind(const std::string& kind, const std::string& content) {
    return OdfSample()
        .member("mimetype", "application/vnd.oasis.opendocument." + kind)
        .member("content.xml", content)
        .bytes();
}

Bytes formula_of_openoffice_1() {
    return of_kind("formula", "<?xml version=\"1.0\"?><!DOCTYPE math:math PUBLIC \"-//OpenOffice.org//DTD\" "
                              "\"math.dtd\"><math:math xmlns:math=\"http://www.w3.org/1998/Math/MathML\">"
                              "<math:mi>words</math:mi></math:math>");
}

Bytes with_odd_members() {
    return OdfSample::text(odf_words)
        .member("content.xml", "<second/>")
        .member("/slash.xml", "<x/>")
        .member("../../escape.xml", "<x/>")
        .member("Extra/stranger.bin", "evil")
        .bytes();
}

Bytes endless_rows() {
    return OdfSample::sheet("<table:table-row table:number-rows-repeated=\"99999999999999999999\"><table:table-cell/>"
                            "</table:table-row>" +
                            odf_cell(""))
        .bytes();
}

Bytes signed_document() {
    return OdfSample::text(odf_words)
        .member("META-INF/documentsignatures.xml", "<evil/>")
        .member("META-INF/macrosignatures.xml", "<evil/>")
        .bytes();
}

} // namespace

Row D06() {
    return {.made = {{.name = "locked.odt", .make = locked, .refused = Reason::input_encrypted}}};
}

Row D07() {
    return {.made = {{.name = "old-formula.odf",
                      .make = formula_of_openoffice_1,
                      .found = {Finding::odf_doctype},
                      .gone = {"<!DOCTYPE", "math.dtd"},
                      .kept = {"words"}},
                     {.name = "entity.odt",
                      .make =
                          [] {
                              return of_kind("text", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" +
                                                         OdfSample::root("office:document-content") + "/>");
                          },
                      .refused = Reason::odf_entity}},
            .never = {"<!DOCTYPE", "<!ENTITY"}};
}

Row D08() {
    return {.made = {{.name = "odd-members.odt",
                      .make = with_odd_members,
                      .found = {Finding::odf_package_quirk, Finding::odf_unknown_member},
                      .gone = {"<second", "slash.xml", "escape.xml", "stranger"},
                      .kept = {"words"}},
                     {.name = "strange-markup.odt",
                      .make = odt<R"x(<text:p evil:a="b" text:onload="x()">kept<evil:element>inner</evil:element>)x"
                                  "</text:p>">,
                      .found = {Finding::odf_unknown_element},
                      .gone = {"evil", "onload", "inner"},
                      .kept = {"kept", "words"}},
                     {.name = "dangling.odt",
                      .make = [] {
        return OdfSample::text(odf_image("Pictures/missing.png") + odf_words).bytes(); },
                      .found = {Finding::odf_dangling},
                      .gone = {"missing.png"},
                      .kept = {"words"}},
                     {.name = "endless-rows.ods",
                      .make = endless_rows,
                      .found = {Finding::odf_repeat},
                      .gone = {"99999999999999999999"},
                      .kept = {"number-rows-repeated=\"1048576\""}},
                     {.name = "template.ott",
                      .make =
                          [] {
        return of_kind("text-template", OdfSample::root("office:document-content") + "><office:body><office:text>" +
                                            odf_words +
                                            "</office:text></office:body>"
                                            "</office:document-content>");
                          },
                      .found = {Finding::odf_template},
                      .becomes = Type::odt,
                      .gone = {"text-template"},
                      .kept = {"words"}}}};
}

Row D10() {
    return {.made = {{.name = "signed.odt",
                      .make = signed_document,
                      .found = {Finding::odf_signature},
                      .gone = {"documentsignatures", "macrosignatures", "evil"},
                      .kept = {"words"}}},
            .never = {"documentsignatures", "macrosignatures"}};
}

} // namespace sekisho::rows
