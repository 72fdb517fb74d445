// Office Open XML: what the package carries along.
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/sanitizer/formats/zip_container/raw_zip.h"
#include "tests/sanitizer/rows/o_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

const std::string metafile_drawing =
    R"(<w:p><w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r></w:p>)";

Bytes with_custom_xml() {
    PackageSample sample = PackageSample::word(
        R"(<w:sdt><w:sdtPr><w:dataBinding w:xpath="/evil" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>)" + word_text +
            "</w:sdtContent></w:sdt>",
        {{"x", "customXml", "../customXml/item1.xml"}});
    return sample.part("customXml/item1.xml", "<evil/>").bytes();
}

Bytes with_embedded_book() {
    const Bytes inner = formula_cell<"WEBSERVICE(\"http://evil.test\")">();
    PackageSample sample =
        PackageSample::sheet(R"(<sheetData/><drawing r:id="d"/>)", {{"d", "drawing", "../drawings/drawing1.xml"}});
    sample.part(
        "xl/drawings/drawing1.xml",
        R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:twoCellAnchor><xdr:graphicFrame macro=""><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="c"/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>)",
        "application/vnd.openxmlformats-officedocument.drawing+xml");
    sample.links("xl/drawings/drawing1.xml", {{"c", "chart", "../charts/chart1.xml"}});
    sample.part(
        "xl/charts/chart1.xml",
        R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:externalData r:id="x"/></c:chartSpace>)",
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml");
    sample.links("xl/charts/chart1.xml", {{"x", "package", "../embeddings/e.xlsx"}});
    sample.part("xl/embeddings/e.xlsx", std::string(as_text(inner)),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    return sample.bytes();
}

Bytes with_media() {
    PackageSample sample = PackageSample::slide(
        R"(<p:pic><p:nvPicPr><p:cNvPr id="4" name="m"/><p:cNvPicPr/><p:nvPr><a:videoFile r:link="v"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="i"/></p:blipFill></p:pic>)",
        {{"v", "video", "../media/m.mp4"}, {"i", "image", "../media/i.png"}});
    return sample.part("ppt/media/m.mp4", "evil film", "video/mp4").part("ppt/media/i.png", picture()).bytes();
}

Bytes with_font() {
    PackageSample sample = PackageSample::word(word_text, {{"f", "fontTable", "fontTable.xml"}});
    sample.part("word/fontTable.xml",
                "<w:fonts" + word_names + R"(<w:font w:name="MS Mincho"><w:embedRegular r:id="e"/></w:font></w:fonts>)",
                word_type + "fontTable+xml");
    sample.links("word/fontTable.xml", {{"e", "font", "fonts/evil.odttf"}});
    return sample
        .part("word/fonts/evil.odttf", "evil font", "application/vnd.openxmlformats-officedocument.obfuscatedFont")
        .bytes();
}

Bytes with_entity() {
    PackageSample sample = PackageSample::word(word_text, {{"s", "settings", "settings.xml"}});
    sample.part("word/settings.xml",
                R"(<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:settings)" + word_names +
                    "&b;</w:settings>",
                word_type + "settings+xml");
    return sample.bytes();
}

Bytes with_printer_settings() {
    PackageSample sample = PackageSample::sheet(
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>words</v></c></row></sheetData><pageSetup r:id=\"p\"/>",
        {{"p", "printerSettings", "../printerSettings/p.bin"}});
    return sample.part("xl/printerSettings/p.bin", "evil printer", "application/x").bytes();
}

} // namespace

Row O18() {
    return {
        .made =
            {{.name = "object.docx",
              .make =
                  [] {
                      return word_with(
                          R"(<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Package" r:id="x"/></w:object></w:r></w:p>)",
                          {"x", "oleObject", "evil.bin"});
                  },
              .found = {Finding::ooxml_embedding},
              .gone = {"OLEObject", "evil"},
              .kept = {"words"}}},
        .never = {"progId=\"Package\""}};
}

Row O19() {
    return {
        .made =
            {{.name = "book-behind-chart.xlsx",
              .make = with_embedded_book,
              .found = {Finding::ooxml_active_formula},
              .gone = {"WEBSERVICE", "evil.test"},
              .kept = {"externalData", "words"}},
             {.name = "damaged-book.docx",
              .make =
                  [] {
                      return word_with(
                          R"(<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r></w:p>)",
                          {"x", "package", "evil.xlsx"});
                  },
              .found = {Finding::ooxml_embedded_office},
              .gone = {"evil"},
              .kept = {"words"}}},
        .also_found = {Finding::ooxml_embedding}};
}

Row O20() {
    return {.made = {{.name = "custom-xml.docx",
                      .make = with_custom_xml,
                      .found = {Finding::ooxml_custom_xml},
                      .gone = {"customXml", "dataBinding", "evil"},
                      .kept = {"words"}}},
            .never = {"customXml"}};
}

Row O26() {
    return {.made = {{.name = "film.pptx",
                      .make = with_media,
                      .found = {Finding::ooxml_media},
                      .gone = {"m.mp4", "evil film", "videoFile"},
                      .kept = {"r:embed"}}},
            .never = {"audioFile", "videoFile"}};
}

