// What objects may say: one test per vector of the threat catalogue that is about keys, actions, filters or programs.
#include <gtest/gtest.h>
#include <zlib.h>

#include "pdf_builder.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::PdfBuilder;

std::string verdict(const PdfBuilder& builder) {
    const std::string file = builder.build();
    const auto result = verify::pdf(MemorySource(as_view(file)), {});
    return result ? "accepted" : result.error().code;
}

std::string with_catalog(const std::string& entries) {
    return verdict(PdfBuilder().add(1, entries));
}
std::string with_page(const std::string& entries) {
    return verdict(PdfBuilder().add(3, entries));
}
std::string with_annotation(const std::string& entries) {
    return with_page("/Annots[<</Type/Annot/Rect[0 0 9 9]" + entries + ">>]");
}
std::string with_content(const std::string& content) {
    return verdict(PdfBuilder().stream(4, "", content));
}
std::string with_link(const std::string& target) {
    return with_annotation("/Subtype/Link/A<</S/URI/URI(" + target + ")>>");
}

std::string deflated(const std::string& text) {
    uLongf size = compressBound(text.size());
    Bytes packed(size);
    compress2(packed.data(), &size, as_view(text).data(), text.size(), 9);
    packed.resize(size);
    return std::string(as_text(packed));
}

struct Vector {
    const char* threat;
    const char* catalog; // entries
};

TEST(VerifyPdfGrammar, VectorsInTheCatalogAreRefused) {
    constexpr Vector vectors[] = {
        {"P01", "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"},
        {"P03", "/AA<</WC<</S/JavaScript/JS(x)>>>>"},
        {"P05", "/URI<</Base(file:///)>>"},
        {"P09", "/Names<</AlternatePresentations<</Names[]>>>>"},
        {"P09", "/AF[]"},
        {"P09", "/Collection<<>>"},
        {"P11", "/AcroForm<</XFA(x)>>"},
        {"P12", "/AcroForm<</NeedAppearances true>>"},
        {"P13", "/Perms<</DocMDP<<>>>>"},
        {"P29", "/PieceInfo<<>>"},
        {"P29", "/SpiderInfo<<>>"},
        {"P29", "/Metadata 5 0 R"},
        {"-", "/StructTreeRoot<</ClassMap<<>>>>"},
        {"-", "/Unknown 1"},
    };
    for (const Vector& vector : vectors)
        EXPECT_EQ(with_catalog(vector.catalog), "verify.pdf.key") << vector.threat << vector.catalog;
}

TEST(VerifyPdfGrammar, VectorsOnPagesAreRefused) {
    for (const char* entries :
         {"/AA<</O<</S/JavaScript/JS(x)>>>>", "/Trans<<>>", "/Thumb 5 0 R", "/PieceInfo<<>>", "/Metadata 5 0 R",
          "/AF[]", "/Dur 1", "/PresSteps<<>>", "/B[]", "/StructParent 0", "/VP[]"})
        EXPECT_EQ(with_page(entries), "verify.pdf.key") << entries;
}

TEST(VerifyPdfGrammar, P29InfoIsRefused) {
    PdfBuilder builder;
    builder.object(6, "<</Author(someone)>>").trailer("/Info 6 0 R");
    EXPECT_EQ(verdict(builder), "verify.pdf.key");
}

TEST(VerifyPdfGrammar, P02OpeningMayOnlyJump) {
    EXPECT_EQ(with_catalog("/OpenAction[3 0 R/Fit]"), "accepted");
    EXPECT_EQ(with_catalog("/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"), "accepted");
    for (const char* action : {"<</S/JavaScript/JS(x)>>", "<</S/URI/URI(https://a.jp/)>>", "<</S/Named/N/Print>>",
                               "<</S/Launch/F(a)>>", "(name)", "[0/Fit]"})
        EXPECT_EQ(with_catalog(std::string("/OpenAction") + action), "verify.pdf.action") << action;
    EXPECT_EQ(with_catalog("/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/JavaScript/JS(x)>>>>"), "verify.pdf.key");
}

