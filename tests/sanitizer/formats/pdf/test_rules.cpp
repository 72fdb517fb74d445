// Is each rule of a document told where nothing else in it would be? What acts is in test_threats.cpp.
#include <gtest/gtest.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/sanitizer/formats/pdf/parts.h"
#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

std::string codes(const std::vector<Entry>& entries) {
    std::string all;
    for (const Entry& entry : entries)
        all += (all.empty() ? "" : " ") + std::string(row_of(entry.finding).code) + "/" +
               std::string(name_of(entry.action));
    return all;
}

std::string told(View file, const Limits& limits = {}) {
    const Rebuilt rebuilt = rebuild(file, limits);
    return rebuilt.result ? codes(rebuilt.entries) : rebuilt.result.error().code;
}

std::string replaced(const Sample& sample, std::string_view what, std::string_view with) {
    std::string text(as_text(sample.bytes()));
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

Sample with_catalog(std::string entries) {
    Sample sample;
    sample.catalog = std::move(entries);
    return sample;
}

Sample with_outline(const std::string& chapter) {
    Sample sample = with_catalog("/Outlines 6 0 R");
    sample.add("<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>");
    sample.add("<</Title(Chapter)/Parent 6 0 R/Dest[3 0 R/Fit]" + chapter + ">>");
    return sample;
}

TEST(PdfRules, AnOrdinaryDocumentHasNothingToTell) {
    EXPECT_EQ(told(Sample().bytes()), "");
    EXPECT_EQ(told(with_outline("").bytes()), "");
}

TEST(PdfRules, WhatTheCatalogueHoldsIsTold) {
    const std::vector<std::pair<const char*, const char*>> rows{
        {"/AF[<</F(a)>>]", "pdf.attachment/removed"},
        {"/Collection<</View/D>>", "pdf.attachment/removed"},
        {"/Names<</AlternatePresentations<<>>>>", "pdf.unlisted/removed"},
        {"/Names<</EmbeddedFiles<<>>>>", "pdf.attachment/removed"},
        {"/Names<</JavaScript<<>>>>", "pdf.javascript/removed"},
        {"/Names<</Renditions<<>>>>", "pdf.rich-media/removed"},
        {"/Names<</URLS<<>>>>", "pdf.metadata/removed"},
        {"/AA<<>>", "pdf.additional-action/removed"},
        {"/AcroForm<</Fields[]>>", "pdf.form/flattened"},
        {"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/GoTo>>>>", "pdf.open-action/removed"},
        {"/OpenAction<</S/Nothing>>", "pdf.open-action/removed pdf.unlisted/removed"},
        {"/Perms<<>>", "pdf.signature/removed"},
        {"/ViewerPreferences<</HideMenubar true>>", "pdf.transition/removed"},
        {"/MarkInfo<<>>", "pdf.structure/removed"},
    };
    for (const auto& [entries, expected] : rows) EXPECT_EQ(told(with_catalog(entries).bytes()), expected) << entries;
}

TEST(PdfRules, WhatAPageHoldsIsTold) {
    const std::vector<std::pair<const char*, const char*>> rows{
        {"/Annots[<</Subtype/Square/Rect[1 1 9 9]/AA<<>>>>]", "pdf.additional-action/removed"},
        {"/Annots[<</Subtype/Movie/Rect[1 1 9 9]>>]", "pdf.rich-media/removed"},
        {"/Annots[<</Subtype/FileAttachment/Rect[1 1 9 9]>>]", "pdf.attachment/removed"},
        {"/Annots[<</Subtype/Widget/Rect[1 1 9 9]>>]", "pdf.form/flattened"},
        {"/Annots[<</Subtype/Evil/Rect[1 1 9 9]>>]", "pdf.unlisted/removed"},
        {"/Dur 1", "pdf.transition/removed"},
        {"/Evil 1", "pdf.unlisted/removed"},
    };
    for (const auto& [entries, expected] : rows) {
        Sample sample;
        sample.page = entries;
        EXPECT_EQ(told(sample.bytes()), expected) << entries;
    }
}

TEST(PdfRules, BookmarksEndAndDoNotAct) {
    EXPECT_EQ(told(with_outline("/Next 7 0 R").bytes()), "pdf.cycle/removed");
    EXPECT_EQ(told(with_outline("/AA<<>>").bytes()), "pdf.additional-action/removed");
}

TEST(PdfRules, APageTreeThatHoldsItselfIsTold) {
    const std::string all = told(as_view(replaced(Sample(), "/Kids[3 0 R]", "/Kids[2 0 R 3 0 R]")));
    EXPECT_TRUE(all == "pdf.cycle/removed pdf.repaired/rewritten" || all == "input.damaged") << all; // qpdf 11; 12
}

// Found by fuzzing: functions without what they need were written, which the verifier refuses.
TEST(PdfRules, AFunctionThatLacksWhatItNeedsGoes) {
    for (const std::string function :
         {"/FunctionType 2/Domain[0 1]/N 1", "/FunctionType 2/Domain[0 1]", "/FunctionType 2/N 1",
          "/FunctionType 3/Domain[0 1]/Functions[]/Bounds[]", "/FunctionType 3/Domain[0 1]/Bounds[]/Encode[]"}) {
        Sample sample;
        sample.resources =
            "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function<<" + function + ">>>>>>";
        sample.content = "/S sh";
        const Rebuilt made = rebuild(sample.bytes());
        ASSERT_TRUE(made.result) << function;
        const auto good = verify::pdf(MemorySource(made.bytes), {});
        EXPECT_TRUE(good) << function << ": " << to_line(good.error());
    }
}

TEST(PdfRules, BytesAroundTheDocumentAreTold) {
    const std::string document(as_text(Sample().bytes()));
    EXPECT_EQ(told(as_view("MZ\n" + document)), "pdf.bytes-outside/removed");
    EXPECT_EQ(told(as_view(document + "PK")), "pdf.bytes-outside/removed");
    EXPECT_EQ(told(as_view(replaced(Sample(), "startxref\n", "startxref\n1"))), "pdf.repaired/rewritten");
}

TEST(PdfRules, NothingGrowsBeyondItsLimit) {
    Limits limits;
    limits.pages = 0;
    EXPECT_EQ(told(Sample().bytes(), limits), "limit.pages");
    limits = {};
    limits.members = 20;
    EXPECT_EQ(
        told(with_catalog("/Names<</Dests<</Kids[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0]>>>>").bytes(), limits),
        "limit.members");
    limits = {};
    limits.bytes_in_memory = 4'000;
    Sample sample;
    sample.content += std::string(3'000, ' ');
    EXPECT_EQ(told(sample.bytes(), limits), "");
    EXPECT_EQ(told(as_view(replaced(sample, "/Contents 4 0 R", "/Contents[4 0 R 4 0 R]")), limits), "limit.bytes");
}

// A form that the page draws; its content is four numbers and a rectangle.
std::string told_of_form(const std::string& keys, const std::string& data) {
    Sample sample;
    const int form = sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + keys, data);
    sample.resources = "/XObject<</X " + std::to_string(form) + " 0 R>>";
    sample.content += " /X Do";
    const Rebuilt rebuilt = rebuild(sample.bytes());
    EXPECT_TRUE(rebuilt.result);
    const bool gone = unpacked(rebuilt.bytes).find("1 2 3 4 re") == std::string::npos;
    return (gone ? "gone: " : "") + codes(rebuilt.entries);
}

TEST(PdfRules, ContentBehindFiltersThatReadersDoNotTakeIsNotRead) {
    const std::string content = "1 2 3 4 re f";
    EXPECT_EQ(told_of_form("", content), "");
    std::string packed = content;
    std::string filters;
    for (int i = 0; i < 8; ++i) packed = to_hex(as_view(packed)), filters += "/AHx";
    EXPECT_EQ(told_of_form("/Filter[" + filters + "]", packed), "");
    EXPECT_EQ(told_of_form("/Filter[" + filters + "/AHx]", to_hex(as_view(packed))), "gone: pdf.content/removed");
    EXPECT_EQ(told_of_form("/F(elsewhere)", content),
              "gone: pdf.unlisted/removed pdf.external-stream/removed pdf.content/removed");
    EXPECT_EQ(told_of_form("/Filter/DCTDecode", content), "gone: pdf.content/removed");
}

// Found with the rule above: such a page was delivered empty and nothing was told.
TEST(PdfRules, APageWhoseContentCannotBeReadIsTold) {
    EXPECT_EQ(told(as_view(replaced(Sample(), "<</Length 35>>", "<</Length 35/Filter/DCTDecode>>"))),
              "pdf.content/removed pdf.repaired/rewritten");
}

std::string told_of_picture(const std::string& keys, View data) {
    Sample sample;
    const int picture = sample.add_stream("/Type/XObject/Subtype/Image" + keys, as_text(data));
    sample.resources = "/XObject<</X " + std::to_string(picture) + " 0 R>>";
    sample.content += " /X Do";
    return told(sample.bytes());
}

TEST(PdfRules, PicturesThatMakeNoSenseAreReplaced) {
    const std::string size = "/Width 8/Height 8";
    const std::string grey = size + "/ColorSpace/DeviceGray";
    const Bytes samples(64);
    EXPECT_EQ(told_of_picture(grey + "/BitsPerComponent 8", samples), "");
    EXPECT_EQ(told_of_picture(grey + "/BitsPerComponent 8/Filter/DCTDecode", tiny_jpeg()), "");
    EXPECT_EQ(told_of_picture(grey + "/BitsPerComponent 3", samples), "pdf.picture/replaced");
    EXPECT_EQ(told_of_picture(size + "/BitsPerComponent 8", samples), "pdf.picture/replaced") << "no colours";
    EXPECT_EQ(told_of_picture("/Width 16384/Height 8192/ColorSpace/DeviceGray/BitsPerComponent 8", samples),
              "pdf.picture/replaced")
        << "nearly all of it is missing";
    EXPECT_EQ(told_of_picture(size + "/ImageMask true/Filter/DCTDecode", tiny_jpeg()), "pdf.picture/replaced")
        << "a stencil of many shades";
}

TEST(PdfRules, PicturesOfOldFaxesAreConverted) {
    const std::string grey = "/Width 8/Height 8/BitsPerComponent 1/ColorSpace/DeviceGray";
    EXPECT_EQ(told_of_picture(grey + "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 8>>", Bytes(8)),
              "pdf.codec/converted");
    EXPECT_EQ(told_of_picture(grey + "/Filter/JBIG2Decode", tiny_jbig2()), "pdf.codec/converted");
}

TEST(PdfRules, PicturesInContentThatMakeNoSenseGo) {
    const auto run = [](const std::string& entries, const std::string& data) {
        Sample sample;
        sample.content += " BI " + entries + " ID " + data + "\nEI Q";
        return told(sample.bytes());
    };
    const std::string jpeg = to_hex(tiny_jpeg()) + ">";
    EXPECT_EQ(run("/W 8/H 1/BPC 8/CS/G", "12345678"), "");
    EXPECT_EQ(run("/W 8/H 8/BPC 8/CS/G/F[/AHx/DCT]", jpeg), "");
    EXPECT_EQ(run("/W 8/H 8/BPC 8/CS/G/F[/AHx/DCT/AHx]", jpeg), "pdf.picture/removed") << "packed behind the codec";
    EXPECT_EQ(run("/W 0/H 8/BPC 8/CS/G", "12345678"), "pdf.picture/removed") << "no size";
    EXPECT_EQ(run("/W 8/H 1/BPC 8/CS/G/F[/AHx/AHx/AHx/AHx/AHx]", ">"), "pdf.picture/removed") << "five filters";
}

TEST(PdfRules, AShadingByFunctionIsNotDrawn) {
    Sample sample;
    sample.resources =
        "/Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function<</FunctionType 2/Domain[0 1]/N 1>>>>>>";
    sample.content += " /S sh";
    Bench bench(Level::flatten);
    const auto result = bench.run(pdf::rebuild, Type::pdf, sample.bytes());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "pdf.slow-shading");
    EXPECT_EQ(told(sample.bytes()), "");
}

// ISO 32000-1, 7.4.10: such a stream is left as it is.
TEST(PdfRules, AStreamThatOptsOutOfEncryptionIsRefused) {
    const Bytes plain = Sample().bytes();
    QPDF document;
    document.processMemoryFile("plain", as_chars(plain.data()), plain.size());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setR6EncryptionParameters("", "owner", true, false, true, true, true, true, qpdf_r3p_none, true);
    writer.setStaticID(true);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    std::string text(as_chars(buffer->getBuffer()), buffer->getSize());
    EXPECT_EQ(told(as_view(text)), "pdf.owner-password/removed");
    const std::string filter = "/Filter /FlateDecode";
    const std::size_t at = text.find(filter);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, filter.size(), "/Filter /Crypt      ");
    EXPECT_EQ(told(as_view(text)), "pdf.partly-encrypted");
}

} // namespace
} // namespace sekisho::tests