Row O27() {
    return {
        .made =
            {{.name = "metafile.docx",
              .make =
                  [] {
                      return word_with(metafile_drawing, {"x", "image", "b.emf"},
                                       std::string("\x01\0\0\0", 4) + std::string(36, '\0') + " EMF" + "evil records");
                  },
              .found = {Finding::ooxml_metafile},
              .gone = {".emf", "evil records"},
              .kept = {"words"}},
             {.name = "unknown-picture.docx",
              .make =
                  [] {
                      return word_with(metafile_drawing, {"x", "image", "b.pct"}, "evil picture in no known coding");
                  },
              .found = {Finding::ooxml_picture_replaced},
              .gone = {".pct", "evil picture"},
              .kept = {"words"}}},
        .also_found = {Finding::image_metafile, Finding::image_converted},
        .never = {".emf", ".wmf", ".cgm"}};
}

Row O28() {
    return {.made = {{.name = "printer.xlsx",
                      .make = with_printer_settings,
                      .found = {Finding::ooxml_printer_settings},
                      .gone = {"printerSettings", "evil"},
                      .kept = {"words"}}},
            .never = {"printerSettings"}};
}

Row O29() {
    return {.made = {{.name = "font.docx",
                      .make = with_font,
                      .found = {Finding::ooxml_font},
                      .gone = {"odttf", "evil font", "embedRegular"},
                      .kept = {"words", "MS Mincho"}}},
            .also_plain = true,
            .never = {"odttf"}};
}

Row O30() {
    return {.made = {{.name = "entity.docx", .make = with_entity, .refused = Reason::ooxml_dtd}},
            .also_refused = {Reason::input_damaged}};
}

Row O31() {
    return {.made = {{.name = "two-relations.docx",
                      .make =
                          [] {
                              return PackageSample::word(
                                         word_text, {{"s", "styles", "styles.xml"}, {"n", "numbering", "styles.xml"}})
                                  .part("word/styles.xml", "<w:styles" + word_names + "</w:styles>",
                                        word_type + "styles+xml")
                                  .bytes();
                          },
                      .found = {Finding::ooxml_package_quirk},
                      .kept = {"words"}}},
            .also_refused = {Reason::zip_headers_disagree, Reason::input_damaged, Reason::type_ambiguous}};
}

Row O37() {
    return {
        .made = {{.name = "signed.docx",
                  .make =
                      [] {
                          return word_with_root(
                              "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
                              "_xmlsignatures/origin.sigs");
                      },
                  .found = {Finding::ooxml_signature},
                  .gone = {"_xmlsignatures", "evil"},
                  .kept = {"words"}}},
        .never = {"_xmlsignatures"}};
}

Row O38() {
    return {.made = {{.name = "dangling.docx",
                      .make =
                          [] {
                              return PackageSample::word(word_text +
                                                             R"(<w:sectPr><w:headerReference r:id="h"/></w:sectPr>)",
                                                         {{"h", "header", "missing.xml"}})
                                  .bytes();
                          },
                      .found = {Finding::ooxml_dangling},
                      .gone = {"missing.xml", "headerReference"},
                      .kept = {"words"}},
                     {.name = "wrong-type.docx",
                      .make =
                          [] {
                              return PackageSample::word(word_text, {{"s", "styles", "styles.xml"}})
                                  .part("word/styles.xml", "<w:styles" + word_names + "</w:styles>",
                                        "application/x-wrong")
                                  .bytes();
                          },
                      .found = {Finding::ooxml_content_type},
                      .gone = {"x-wrong"},
                      .kept = {"words"}}},
            .also_refused = {Reason::input_damaged, Reason::ooxml_empty, Reason::type_unsupported},
            .also_plain = true};
}

Row O39() {
    return {
        .made =
            {{.name = "tracked-change.docx",
              .make =
                  [] {
                      return PackageSample::
                          word(R"(<w:p><w:ins w:id="1" w:author="Hanako" w:date="2020-01-01T00:00:00Z"><w:r><w:t>words</w:t></w:r></w:ins></w:p>)")
                              .bytes();
                  },
              .found = {Finding::ooxml_metadata},
              .gone = {"Hanako"},
              .kept = {"<w:ins", "words"}}},
        .also_plain = true};
}

Row O40() {
    return {.made = {{.name = "stranger.docx",
                      .make =
                          [] {
                              return word_with("", {"u", "urn:evil", "strange.xml"}, "<evil/>");
                          },
                      .found = {Finding::ooxml_unknown_part},
                      .gone = {"strange", "evil"},
                      .kept = {"words"}},
                     {.name = "outside.docx",
                      .make =
                          [] {
                              return word_with("", {"o", "urn:evil", "http://evil.test", true});
                          },
                      .found = {Finding::ooxml_external_relationship},
                      .gone = {"evil"},
                      .kept = {"words"}},
                     {.name = "strange-markup.docx",
                      .make =
                          [] {
                              return PackageSample::word(word_text + "<w:p><w:evilElement/><evil:x>y</evil:x></w:p>")
                                  .bytes();
                          },
                      .found = {Finding::ooxml_unknown_element},
                      .gone = {"evilElement", "<evil:"},
                      .kept = {"words"}}},
            .also_plain = true};
}

} // namespace sekisho::rows
