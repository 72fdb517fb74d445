// What must survive, what must be refused, and real files.
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/sanitizer/formats/pdf/parts.h"
#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

using testing::HasSubstr;

TEST(PdfDocument, KeepsPagesLinksBookmarksAndLabels) {
    Sample sample;
    sample.catalog = "/PageLabels<</Nums[0<</S/r/St 3>>]>>/Outlines 6 0 R/Dests<</here[3 0 R/XYZ 1 2 "
                     "0]>>/Lang(ja-JP)/PageLayout/TwoColumnRight";
    sample.page = "/Rotate 90/CropBox[5 5 190 90]/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 "
                  "9]/A<</S/URI/URI(https://example.jp/?a=1)>>>>"
                  "<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/Dest/here>>]";
    sample.add("<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>");
    sample.add("<</Title(Chapter)/Parent 6 0 R/Dest[3 0 R/Fit]>>");
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_FALSE(rebuilt.found_anything());
    const std::string all = unpacked(rebuilt.bytes);
    for (const char* word :
         {"/Rotate 90", "https://example.jp/?a=1", "(Chapter)", "/S /r", "/St 3", "(here)", "ja-JP", "/TwoColumnRight"})
        EXPECT_THAT(all, HasSubstr(word));
    EXPECT_THAT(text_of(rebuilt.bytes), HasSubstr("Hello"));
}

TEST(PdfDocument, ResolvesRelativeLinks) {
    Sample sample;
    sample.catalog = "/URI<</Base(https://example.jp/dir/index.html)>>";
    sample.page = "/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(page.html)>>>>]";
    EXPECT_THAT(unpacked(rebuild(sample.bytes()).bytes), HasSubstr("https://example.jp/dir/page.html"));
}

TEST(PdfDocument, KeepsLayersAndTellsOfHiddenOnes) {
    Sample sample;
    sample.catalog = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>";
    sample.resources = "/Properties<</L 6 0 R>>";
    sample.content += " /OC /L BDC 0 0 9 9 re f EMC";
    sample.add("<</Type/OCG/Name(Layer)>>");
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_hidden_layer));
    EXPECT_THAT(unpacked(rebuilt.bytes), HasSubstr("/OC /L BDC"));
}

struct Shown {
    const char* what;
    std::string content;
    std::string page; // entries
    bool covered, cropped;
};

TEST(PdfDocument, TellsOfTextThatAPageDoesNotShow) {
    const std::string text = "BT /F1 24 Tf 20 50 Td (Hello) Tj ET ";
    const std::vector<Shown> rows{
        {"nothing over it", text, "", false, false},
        {"a box behind it", "1 1 0 rg 0 0 200 100 re f " + text, "", false, false},
        {"a box over it", text + "0 g 10 40 150 40 re f", "", true, false},
        {"a box elsewhere", text + "0 g 10 0 150 40 re f", "", false, false},
        {"a scaled box over it", text + "q 10 0 0 10 0 0 cm 1 4 15 4 re f Q", "", true, false},
        {"a box that is clipped away", text + "q 0 0 5 5 re W n 10 40 150 40 re f Q", "", false, false},
        {"a translucent box", text + "/T gs 10 40 150 40 re f", "", false, false},
        {"a picture over it", text + "q 150 0 0 40 10 40 cm /P Do Q", "", true, false},
        {"a shape that is no box", text + "0 0 m 200 0 l 0 200 l f", "", false, false},
        {"cropped", text, "/CropBox[100 0 200 100]", false, true},
        {"cropped picture", "q 9 0 0 9 0 0 cm /P Do Q", "/CropBox[100 0 200 100]", false, true},
        {"cropped and nothing there", "0 0 9 9 re f", "/CropBox[100 0 200 100]", false, false},
    };
    for (const Shown& row : rows) {
        Sample sample;
        const int picture = sample.add_stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "x");
        sample.resources = "/ExtGState<</T<</ca 0.5>>>>/XObject<</P " + std::to_string(picture) + " 0 R>>";
        sample.content = row.content;
        sample.page = row.page;
        const Rebuilt rebuilt = rebuild(sample.bytes());
        ASSERT_TRUE(rebuilt.result) << row.what;
        EXPECT_EQ(rebuilt.found(Finding::pdf_covered_text), row.covered) << row.what;
        EXPECT_EQ(rebuilt.found(Finding::pdf_cropped_area), row.cropped) << row.what;
        for (const Entry& entry : rebuilt.entries) EXPECT_EQ(entry.action, Action::kept) << row.what;
    }
}

