// The file around the objects: what is accepted at all, and what hides beside, before or behind the objects.
#include <gtest/gtest.h>

#include "pdf_builder.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::PdfBuilder;

std::string verdict(std::string_view file, const Limits& limits = {}) {
    const auto result = verify::pdf(MemorySource(as_view(file)), limits);
    return result ? "accepted" : result.error().code;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    text.replace(text.find(what), what.size(), with);
    return text;
}

TEST(VerifyPdf, AcceptsAMinimalFile) {
    EXPECT_EQ(verdict(PdfBuilder().build()), "accepted");
}

TEST(VerifyPdf, RefusesEmptyAndForeignBytes) {
    EXPECT_EQ(verdict(""), "verify.pdf.frame");
    EXPECT_EQ(verdict("MZ\x90 not a PDF at all, but long enough"), "verify.pdf.frame");
}

TEST(VerifyPdf, EveryTruncationIsRefused) {
    const std::string file = PdfBuilder().build();
    for (std::size_t size = 0; size + 1 < file.size(); ++size)
        ASSERT_NE(verdict(std::string_view(file).substr(0, size)), "accepted") << size;
}

TEST(VerifyPdf, NoSingleByteChangeCrashesIt) {
    const std::string file = PdfBuilder().build();
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const char byte : {'\0', '<', '9', '('}) {
            std::string changed = file;
            changed[at] = byte;
            verdict(changed);
        }
    }
}

// P21: bytes before the header, after the end.
TEST(VerifyPdf, P21BytesAroundTheFileAreRefused) {
    const std::string file = PdfBuilder().build();
    EXPECT_EQ(verdict("GIF89a" + file), "verify.pdf.frame");
    EXPECT_EQ(verdict(file + "PK\x03\x04"), "verify.pdf.frame");
    EXPECT_EQ(verdict(file + "\n"), "verify.pdf.frame");
    EXPECT_EQ(verdict(file + "%%EOF\n"), "verify.pdf.frame");
    EXPECT_EQ(verdict(replaced(file, "%\xE2\xE3\xCF\xD3\n", "%<html><script>\n")), "verify.pdf.frame");
}

TEST(VerifyPdf, P21BytesBetweenObjectsAreRefused) {
    PdfBuilder builder;
    builder.object(4, "<</Length 1>>\nstream\nq\nendstream\nendobj\n9 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>");
    EXPECT_EQ(verdict(builder.build()), "verify.pdf.frame");
    builder.object(4, "<</Length 2>>\nstream\nq \nendstream\nendobj\n% comment");
    EXPECT_EQ(verdict(builder.build()), "verify.pdf.frame");
}

// A length that is too short hides an object in what a repairing reader sees.
TEST(VerifyPdf, P20StreamLengthsMustBeTrue) {
    PdfBuilder builder;
    builder.object(4, "<</Length 1>>\nstream\nq Q\nendstream");
    EXPECT_NE(verdict(builder.build()), "accepted");
    builder.object(4, "<</Length 900>>\nstream\nq Q\nendstream");
    EXPECT_NE(verdict(builder.build()), "accepted");
}

// P17: incremental updates.
TEST(VerifyPdf, P17IncrementalUpdateIsRefused) {
    std::string file = PdfBuilder().build();
    const std::size_t old = file.rfind("xref\n0 ");
    const std::size_t object = file.size();
    file += "4 0 obj\n<</Length 1>>\nstream\nq\nendstream\nendobj\n";
    const std::size_t table = file.size();
    file += "xref\n4 1\n" + std::string(10 - std::to_string(object).size(), '0') + std::to_string(object) +
            " 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev " + std::to_string(old) + ">>\nstartxref\n" +
            std::to_string(table) + "\n%%EOF\n";
    EXPECT_EQ(verdict(file), "verify.pdf.xref");
    EXPECT_EQ(verdict(PdfBuilder().trailer("/Prev 10").build()), "verify.pdf.xref");
    EXPECT_EQ(verdict(PdfBuilder().trailer("/XRefStm 10").build()), "verify.pdf.xref");
}

// P20: a table that is wrong is never repaired.
TEST(VerifyPdf, P20DamagedTablesAreRefused) {
    const std::string file = PdfBuilder().build();
    EXPECT_NE(verdict(replaced(file, "0000000015", "0000000016")), "accepted");
    EXPECT_NE(verdict(replaced(file, "xref\n0 6", "xref\n0 5")), "accepted");
    EXPECT_NE(verdict(replaced(file, "/Size 6", "/Size 7")), "accepted");
    EXPECT_NE(verdict(replaced(file, "/Size 6", "/Size 600000000")), "accepted");
    EXPECT_NE(verdict(replaced(file, "5 0 obj", "4 0 obj")), "accepted");
    EXPECT_NE(verdict(replaced(file, "startxref\n", "startxref\n1")), "accepted");
}