// P01, P04, P06 to P08, P30: no action but a web link or a jump in this file.
TEST(VerifyPdfGrammar, ActionsAreRefused) {
    for (const char* action :
         {"/S/JavaScript/JS(x)", "/S/Launch/F(calc.exe)", "/S/SubmitForm/F(http://a/)", "/S/ResetForm",
          "/S/ImportData/F(a.fdf)", "/S/GoToR/F(\\\\\\\\host\\\\a)/D[0/Fit]", "/S/GoToE/D[0/Fit]", "/S/Thread/D 0",
          "/S/Named/N/Print", "/S/Hide/T(x)", "/S/SetOCGState/State[]", "/S/Trans", "/S/Rendition", "/S/Movie",
          "/S/Sound", "/S/GoTo3DView", "/S/RichMediaExecute", "/JS(x)"})
        EXPECT_EQ(with_annotation(std::string("/Subtype/Link/A<<") + action + ">>"), "verify.pdf.action") << action;
    EXPECT_EQ(with_annotation("/Subtype/Link/A<</S/URI/URI(http://a/)/Next<</S/JavaScript/JS(x)>>>>"),
              "verify.pdf.key");
    EXPECT_EQ(with_annotation("/Subtype/Link/AA<</E<</S/JavaScript/JS(x)>>>>"), "verify.pdf.key");
    EXPECT_EQ(with_annotation("/Subtype/Link/PA<</S/URI/URI(http://a/)>>"), "verify.pdf.key");
}

TEST(VerifyPdfGrammar, P05LinkTargets) {
    EXPECT_EQ(with_link("https://www.example.lg.jp/a?b=c#d"), "accepted");
    EXPECT_EQ(with_link("HTTP://example.jp/"), "accepted");
    EXPECT_EQ(with_link("mailto:soumu@example.lg.jp"), "accepted");
    EXPECT_EQ(with_link("tel:+81-3-0000-0000"), "accepted");
    for (const char* target : {"javascript:alert", "file:///etc/passwd", "data:text/html,x", "\\\\\\\\host\\\\share",
                               "//host/x", "ms-msdt:/id", "smb://host/x", "http:", " http://a/", "http://a/\\nb",
                               "vbscript:x", "", "http://a/\\000b", "java\\tscript:x"})
        EXPECT_EQ(with_link(target), "verify.pdf.action") << target;
}

TEST(VerifyPdfGrammar, LinksWithinTheFile) {
    EXPECT_EQ(with_annotation("/Subtype/Link/Dest[3 0 R/XYZ null 10 null]"), "accepted");
    EXPECT_EQ(with_annotation("/Subtype/Link/A<</S/GoTo/D[3 0 R/Fit]>>"), "accepted");
    EXPECT_EQ(with_annotation("/Subtype/Link/Dest(name)"), "accepted");
    EXPECT_EQ(with_annotation("/Subtype/Link/Dest[0/Fit]"), "verify.pdf.action");
    EXPECT_EQ(with_annotation("/Subtype/Link/Dest[5 0 R/Fit]"), "verify.pdf.action");
    EXPECT_EQ(with_annotation("/Subtype/Link/Dest[3 0 R/Evil]"), "verify.pdf.value");
}

// P09, P10, P12, P13: annotations that are more than a drawing.
TEST(VerifyPdfGrammar, AnnotationsThatActAreRefused) {
    for (const char* subtype : {"FileAttachment", "RichMedia", "3D", "Movie", "Sound", "Screen", "PrinterMark",
                                "TrapNet", "Projection", "Popup", "Unknown"})
        EXPECT_EQ(with_annotation(std::string("/AP<</N 6 0 R>>/Subtype/") + subtype), "verify.pdf.reference")
            << subtype;
    for (const char* subtype : {"FileAttachment", "RichMedia", "Screen", "Popup"}) {
        PdfBuilder builder;
        builder.stream(6, "/Subtype/Form/BBox[0 0 1 1]", "n");
        builder.add(3, std::string("/Annots[<</Rect[0 0 1 1]/AP<</N 6 0 R>>/Subtype/") + subtype + ">>]");
        EXPECT_EQ(verdict(builder), "verify.pdf.value") << subtype;
        builder.object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/"
                          "Annots[<</Rect[0 0 1 1]/AP<</N 6 0 R>>/Subtype/Stamp>>]>>");
        EXPECT_EQ(verdict(builder), "accepted");
    }
    EXPECT_EQ(with_annotation("/Subtype/Stamp"), "accepted");
    EXPECT_EQ(with_annotation("/Subtype/Link/FS(a)"), "verify.pdf.key");
}