TEST(PdfDocument, TellsOfHiddenTextInARealFile) {
    const auto path = corpus_file("PDFSecrets/cropbox.pdf");
    if (!path) GTEST_SKIP() << "SEKISHO_CORPUS is not set";
    EXPECT_TRUE(rebuild(read_whole(*path)).found(Finding::pdf_cropped_area));
}

TEST(PdfDocument, KeepsHarmlessViewerPreferences) {
    Sample sample;
    sample.catalog = "/ViewerPreferences<</Direction/R2L/DisplayDocTitle true/PrintScaling/None/HideToolbar true"
                     "/Duplex/Evil/FitWindow(x)>>";
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_transition));
    const std::string all = unpacked(rebuilt.bytes);
    for (const char* kept : {"/Direction /R2L", "/DisplayDocTitle true", "/PrintScaling /None"})
        EXPECT_THAT(all, HasSubstr(kept));
    for (const char* gone : {"HideToolbar", "Evil", "FitWindow"}) EXPECT_THAT(all, testing::Not(HasSubstr(gone)));
    EXPECT_FALSE(rebuild(rebuilt.bytes).found_anything());
}

TEST(PdfContent, IsBalancedAndSpelledAnew) {
    Sample sample;
    sample.content = "q q BT /F1 24 Tf 020.500 +50 Td (He\\154lo) Tj ET Q Q Q EMC 1 2 3 4 5 rg";
    const std::string all = unpacked(rebuild(sample.bytes()).bytes);
    EXPECT_THAT(all, HasSubstr("20.5 50 Td\n(Hello) Tj"));
    EXPECT_THAT(all, HasSubstr("3 4 5 rg"));
    EXPECT_EQ(all.find("EMC"), std::string::npos);
    EXPECT_EQ(all.find("Q\nQ\nQ"), std::string::npos);
}

// Found by fuzzing: more widths than there are codes were written, which the verifier refuses.
TEST(PdfContent, AFontHasNoMoreWidthsThanCodes) {
    Sample sample;
    std::string widths;
    for (int i = 0; i < 300; ++i) widths += "500 ";
    const int font =
        sample.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 255/Widths[" + widths + "]>>");
    sample.resources = "/ExtGState<</G<</Font[" + std::to_string(font) + " 0 R 12]>>>>";
    sample.content = "/G gs BT 20 50 Td (Hello) Tj ET";
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    const auto good = verify::pdf(MemorySource(rebuilt.bytes), {});
    EXPECT_TRUE(good) << to_line(good.error());
    EXPECT_EQ(text_of(rebuilt.bytes), "Hello\n\f") << "the font stays";
}

// Of all names an encoding has, ISO 32000-1, 9.6.6 lets a font use four. Forms say /PDFDocEncoding.
TEST(PdfContent, AnEncodingOfNoKnownNameIsLeftToTheReader) {
    for (const char* encoding : {"/WinAnsiEncoding", "/PDFDocEncoding", "/Wi", "<</BaseEncoding/Wi>>"}) {
        Sample sample;
        sample.resources =
            "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding " + std::string(encoding) + ">>>>";
        const Rebuilt rebuilt = rebuild(sample.bytes());
        ASSERT_TRUE(rebuilt.result) << encoding;
        EXPECT_TRUE(verify::pdf(MemorySource(rebuilt.bytes), {})) << encoding;
        EXPECT_THAT(text_of(rebuilt.bytes), HasSubstr("Hello")) << encoding;
    }
}

TEST(PdfContent, InlinePicturesHaveNoSecondReading) {
    Sample sample;
    sample.content = std::string(
        "BI /W 8 /H 4 /BPC 8 /CS /G ID 12345 EI 123456789012345678901EI \nEI Q BT /F1 24 Tf 20 50 Td (Hello) Tj ET");
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_THAT(unpacked(rebuilt.bytes), HasSubstr("/F/AHx ID 3132333435204549"));
    EXPECT_THAT(text_of(rebuilt.bytes), HasSubstr("Hello"));
}

