// OpenDocument: what is carried inside.
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/sanitizer/rows/d_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

std::string png() {
    return std::string(as_text(tests::make_png({})));
}

Bytes with_object() {
    return OdfSample::text(R"(<text:p><draw:frame><draw:object-ole xlink:href="./Object 1"/><draw:image )"
                           R"(xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p>)" +
                           odf_words)
        .member("Object 1", "MZ evil bytes")
        .member("ObjectReplacements/Object 1", png())
        .bytes();
}

Bytes with_document_in_document() {
    return OdfSample::text(R"(<text:p><draw:frame><draw:object xlink:href="./Object 7"/></draw:frame></text:p>)" +
                           odf_words)
        .member("Object 7/", "", "application/vnd.oasis.opendocument.chart")
        .member("Object 7/content.xml", OdfSample::root("office:document-content") +
                                            "><office:scripts><office:script>Sub Evil</office:script></office:scripts>"
                                            "<office:body><office:chart><chart:chart/></office:chart></office:body>"
                                            "</office:document-content>")
        .bytes();
}

Bytes with_film() {
    return OdfSample::text(R"(<text:p><draw:frame><draw:plugin xlink:href="Media/a.mp4"/></draw:frame></text:p>)" +
                           odf_words)
        .member("Media/a.mp4", "evil film")
        .bytes();
}

Bytes with_picture(const std::string& name, const std::string& content) {
    return OdfSample::text(odf_image("Pictures/" + name) + odf_words).member("Pictures/" + name, content).bytes();
}

Bytes with_settings() {
    return OdfSample::text(odf_words)
        .member("Configurations2/accelerator/current.xml", "<keys macro=\"evil\"/>")
        .member("Thumbnails/thumbnail.png", png())
        .member("Fonts/a.ttf", "evil font")
        .member("settings.xml",
                OdfSample::root("office:document-settings") +
                    R"(><office:settings><config:config-item-set config:name="ooo:configuration-settings">)"
                    R"(<config:config-item config:name="PrinterSetup" config:type="base64Binary">ZXZpbA==)"
                    R"(</config:config-item><config:config-item config:name="LinkUpdateMode" config:type="short">1)"
                    R"(</config:config-item><config:config-item config:name="AddParaTableSpacing" )"
                    R"(config:type="boolean">true</config:config-item></config:config-item-set></office:settings>)"
                    "</office:document-settings>")
        .bytes();
}

Bytes with_people() {
    return OdfSample::text("<text:p><office:annotation><dc:creator>Hanako</dc:creator><text:p>a note</text:p>"
                           "</office:annotation></text:p>" +
                           odf_words)
        .member("meta.xml", OdfSample::root("office:document-meta") +
                                "><office:meta><meta:initial-creator>Hanako</meta:initial-creator></office:meta>"
                                "</office:document-meta>")
        .bytes();
}

} // namespace

Row D04() {
    return {.made = {{.name = "object.odt",
                      .make = with_object,
                      .found = {Finding::odf_embedding},
                      .gone = {"evil bytes", "object-ole"},
                      .kept = {"member Pictures/picture1.png", "words"}},
                     {.name = "document-in-document.odt",
                      .make = with_document_in_document,
                      .found = {Finding::odf_macro},
                      .gone = {"Sub Evil"},
                      .kept = {"chart:chart", "words"}},
                     {.name = "film.odt",
                      .make = with_film,
                      .found = {Finding::odf_media},
                      .gone = {"evil film", "a.mp4", "draw:plugin"},
                      .kept = {"words"}},
                     {.name = "metafile.odt",
                      .make =
                          [] {
                              return with_picture("a.emf", std::string("\x01\0\0\0", 4) + std::string(36, '\0') +
                                                               " EMF" + "evil records");
                          },
                      .found = {Finding::odf_metafile},
                      .gone = {"a.emf", "evil records"},
                      .kept = {"words"}},
                     {.name = "unknown-picture.odt",
                      .make = [] { return with_picture("a.pct", "evil picture in no known coding"); },
                      .found = {Finding::odf_picture_replaced},
                      .gone = {"a.pct", "evil picture"},
                      .kept = {"words"}}},
            .never = {"draw:object-ole", "draw:plugin", "draw:applet"}};
}

Row D09() {
    return {.made = {{.name = "settings.odt",
                      .make = with_settings,
                      .found = {Finding::odf_interface, Finding::odf_opaque, Finding::odf_font},
                      .gone = {"accelerator", "evil", "Thumbnails", "a.ttf", "PrinterSetup", "LinkUpdateMode"},
                      .kept = {"AddParaTableSpacing", "words"}},
                     {.name = "people.odt",
                      .make = with_people,
                      .found = {Finding::odf_metadata},
                      .gone = {"Hanako"},
                      .kept = {"a note", "words"}}},
            .never = {"member Configurations", "member Thumbnails", "member Fonts", "PrinterSetup"}};
}

} // namespace sekisho::rows