TEST(VerifyPdfGrammar, Bookmarks) {
    PdfBuilder builder;
    builder.add(1, "/Outlines 6 0 R").object(6, "<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>");
    builder.object(7, "<</Title(a)/Parent 6 0 R/Next 8 0 R/Dest[3 0 R/Fit]>>");
    builder.object(8, "<</Title(b)/Parent 6 0 R/Prev 7 0 R/A<</S/URI/URI(https://a.jp/)>>>>");
    EXPECT_EQ(verdict(builder), "accepted");
    builder.object(8, "<</Title(b)/Parent 6 0 R/Prev 7 0 R/A<</S/Launch/F(a)>>>>");
    EXPECT_EQ(verdict(builder), "verify.pdf.action");
    // An object that only a backward link names is not reached, whatever it is.
    builder.object(8, "<</Title(b)/Parent 6 0 R/Prev 9 0 R>>").object(9, "<</S/JavaScript/JS(x)>>");
    EXPECT_EQ(verdict(builder), "verify.pdf.unreachable");
}

// P18, P26: filters.
TEST(VerifyPdfGrammar, P26FiltersAreRefused) {
    for (const char* filter : {"/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode",
                               "/JBIG2Decode", "/JPXDecode", "/Crypt", "/Unknown", "[/FlateDecode/FlateDecode]", "[]"})
        EXPECT_NE(verdict(PdfBuilder().stream(4, std::string("/Filter ") + filter, "q Q")), "accepted") << filter;
    EXPECT_EQ(verdict(PdfBuilder().stream(4, "/Filter/FlateDecode", deflated("q Q\n"))), "accepted");
}

TEST(VerifyPdfGrammar, BytesBehindCompressedDataAreRefused) {
    EXPECT_EQ(verdict(PdfBuilder().stream(4, "/Filter/FlateDecode", deflated("q Q\n") + "MZ and a program")),
              "verify.pdf.stream");
    EXPECT_EQ(verdict(PdfBuilder().stream(4, "/Filter/FlateDecode", "not deflate")), "verify.pdf.stream");
}

// P23: a picture's data are exactly as large as it says.
TEST(VerifyPdfGrammar, P23PictureSizes) {
    const std::string keys = "/Subtype/Image/Width 4/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    const auto with = [&](const std::string& more, const std::string& data) {
        PdfBuilder builder;
        builder.resource("/XObject<</X 6 0 R>>").stream(6, keys + more, data);
        return verdict(builder);
    };
    EXPECT_EQ(with("", "12345678"), "accepted");
    EXPECT_EQ(with("", "123456789"), "verify.pdf.stream");
    EXPECT_EQ(with("", "1234567"), "verify.pdf.stream");
    EXPECT_EQ(with("/Filter/FlateDecode", deflated(std::string(50 << 20, 'x'))), "verify.pdf.stream");
    EXPECT_EQ(with("/Alternates[]", "12345678"), "verify.pdf.key");
    EXPECT_EQ(with("/OPI<<>>", "12345678"), "verify.pdf.key"); // P25
    EXPECT_EQ(with("/Metadata 5 0 R", "12345678"), "verify.pdf.key");
    EXPECT_EQ(with("/Filter/DCTDecode", "12345678"), "verify.pdf.jpeg");
}