TEST(PdfRefusals, HaveReasons) {
    Sample dynamic;
    dynamic.catalog = "/NeedsRendering true/AcroForm<</XFA(<x/>)/Fields[]>>";
    EXPECT_EQ(reason_of(rebuild(dynamic.bytes()).result.error()), Reason::pdf_dynamic_form);
    Sample huge;
    huge.page = "/MediaBox[0 0 1000000 1000000]";
    EXPECT_EQ(reason_of(rebuild(huge.bytes()).result.error()), Reason::limit_pixels);
    EXPECT_EQ(reason_of(rebuild(as_view("%PDF-1.7\nnothing")).result.error()), Reason::input_damaged);
    EXPECT_EQ(reason_of(rebuild({}).result.error()), Reason::input_damaged);
}

TEST(PdfLimits, StopBombs) {
    Sample sample;
    const std::string bomb = deflated(std::string(80U << 20, ' '));
    sample.resources =
        "/XObject<</X " +
        std::to_string(sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", bomb)) +
        " 0 R>>";
    sample.content += " /X Do";
    Limits limits;
    limits.bytes_in_memory = 16U << 20;
    EXPECT_EQ(reason_of(rebuild(sample.bytes(), limits).result.error()), Reason::limit_bytes);
    Limits strict;
    strict.ratio = 100;
    EXPECT_EQ(reason_of(rebuild(sample.bytes(), strict).result.error()), Reason::limit_ratio);
    Limits few;
    few.members = 1;
    EXPECT_EQ(reason_of(rebuild(Sample().bytes(), few).result.error()), Reason::limit_members);
}

TEST(PdfLimits, PageTreeCyclesEnd) {
    std::string text(as_text(Sample().bytes()));
    const std::size_t at = text.find("/Kids[3 0 R]");
    text.replace(at, 12, "/Kids[2 0 R]");
    const Rebuilt rebuilt = rebuild(as_view(text));
    ASSERT_FALSE(rebuilt.result);
    EXPECT_EQ(reason_of(rebuilt.result.error()), Reason::pdf_no_pages);
}

TEST(PdfCut, AnywhereNeverCrashes) {
    Sample sample;
    sample.resources = "/XObject<</X " +
                       std::to_string(sample.add_stream(
                           "/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray",
                           "0123456789abcdef")) +
                       " 0 R>>";
    const Bytes whole = sample.bytes();
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        const Rebuilt rebuilt = rebuild(View(whole).first(size));
        const Reason reason = rebuilt.result ? Reason::none : reason_of(rebuilt.result.error());
        EXPECT_NE(reason, Reason::internal) << size;
    }
}

// Every real file is delivered, and soundly, or refused with a reason of the catalogue; within seconds.
TEST(PdfCorpus, IsDeliveredOrRefusedWithReason) {
    unsigned refused = 0;
    for (const std::string& path : corpus_files(".pdf")) {
        const auto start = std::chrono::steady_clock::now();
        const Rebuilt rebuilt = rebuild(read_whole(path));
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << path;
        if (!rebuilt.result) {
            ++refused;
            EXPECT_NE(reason_of(rebuilt.result.error()), Reason::internal) << path;
            continue;
        }
        std::string all;
        EXPECT_NO_THROW(all = unpacked(rebuilt.bytes)) << path;
        for (const char* word : {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
                                 "/EmbeddedFile", "/RichMedia", "/XFA", "/AcroForm", "/AA", "/Metadata", "/FFilter"})
            EXPECT_EQ(all.find(std::string("\n  ") + word + " "), std::string::npos) << path << " " << word;
        const Rebuilt again = rebuild(rebuilt.bytes);
        ASSERT_TRUE(again.result) << path;
        for (const Entry& entry : again.entries)
            EXPECT_EQ(entry.action, Action::kept) << path << " " << row_of(entry.finding).code;
        EXPECT_EQ(rebuild(again.bytes).bytes, again.bytes) << path;
    }
    EXPECT_LE(refused, 10U);
}

} // namespace
} // namespace sekisho::tests
