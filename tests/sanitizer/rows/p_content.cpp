// PDF: what is drawn.
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/p_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

// A picture of 16 x 16 as ImageMagick codes it, drawn by the page.
Bytes with_picture(const std::string& command, const std::string& keys) {
    tests::PdfSample sample;
    const Bytes picture = made_by(command, {});
    const int number = sample.add_stream("/Type/XObject/Subtype/Image/Width 16/Height 16" + keys, as_text(picture));
    sample.resources = "/XObject<</X " + std::to_string(number) + " 0 R>>";
    sample.content += " q 50 0 0 50 0 0 cm /X Do Q";
    return sample.bytes();
}

Bytes with_font(const std::string& program, const std::string& key) {
    tests::PdfSample sample;
    const int number = sample.add_stream("/Length1 " + std::to_string(program.size()), program);
    const int descriptor =
        sample.add("<</Type/FontDescriptor/FontName/A/Flags 32/FontBBox[0 0 9 9]/ItalicAngle 0/Ascent "
                   "9/Descent 0/CapHeight 9/StemV 9/" +
                   key + " " + std::to_string(number) + " 0 R>>");
    const int font =
        sample.add("<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/FontDescriptor " +
                   std::to_string(descriptor) + " 0 R>>");
    sample.resources = "/ExtGState<</G<</Font[" + std::to_string(font) + " 0 R 12]>>>>";
    sample.content += " /G gs";
    return sample.bytes();
}

} // namespace

Row P24() {
    return {
        .made = {{.name = "outside-stream.pdf",
                  .make = drawn<"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(\\\\\\\\server\\\\x)/FFilter/FlateDecode">,
                  .found = {Finding::pdf_external_stream},
                  .gone = {"/FFilter", "server"},
                  .kept = {"Hello"}}},
        .also_plain = true, // in a stream that is not taken along at all
        .never = {"/FFilter"}};
}

Row P25() {
    return {.made = {{.name = "postscript.pdf",
                      .make = drawn<"/Type/XObject/Subtype/PS", "(evil) run">,
                      .found = {Finding::pdf_postscript},
                      .gone = {"/PS", "(evil)"},
                      .kept = {"Hello"}},
                     {.name = "postscript-form.pdf",
                      .make = drawn<"/Type/XObject/Subtype/Form/Subtype2/PS/BBox[0 0 9 9]", "n">,
                      .found = {Finding::pdf_postscript},
                      .gone = {"/PS"},
                      .kept = {"Hello"}},
                     {.name = "opi.pdf",
                      .make = drawn<"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OPI<</2.0<</F(a.tif)>>>>", "n">,
                      .found = {Finding::pdf_postscript},
                      .gone = {"/OPI", "a.tif"},
                      .kept = {"Hello"}},
                     {.name = "reference-object.pdf",
                      .make = drawn<"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(other.pdf)/Page 0>>", "n">,
                      .found = {Finding::pdf_postscript},
                      .gone = {"/Ref", "other.pdf"},
                      .kept = {"Hello"}},
                     {.name = "unknown-operator.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              sample.content += " 1 2 evil";
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_content},
                      .gone = {"evil"},
                      .kept = {"Hello"}}},
            .also_plain = true,
            .never = {"/OPI", "/Subtype/PS"}};
}

Row P26() {
    return {
        .made = {{.name = "no-jpeg.pdf",
                  .make = drawn<"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace"
                                "/DeviceRGB/Filter/DCTDecode",
                                "not a jpeg, payload">,
                  .found = {Finding::pdf_picture},
                  .gone = {"payload"},
                  .kept = {"Hello"}},
                 {.name = "no-jbig2.pdf",
                  .make = drawn<"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 1/ColorSpace"
                                "/DeviceGray/Filter/JBIG2Decode",
                                "payload payload payload">,
                  .found = {Finding::pdf_picture},
                  .gone = {"payload", "JBIG2"},
                  .kept = {"Hello"}},
                 {.name = "jpeg2000.pdf",
                  .make =
                      [] { return with_picture("convert -size 16x16 gradient:red-blue jp2:out", "/Filter/JPXDecode"); },
                  .found = {Finding::pdf_codec},
                  .gone = {"JPXDecode"},
                  .kept = {"Hello"}},
                 {.name = "fax.pdf",
                  .make =
                      [] {
                          return with_picture("convert -size 16x16 pattern:checkerboard -monochrome group4:out",
                                              "/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode"
                                              "/DecodeParms<</K -1/Columns 16>>");
                      },
                  .found = {Finding::pdf_codec},
                  .gone = {"CCITTFax"},
                  .kept = {"Hello"}}},
        .also_refused = {Reason::type_unknown},
        .also_plain = true,
        .never = {"JBIG2", "JPXDecode", "CCITTFax"}};
}

Row P27() {
    return {.made = {{.name = "no-font.pdf",
                      .make = [] { return with_font(std::string("\0\1\0\0evil font program", 21), "FontFile2"); },
                      .found = {Finding::pdf_font},
                      .gone = {"evil font", "/FontFile2"},
                      .kept = {"Hello"}}},
            .also_plain = true};
}

} // namespace sekisho::rows