std::string jpeg(const std::string& segments) {
    using namespace std::string_literals;
    return "\xFF\xD8"s + segments + "\xFF\xC0\x00\x0B\x08\x00\x02\x00\x04\x01\x01\x11\x00"s +
           "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00"s + "data\xFF\x00"s + "\xFF\xD9"s;
}

TEST(VerifyPdfGrammar, P26JpegSegments) {
    using namespace std::string_literals;
    const auto with = [](const std::string& data) {
        PdfBuilder builder;
        builder.resource("/XObject<</X 6 0 R>>")
            .stream(6, "/Subtype/Image/Width 4/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
                    data);
        return verdict(builder);
    };
    EXPECT_EQ(with(jpeg("")), "accepted");
    EXPECT_EQ(with(jpeg("\xFF\xE1\x00\x08"s + "Exif\0\0"s)), "verify.pdf.jpeg");
    EXPECT_EQ(with(jpeg("\xFF\xFE\x00\x06note"s)), "verify.pdf.jpeg");
    EXPECT_EQ(with(jpeg("") + "PK\x03\x04"), "verify.pdf.jpeg");
    EXPECT_EQ(with("x" + jpeg("")), "verify.pdf.jpeg");
}

// P24, P25: data from elsewhere, PostScript.
TEST(VerifyPdfGrammar, P24ExternalDataAreRefused) {
    EXPECT_NE(verdict(PdfBuilder().stream(4, "/F(a.txt)/FFilter/FlateDecode", "q Q")), "accepted");
    EXPECT_EQ(verdict(PdfBuilder().stream(4, "/FDecodeParms<<>>", "q Q")), "verify.pdf.key");
    PdfBuilder builder;
    builder.resource("/XObject<</X 6 0 R>>");
    EXPECT_EQ(verdict(builder.stream(6, "/Subtype/PS", "x")), "verify.pdf.value");
    EXPECT_EQ(verdict(builder.stream(6, "/Subtype/Form/BBox[0 0 1 1]/Ref<</F(a)/Page 0>>", "n")), "verify.pdf.key");
    EXPECT_EQ(verdict(builder.stream(6, "/Subtype/Form/BBox[0 0 1 1]/Subtype2/PS", "n")), "verify.pdf.key");
    EXPECT_EQ(verdict(builder.stream(6, "/Subtype/Form/BBox[0 0 1 1]", "n")), "accepted");
}

TEST(VerifyPdfGrammar, Operators) {
    EXPECT_EQ(with_content("q 1 0 0 1 0 0 cm 0 0 m 1 1 l S Q [(a)-1(b)] TJ /Span<</ActualText(x)>>BDC EMC\n"),
              "accepted");
    EXPECT_EQ(with_content("BI/W 2/H 1/BPC 8/CS/G/F/AHx ID FF00> EI\n"), "accepted");
    for (const char* content :
         {"exec", "1 2 PS", "q Q Q", "1 0 0 cm", "(a) m", "1 2", "q % comment\n Q", "BX foo EX", "<</JS(x)>>", "(a",
          "/T<</JS(x)>>BDC", "BI/W 2/H 1/BPC 8/CS/G ID \xFF\xFF EI", "BI/W 2/H 1/F/AHx/JS(x) ID FF> EI",
          "BI/W 2/H 1/F/AHx ID FF> Q", "BI/W 2/H 1/BPC 8/CS/G/F/AHx ID FF> EI",
          "BI/W 2/H 1/F[/AHx/DCT]/BPC 8 ID FFD8> EI", "stream", "1 0 obj"})
        EXPECT_NE(with_content(content), "accepted") << content;
}

// P27: font programs.
std::string sfnt(const std::string& tag) {
    using namespace std::string_literals;
    return "\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"s + tag +
           "\x00\x00\x00\x00\x00\x00\x00\x1C\x00\x00\x00\x04"s + "data"s;
}