TEST(VerifyPdf, UnreachableObjectsAreRefused) {
    EXPECT_EQ(verdict(PdfBuilder().object(6, "<</S/JavaScript/JS(x)>>").build()), "verify.pdf.unreachable");
    EXPECT_EQ(verdict(PdfBuilder().object(7, "42").build()), "verify.pdf.unreachable");
}

TEST(VerifyPdf, DanglingReferencesAreRefused) {
    EXPECT_EQ(verdict(PdfBuilder().add(3, "/Group 9 0 R").build()), "verify.pdf.reference");
}

// P19: escaped names are compared as what they mean; an escaped NUL would end a C string.
TEST(VerifyPdf, P19EscapedNamesDoNotPass) {
    EXPECT_EQ(verdict(PdfBuilder().add(1, "/A#41<</S/J#61vaScript/JS(x)>>").build()), "verify.pdf.key");
    EXPECT_EQ(verdict(PdfBuilder().add(1, "/Lang#00x(ja)").build()), "verify.pdf.syntax");
    EXPECT_EQ(verdict(PdfBuilder().add(1, "/Lang#zz(ja)").build()), "verify.pdf.syntax");
}

TEST(VerifyPdf, DuplicateKeysAreRefused) {
    EXPECT_EQ(verdict(PdfBuilder().add(1, "/Lang(ja)/Lang(en)").build()), "verify.pdf.syntax");
}

// P14 to P16, P31: nothing encrypted leaves.
TEST(VerifyPdf, P14EncryptedFilesAreRefused) {
    PdfBuilder builder;
    builder.object(
        6, "<</Filter/Standard/V 1/R 2/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)/P -4>>");
    EXPECT_EQ(verdict(builder.trailer("/Encrypt 6 0 R/ID[(a)(b)]").build()), "verify.pdf.encrypted");
}

// P22: cycles.
TEST(VerifyPdf, P22CyclesAreRefused) {
    PdfBuilder tree;
    tree.object(2, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 1>>");
    EXPECT_EQ(verdict(tree.build()), "verify.pdf.pages");
    PdfBuilder form;
    form.resource("/XObject<</X 6 0 R>>");
    form.stream(6, "/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 6 0 R>>>>", "/X Do");
    EXPECT_EQ(verdict(form.build()), "verify.pdf.cycle");
    PdfBuilder outline;
    outline.add(1, "/Outlines 6 0 R").object(6, "<</First 7 0 R/Last 7 0 R/Count 1>>");
    outline.object(7, "<</Title(a)/Parent 6 0 R/Next 7 0 R>>");
    EXPECT_EQ(verdict(outline.build()), "verify.pdf.cycle");
}

TEST(VerifyPdf, P22DepthIsBounded) {
    PdfBuilder builder;
    builder.add(1, "/OCProperties<</OCGs[]/D<</Order " + std::string(200, '[') + std::string(200, ']') + ">>>>");
    EXPECT_NE(verdict(builder.build()), "accepted");
}

TEST(VerifyPdf, PageTreeMustCountAndBelong) {
    EXPECT_EQ(verdict(PdfBuilder().object(2, "<</Type/Pages/Kids[3 0 R]/Count 2>>").build()), "verify.pdf.pages");
    EXPECT_EQ(verdict(PdfBuilder().object(2, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>").build()), "verify.pdf.pages");
    EXPECT_EQ(verdict(PdfBuilder().object(2, "<</Type/Pages/Kids[]/Count 0>>").build()), "verify.pdf.pages");
}

TEST(VerifyPdf, LimitsAreVerdicts) {
    Limits limits;
    limits.members = 5;
    EXPECT_NE(verdict(PdfBuilder().build(), limits), "accepted");
    limits = {};
    limits.bytes_out = 100;
    EXPECT_EQ(verdict(PdfBuilder().build(), limits), "limit.bytes");
    PdfBuilder huge;
    huge.resource("/XObject<</X 6 0 R>>");
    huge.stream(6, "/Subtype/Image/Width 2000000000/Height 2000000000/ColorSpace/DeviceGray/BitsPerComponent 8", "x");
    EXPECT_EQ(verdict(huge.build()), "limit.pixels");
}

} // namespace
} // namespace sekisho
