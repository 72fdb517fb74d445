// OpenDocument: what reaches outside the document.
#include "tests/sanitizer/rows/d_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes formulas() {
    return OdfSample::sheet(
               R"(<table:table-source xlink:href="file:///evil.ods"/>)" +
               odf_cell(R"x(table:formula="of:=WEBSERVICE(&quot;http://evil/&quot;)" office:value-type="string")x") +
               odf_cell(R"x(table:formula="of:=DDE(&quot;cmd&quot;;&quot;/c calc&quot;;&quot;x&quot;)")x") +
               odf_cell(R"(table:formula="of:=['file:///evil.ods'#$S.A1]")") +
               odf_cell(R"x(table:formula="of:=SUM([.A1:.A3])" office:value-type="float" office:value="6")x", "6"))
        .bytes();
}

// LibreOffice keeps what it last saw of another document in a table that is named after it.
Bytes copy_of_another_document() {
    return to_bytes(OdfSample::flat("spreadsheet",
                                    "<office:body><office:spreadsheet><table:table table:name=\"S\">" + odf_cell("") +
                                        "</table:table><table:table table:name=\"'file://evil/share/a.ods'#S\">" +
                                        odf_cell("", "copied") + "</table:table></office:spreadsheet></office:body>"));
}

Bytes field_of_another_program() {
    return odt<R"(<text:p><field:fieldmark-start field:type="vnd.oasis.opendocument.field.UNHANDLED"><field:param )"
               R"(field:name="vnd.oasis.opendocument.field.code" field:value="DDEAUTO cmd"/>)"
               R"(</field:fieldmark-start>shown<field:fieldmark-end/></text:p>)">();
}

} // namespace

Row D03() {
    return {
        .made = {{.name = "dde.odt",
                  .make = odt<R"(<text:dde-connection-decls><text:dde-connection-decl office:dde-application="cmd"/>)"
                              "</text:dde-connection-decls><text:p><text:dde-connection>last seen"
                              "</text:dde-connection></text:p>">,
                  .found = {Finding::odf_dde},
                  .gone = {"dde-connection", "dde-application"},
                  .kept = {"last seen", "words"}},
                 {.name = "sources.odt",
                  .make = odt<R"(<text:section text:name="a"><text:section-source xlink:href="//evil/a.odt"/><text:p>)"
                              "in the section</text:p></text:section><text:p><text:database-display "
                              R"(text:database-name="evil">field</text:database-display></text:p>)">,
                  .found = {Finding::odf_external_source},
                  .gone = {"evil", "section-source", "database-display"},
                  .kept = {"in the section", "field", "words"}},
                 {.name = "formulas.ods",
                  .make = formulas,
                  .found = {Finding::odf_active_formula, Finding::odf_external_source, Finding::odf_dde},
                  .gone = {"WEBSERVICE", "DDE(", "file:///", "table-source"},
                  .kept = {"words", "of:=SUM([.A1:.A3])"}},
                 {.name = "copy-of-another-document.fods",
                  .make = copy_of_another_document,
                  .found = {Finding::odf_external_source},
                  .gone = {"evil", "copied"},
                  .kept = {"words"}}},
        .never = {"WEBSERVICE(", "DDE(", "dde-connection", "dde-source", "section-source", "'file:"}};
}

Row D05() {
    return {
        .made = {{.name = "forms.odt",
                  .make = odt<R"(<office:forms><form:form xlink:href="http://evil/post" form:command="SELECT 1" )"
                              R"(form:datasource="db"><form:text form:control-implementation="ooo:com.sun.star.form.)"
                              R"(component.TextField"/></form:form><xforms:model/></office:forms>)">,
                  .found = {Finding::odf_form},
                  .gone = {"evil", "SELECT 1", "datasource", "xforms:model"},
                  .kept = {"component.TextField", "words"}},
                 {.name = "outside-picture.odt",
                  .make = [] { return OdfSample::text(odf_image("http://evil/track.png") + odf_words).bytes(); },
                  .found = {Finding::odf_external_image},
                  .gone = {"evil"},
                  .kept = {"words"}},
                 {.name = "outside-frame.odt",
                  .make = odt<R"(<text:p><draw:frame><draw:floating-frame xlink:href="http://evil/frame"/>)"
                              "</draw:frame></text:p>">,
                  .found = {Finding::odf_external_reference},
                  .gone = {"evil", "floating-frame"},
                  .kept = {"words"}},
                 {.name = "links.odt",
                  .make =
                      odt<R"(<text:p><text:a xlink:href="https://example.jp/">page</text:a><text:a )"
                          R"x(xlink:href="smb://evil/x">share</text:a><text:a xlink:href="java&#10;script:alert(1)">)x"
                          R"(script</text:a><text:a xlink:href="#top">top</text:a></text:p>)">,
                  .found = {Finding::odf_hyperlink},
                  .gone = {"smb:", "javascript:", "alert("},
                  .kept = {"https://example.jp/", "#top", "share", "words"}},
                 {.name = "field.odt",
                  .make = field_of_another_program,
                  .found = {Finding::odf_field},
                  .gone = {"DDEAUTO", "UNHANDLED"},
                  .kept = {"shown", "words"}}},
        .also_plain = true, // the real ones link to pages
        .never = {"floating-frame", "javascript:", "xforms:", "form:datasource", "form:command="}};
}

} // namespace sekisho::rows
