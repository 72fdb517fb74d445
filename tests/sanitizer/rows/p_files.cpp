// PDF: what is carried along, forms, signatures, encryption, structure.
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/p_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes with_attachment() {
    tests::PdfSample sample;
    const int file = sample.add_stream("/Type/EmbeddedFile", "MZ secret program");
    sample.catalog =
        "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F " + std::to_string(file) + " 0 R>>>>]>>>>";
    return sample.bytes();
}

// A later revision draws another page content; the cross-reference leads back to the first.
Bytes with_older_revision() {
    std::string text(as_text(tests::PdfSample().bytes()));
    const std::string body =
        "4 0 obj\n<</Length 36>>\nstream\nBT /F1 24 Tf 20 50 Td (Later) Tj ET \nendstream\nendobj\n";
    const std::string offset = std::to_string(text.size()), table = std::to_string(text.size() + body.size());
    const std::string first = std::to_string(text.find("xref\n0"));
    text += body + "xref\n4 1\n" + std::string(10 - offset.size(), '0') + offset +
            " 00000 n \ntrailer\n<</Root 1 0 R/Size 6/Prev " + first + ">>\nstartxref\n" + table + "\n%%EOF\n";
    return to_bytes(text);
}

// Encrypted by its trailer, while the filter of strings and streams says that they are not.
Bytes partly_encrypted() {
    std::string text(
        as_text(made_by("qpdf --qdf --encrypt '' owner 128 --use-aes=y -- in out", tests::PdfSample().bytes())));
    const std::size_t at = text.find("/StmF /StdCF");
    return to_bytes(text.replace(at, 12, "/StmF /Identity"));
}

Bytes polyglot() {
    return to_bytes("MZ polyglot\n" + std::string(as_text(tests::PdfSample().bytes())) + "PK tail of another kind");
}

Bytes with_broken_table() {
    std::string text(as_text(tests::PdfSample().bytes()));
    return to_bytes(text.replace(text.rfind("startxref\n") + 10, 2, "77"));
}

} // namespace

Row P09() {
    return {.made = {{.name = "embedded-program.pdf",
                      .make = with_attachment,
                      .found = {Finding::pdf_attachment},
                      .gone = {"/EmbeddedFile", "secret program", "a.exe"},
                      .kept = {"Hello"}},
                     {.name = "attachment-on-page.pdf",
                      .make = annotation<"/Subtype/FileAttachment/FS<</Type/Filespec/F(a.exe)>>">,
                      .found = {Finding::pdf_attachment},
                      .gone = {"/FileAttachment", "a.exe"},
                      .kept = {"Hello"}},
                     {.name = "portfolio.pdf",
                      .make = catalog<"/Collection<</View/D>>">,
                      .found = {Finding::pdf_attachment},
                      .gone = {"/Collection"},
                      .kept = {"Hello"}}},
            .never = {"/EmbeddedFile", "/Collection"}};
}

Row P10() {
    return {.made = {{.name = "rich-media.pdf",
                      .make = annotation<"/Subtype/RichMedia/RichMediaContent<</Assets<<>>>>">,
                      .found = {Finding::pdf_rich_media},
                      .gone = {"/RichMedia"},
                      .kept = {"Hello"}},
                     {.name = "screen.pdf",
                      .make = annotation<"/Subtype/Screen/A<</S/Rendition>>">,
                      .found = {Finding::pdf_rich_media},
                      .gone = {"/Screen", "/Rendition"},
                      .kept = {"Hello"}},
                     {.name = "sound.pdf",
                      .make = annotation<"/Subtype/Sound/Sound<</R 8000>>">,
                      .found = {Finding::pdf_rich_media},
                      .gone = {"/Sound"},
                      .kept = {"Hello"}}},
            .never = {"/Subtype/RichMedia", "/S/Rendition", "/Subtype/Movie", "/Subtype/Sound"}};
}

Row P11() {
    return {.made = {{.name = "static-xfa.pdf",
                      .make = field<"/FT/Tx", "/XFA(<xdp:xdp/>)">,
                      .found = {Finding::pdf_xfa},
                      .gone = {"/XFA", "xdp"},
                      .kept = {"Hello"}},
                     {.name = "dynamic-xfa.pdf",
                      .make = catalog<"/NeedsRendering true/AcroForm<</XFA(<x/>)/Fields[]>>">,
                      .refused = Reason::pdf_dynamic_form}},
            .also_found = {Finding::pdf_form},
            .never = {"/XFA"}};
}

Row P12() {
    return {.made = {{.name = "scripted-field.pdf",
                      .make = field<"/FT/Tx/AA<</K<</S/JavaScript/JS(app.alert(1))>>>>", "/NeedAppearances true/CO[]">,
                      .found = {Finding::pdf_form},
                      .gone = {"/AcroForm", "/Widget", "app.alert"},
                      .kept = {"Hello", "0 0 1 rg"}}},
            .never = {"/AcroForm", "/JavaScript"}};
}

