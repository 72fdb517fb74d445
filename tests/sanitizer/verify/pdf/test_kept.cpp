// Attachments and form fields, which policy may let stay: only in the narrow form that the sanitiser writes.
#include <gtest/gtest.h>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/sanitizer/verify/pdf/pdf_builder.h"

namespace sekisho::tests {
namespace {

Result<> only_clean_text(Type type, const Source& content, const Limits&) {
    if (type == Type::text && as_text(TRY(content.whole(100))) == "clean") return {};
    return refuse(Reason::verify_pdf_attachment);
}

std::string verdict(const PdfBuilder& builder, verify::VerifyPart part = only_clean_text) {
    const std::string file = builder.build();
    const auto result = verify::pdf(MemorySource(as_view(file)), {}, part);
    return result ? "accepted" : result.error().code;
}

// "a.txt" in UTF-16.
constexpr const char* name = "<FEFF0061002E007400780074>";

PdfBuilder attached(const std::string& file_name, const std::string& content, const std::string& more = "") {
    PdfBuilder builder;
    builder.stream(6, "/Type/EmbeddedFile", content);
    builder.add(1, "/Names<</EmbeddedFiles<</Names[(1)<</Type/Filespec/F" + file_name + "/UF" + file_name +
                       "/EF<</F 6 0 R>>" + more + ">>]>>>>");
    return builder;
}

TEST(VerifyPdfAttachments, AreAcceptedWithCleanNamesAndContent) {
    EXPECT_EQ(verdict(attached(name, "clean")), "accepted");
    EXPECT_EQ(verdict(attached(name, "clean"), nullptr), "verify.pdf.attachment");
    EXPECT_EQ(verdict(attached(name, "dirty")), "verify.pdf.attachment");
    EXPECT_EQ(verdict(attached("(a.txt)", "clean")), "verify.pdf.attachment");    // not UTF-16
    EXPECT_EQ(verdict(attached("<FEFF0061>", "clean")), "verify.pdf.attachment"); // promises nothing
    EXPECT_EQ(verdict(attached("<FEFF0061002E0065007800650000>", "clean")), "verify.pdf.attachment"); // a.exe
    EXPECT_EQ(verdict(attached("<FEFF002E002E002F0061002E007400780074>", "clean")),
              "verify.pdf.attachment");                                                               // ../a.txt
    EXPECT_EQ(verdict(attached("<FEFF202E0061002E007400780074>", "clean")), "verify.pdf.attachment"); // U+202E
    EXPECT_EQ(verdict(attached(name, "clean", "/Desc(x)")), "verify.pdf.key");
    EXPECT_EQ(verdict(attached(name, "clean", "/FS/URL")), "verify.pdf.key");
}

TEST(VerifyPdfAttachments, HaveOneNameAndOneContent) {
    PdfBuilder two_names;
    two_names.stream(6, "/Type/EmbeddedFile", "clean");
    two_names.add(1, std::string("/Names<</EmbeddedFiles<</Names[(1)<</Type/Filespec/F(a.exe)/UF") + name +
                         "/EF<</F 6 0 R>>>>]>>>>");
    EXPECT_EQ(verdict(two_names), "verify.pdf.attachment");
    PdfBuilder two_contents;
    two_contents.stream(6, "/Type/EmbeddedFile", "clean").stream(7, "/Type/EmbeddedFile", "dirty");
    two_contents.add(1, std::string("/Names<</EmbeddedFiles<</Names[(1)<</Type/Filespec/F") + name + "/UF" + name +
                            "/EF<</F 6 0 R/UF 7 0 R>>>>]>>>>");
    EXPECT_EQ(verdict(two_contents), "verify.pdf.key");
}

PdfBuilder with_field(const std::string& field, const std::string& widget = "") {
    PdfBuilder builder;
    builder.stream(6, "/Subtype/Form/BBox[0 0 1 1]", "n");
    builder.object(7, "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/Parent 8 0 R/F 4/AP<</N 6 0 R>>" + widget + ">>");
    builder.object(8, "<</T(a)/Kids[7 0 R]" + field + ">>");
    builder.add(3, "/Annots[7 0 R]");
    builder.add(1, "/AcroForm<</Fields[8 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 0 Tf 0 g)>>");
    return builder;
}

TEST(VerifyPdfForms, AreAcceptedWithoutActions) {
    EXPECT_EQ(verdict(with_field("/FT/Tx/V(x)/DA(/F 9 Tf 0 g)/MaxLen 3/Ff 4096")), "accepted");
    EXPECT_EQ(verdict(with_field("/FT/Ch/V(x)/Opt[(x)[(y)(z)]]")), "accepted");
    EXPECT_EQ(verdict(with_field("/FT/Btn/V/Off", "/AS/Off/MK<</CA(4)>>")), "accepted");
}

TEST(VerifyPdfForms, ThatDoAnythingAreRefused) {
    EXPECT_EQ(verdict(with_field("/FT/Sig")), "verify.pdf.value");                     // P13
    EXPECT_EQ(verdict(with_field("/FT/Btn/Ff 65536")), "verify.pdf.value");            // a button
    EXPECT_EQ(verdict(with_field("/FT/Tx/Ff 1048576")), "verify.pdf.value");           // the reader's own files
    EXPECT_EQ(verdict(with_field("/FT/Tx/Ff 33554432/RV(<x/>)")), "verify.pdf.value"); // rich text
    EXPECT_EQ(verdict(with_field("/FT/Tx/DA(x evil)")), "verify.pdf.content");
    for (const char* action : {"/AA<<>>", "/A<</S/JavaScript/JS(x)>>", "/DV(x)", "/TM(x)"})
        EXPECT_EQ(verdict(with_field(std::string("/FT/Tx") + action)), "verify.pdf.key") << action;
    for (const char* action : {"/AA<<>>", "/A<</S/SubmitForm>>", "/MK<</I 6 0 R>>"})
        EXPECT_EQ(verdict(with_field("/FT/Tx", action)), "verify.pdf.key") << action;
    PdfBuilder orders = with_field("/FT/Tx"); // P12: the order of calculation
    orders.object(1,
                  "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[8 0 R]/CO[8 0 R]/DR<</Font<</F 5 0 R>>>>/DA(0 g)>>>>");
    EXPECT_EQ(verdict(orders), "verify.pdf.key");
}

} // namespace
} // namespace sekisho::tests