TEST(VerifyPdfGrammar, P27FontPrograms) {
    const auto with = [](const std::string& key, const std::string& keys, const std::string& data) {
        PdfBuilder builder;
        builder.object(5, "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 6 0 R>>");
        builder.object(6, "<</Type/FontDescriptor/FontName/A/Flags 4/" + key + " 7 0 R>>");
        return verdict(builder.stream(7, keys, data));
    };
    EXPECT_EQ(with("FontFile2", "", sfnt("head")), "accepted");
    for (const char* tag : {"fpgm", "prep", "cvt ", "EBDT", "SVG ", "DSIG", "Silf"})
        EXPECT_EQ(with("FontFile2", "", sfnt(tag)), "verify.pdf.font") << tag;
    EXPECT_EQ(with("FontFile2", "", sfnt("head") + "PK\x03\x04"), "verify.pdf.font");
    EXPECT_EQ(with("FontFile2", "", "MZ"), "verify.pdf.font");
    EXPECT_EQ(with("FontFile3", "/Subtype/Type1C", "MZ............"), "verify.pdf.font");
    EXPECT_EQ(with("FontFile", "/Length1 4/Length2 0/Length3 0", "MZ.."), "verify.pdf.font");
}

// Readers open predefined CMaps as files.
TEST(VerifyPdfGrammar, CMapNamesAreNoPaths) {
    const auto with = [](const std::string& name) {
        PdfBuilder builder;
        builder.object(5, "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/" + name + "/DescendantFonts[6 0 R]>>");
        builder.object(6,
                       "<</Type/Font/Subtype/CIDFontType0/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
                       "/Supplement 6>>>>");
        return verdict(builder);
    };
    EXPECT_EQ(with("90ms-RKSJ-H"), "accepted");
    EXPECT_EQ(with("..#2F..#2Fetc#2Fpasswd"), "verify.pdf.value");
}

TEST(VerifyPdfGrammar, Programs) {
    const auto with_function = [](const std::string& program) {
        PdfBuilder builder;
        builder.resource("/ColorSpace<</C[/Separation/Gold/DeviceGray 6 0 R]>>");
        return verdict(builder.stream(6, "/FunctionType 4/Domain[0 1]/Range[0 1]", program));
    };
    EXPECT_EQ(with_function("{dup 0.5 gt {pop 1} {1 exch sub} ifelse}"), "accepted");
    EXPECT_EQ(with_function("{(/etc/passwd) (r) file}"), "verify.pdf.content");
    EXPECT_EQ(with_function("{1} quit"), "verify.pdf.content");
    const auto with_cmap = [](const std::string& program) {
        return verdict(PdfBuilder().add(5, "/ToUnicode 6 0 R").stream(6, "", program));
    };
    EXPECT_EQ(
        with_cmap("/CIDInit/ProcSet findresource begin begincmap 1 beginbfchar <01> <3042> endbfchar endcmap end"),
        "accepted");
    EXPECT_EQ(with_cmap("(%pipe%id) (r) file"), "verify.pdf.content");
}

TEST(VerifyPdfGrammar, GraphicsOfAnOrdinaryFileAreAccepted) {
    PdfBuilder builder;
    builder.resource("/ExtGState<</G<</Type/ExtGState/ca 0.5/BM/Multiply/SMask<</S/Alpha/G 6 0 R>>>>>>"
                     "/Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/"
                     "Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1>>/Extend[true false]>>>>>>"
                     "/ColorSpace<</C[/Indexed/DeviceRGB 1 <000000FFFFFF>]>>/Properties<</L 7 0 R>>");
    builder.stream(6, "/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency/CS/DeviceGray>>", "0 0 9 9 re f");
    builder.object(7, "<</Type/OCG/Name(layer)>>");
    builder.add(1,
                "/OCProperties<</OCGs[7 0 R]/D<</Order[7 0 R]/ON[7 0 R]>>>>/PageLabels<</Nums[0<</S/D>>]>>/Lang(ja)");
    EXPECT_EQ(verdict(builder), "accepted");
    builder.resource("/ExtGState<</G<</HT<</HalftoneType 1>>>>>>");
    EXPECT_NE(verdict(builder), "accepted");
}

} // namespace
} // namespace sekisho