Row P13() {
    return {.made = {{.name = "signed.pdf",
                      .make = field<"/FT/Sig/V<</Type/Sig/Contents<00112233>>>", "/SigFlags 3">,
                      .found = {Finding::pdf_signature},
                      .gone = {"/Sig", "00112233"},
                      .kept = {"Hello", "0 0 1 rg"}}},
            .also_found = {Finding::pdf_form}};
}

Row P14() {
    return {
        .made = {{.name = "password-to-read.pdf",
                  .make = [] { return made_by("qpdf --encrypt user owner 256 -- in out", tests::PdfSample().bytes()); },
                  .refused = Reason::input_encrypted}}};
}

Row P15() {
    return {.made = {{.name = "password-to-change.pdf",
                      .make =
                          [] {
                              return made_by("qpdf --encrypt '' owner 256 --print=none -- in out",
                                             tests::PdfSample().bytes());
                          },
                      .found = {Finding::pdf_owner_password},
                      .gone = {"/Encrypt"},
                      .kept = {"Hello"}}},
            .never = {"/Encrypt"}};
}

Row P16() {
    return {
        .made = {{.name = "partly-encrypted.pdf", .make = partly_encrypted, .refused = Reason::pdf_partly_encrypted}},
        .also_plain = true}; // the real file is not encrypted yet
}

Row P17() {
    return {.made = {{.name = "older-revision.pdf",
                      .make = with_older_revision,
                      .found = {Finding::pdf_incremental_update},
                      .gone = {"Hello"},
                      .kept = {"Later"}}}};
}

Row P20() {
    return {.made = {{.name = "broken-table.pdf",
                      .make = with_broken_table,
                      .found = {Finding::pdf_repaired},
                      .gone = {"\n77"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_bytes_outside},
            .also_refused = {Reason::pdf_two_readings, Reason::input_damaged, Reason::pdf_no_pages},
            .also_plain = true};
}

Row P21() {
    return {.made = {{.name = "bytes-around.pdf",
                      .make = polyglot,
                      .found = {Finding::pdf_bytes_outside},
                      .gone = {"polyglot", "tail of another"},
                      .kept = {"Hello"}}},
            .also_refused = {Reason::type_ambiguous}};
}

Row P22() {
    return {.made = {{.name = "form-in-itself.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              sample.add_stream(
                                  "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R>>>>",
                                  "/A Do");
                              sample.resources = "/XObject<</A 6 0 R>>";
                              sample.content += " /A Do";
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_cycle},
                      .gone = {"/A 6 0 R"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_repaired},
            .also_plain = true};
}

Row P23() {
    return {.made = {{.name = "giant-page.pdf",
                      .make = page<"/MediaBox[0 0 1000000 1000000]">,
                      .refused = Reason::limit_pixels}},
            .also_refused = {Reason::limit_bytes, Reason::limit_ratio, Reason::limit_members, Reason::input_damaged},
            .also_plain = true};
}

Row P28() {
    return {.made = {{.name = "hidden-layer.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              sample.catalog = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>";
                              sample.resources = "/Properties<</L 6 0 R>>";
                              sample.content += " /OC /L BDC 0 0 9 9 re f EMC";
                              sample.add("<</Type/OCG/Name(Layer)>>");
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_hidden_layer},
                      .kept = {"Hello", "/OC"}}},
            .also_plain = true};
}

Row P29() {
    return {.made = {{.name = "author.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              sample.trailer = "/Info<</Author(Taro Yamada)>>";
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_metadata},
                      .gone = {"Taro", "/Info"},
                      .kept = {"Hello"}},
                     {.name = "xmp.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              const int xmp = sample.add_stream("/Type/Metadata/Subtype/XML", "<x>Taro</x>");
                              sample.catalog = "/Metadata " + std::to_string(xmp) + " 0 R";
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_metadata},
                      .gone = {"Taro", "/Metadata"},
                      .kept = {"Hello"}},
                     {.name = "private-data.pdf",
                      .make = page<"/PieceInfo<</App<</Private(secret)>>>>">,
                      .found = {Finding::pdf_metadata},
                      .gone = {"/PieceInfo", "secret"},
                      .kept = {"Hello"}},
                     {.name = "structure.pdf",
                      .make = catalog<"/StructTreeRoot<</Type/StructTreeRoot>>/MarkInfo<</Marked true>>">,
                      .found = {Finding::pdf_structure},
                      .gone = {"/StructTreeRoot", "/MarkInfo"},
                      .kept = {"Hello"}}},
            .also_plain = true,
            .never = {"/PieceInfo", "/Thumb"}};
}

Row P31() {
    return {.made = {{.name = "unicode-password.pdf",
                      .make =
                          [] {
                              return made_by("qpdf --encrypt 'ﬁ㋿が' owner 256 -- in out",
                                             tests::PdfSample().bytes());
                          },
                      .refused = Reason::input_encrypted}},
            .also_refused = {Reason::input_damaged}};
}

} // namespace sekisho::rows
