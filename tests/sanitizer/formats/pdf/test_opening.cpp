// Passwords, and files that readers do not agree on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

using testing::HasSubstr;

enum class Cipher { aes256, aes128 }; // revisions 6 and 4 of ISO 32000

Bytes encrypted(View input, const std::string& user, const std::string& owner, Cipher cipher = Cipher::aes256) {
    QPDF document;
    document.processMemoryFile("plain", as_chars(input.data()), input.size());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    if (cipher == Cipher::aes256)
        writer.setR6EncryptionParameters(user.c_str(), owner.c_str(), true, false, true, true, true, true,
                                         qpdf_r3p_none, true);
    else
        writer.setR4EncryptionParametersInsecure(user.c_str(), owner.c_str(), true, false, true, true, true, true,
                                                 qpdf_r3p_none, true, true);
    writer.setStaticID(true);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    return {buffer->getBuffer(), buffer->getBuffer() + buffer->getSize()};
}

TEST(PdfEncryption, WithOwnerPasswordOnlyIsUndone) {
    const Rebuilt rebuilt = rebuild(encrypted(Sample().bytes(), "", "owner"));
    ASSERT_TRUE(rebuilt.result);
    EXPECT_TRUE(rebuilt.found(Finding::pdf_owner_password));
    EXPECT_FALSE(rebuilt.found(Finding::pdf_encrypted));
    EXPECT_EQ(unpacked(rebuilt.bytes).find("/Encrypt"), std::string::npos);
    EXPECT_THAT(text_of(rebuilt.bytes), HasSubstr("Hello"));
}

struct Typed {
    const char* name;
    Cipher cipher;
    std::string stored; // as the program that encrypted made it
    std::string typed;
};

class Passwords : public testing::TestWithParam<Typed> {};

TEST_P(Passwords, OpenTheDocument) {
    const Bytes file = encrypted(Sample().bytes(), GetParam().stored, "owner", GetParam().cipher);
    const Rebuilt without = rebuild(file);
    ASSERT_FALSE(without.result);
    EXPECT_EQ(reason_of(without.result.error()), Reason::input_encrypted);
    const Rebuilt wrong = rebuild(file, {}, {"no", "Owner"});
    ASSERT_FALSE(wrong.result);
    EXPECT_EQ(reason_of(wrong.result.error()), Reason::input_encrypted);

    const Rebuilt rebuilt = rebuild(file, {}, {"no", GetParam().typed});
    ASSERT_TRUE(rebuilt.result) << to_line(rebuilt.result.error());
    EXPECT_TRUE(rebuilt.found(Finding::pdf_encrypted));
    EXPECT_FALSE(rebuilt.found(Finding::pdf_owner_password));
    EXPECT_EQ(unpacked(rebuilt.bytes).find("/Encrypt"), std::string::npos);
    EXPECT_THAT(text_of(rebuilt.bytes), HasSubstr("Hello"));
    EXPECT_FALSE(rebuild(rebuilt.bytes).found_anything());
}

INSTANTIATE_TEST_SUITE_P(
    Pdf, Passwords,
    testing::Values(Typed{"plain", Cipher::aes256, "user", "user"}, Typed{"plain_old", Cipher::aes128, "user", "user"},
                    Typed{"owner", Cipher::aes256, "user", "owner"},
                    Typed{"full_width", Cipher::aes256, "PW1", "ＰＷ１"},
                    Typed{"decomposed_when_typed", Cipher::aes256, "か\xE3\x82\x99", "\xE3\x81\x8B\xE3\x82\x99"},
                    Typed{"composed_when_stored", Cipher::aes256, "\xE3\x81\x8C", "\xE3\x81\x8B\xE3\x82\x99"},
                    // U+2F874, whose normal form was another one before Unicode 4.
                    Typed{"old_normal_form", Cipher::aes256, "\xE5\xBC\xB3", "\xF0\xAF\xA1\xB4"},
                    Typed{"corrected_normal_form", Cipher::aes256, "\xE5\xBD\x93", "\xF0\xAF\xA1\xB4"},
                    Typed{"cp932", Cipher::aes128, "\x8F\xC4\x92\xC3", "焼津"},
                    Typed{"latin", Cipher::aes128, "caf\xE9", "café"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(PdfEncryption, OfPartsOnlyIsRefused) {
    std::string text(as_text(encrypted(Sample().bytes(), "", "owner")));
    const std::size_t at = text.find("/StmF /StdCF");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 12, "/StmF /Identity"); // three bytes more: the table is repaired
    const Rebuilt rebuilt = rebuild(as_view(text));
    ASSERT_FALSE(rebuilt.result);
    EXPECT_EQ(reason_of(rebuilt.result.error()), Reason::pdf_partly_encrypted);
}

// Builds files by hand, so that objects and tables can stand where they should not.
class Layout {
public:
    std::string text = "%PDF-1.7\n";
    std::size_t object(int number, const std::string& body) {
        const std::size_t at = text.size();
        text += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
        return at;
    }
    std::size_t content(int number, const std::string& words) {
        const std::string data = "BT /F1 24 Tf 20 50 Td (" + words + ") Tj ET";
        return object(number, "<</Length " + std::to_string(data.size()) + ">>\nstream\n" + data + "\nendstream");
    }
    // Objects 1 to 3 and 5; the content is 4.
    std::vector<std::size_t> frame() {
        return {object(1, "<</Type/Catalog/Pages 2 0 R>>"), object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"),
                object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 "
                          "R>>>>>>"),
                object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")};
    }
    std::size_t table(const std::vector<std::size_t>& frame, std::size_t content, const std::string& trailer = "") {
        const std::size_t at = text.size();
        text += "xref\n0 6\n0000000000 65535 f \n";
        for (const std::size_t offset : {frame[0], frame[1], frame[2], content, frame[3]}) {
            const std::string digits = std::to_string(offset);
            text += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
        }
        text += "trailer\n<</Root 1 0 R/Size 6" + trailer + ">>\n";
        return at;
    }
    void pointer(std::size_t table) { text += "startxref\n" + std::to_string(table) + "\n%%EOF\n"; }
};

Reason reason_for(const std::string& text) {
    const Rebuilt rebuilt = rebuild(as_view(text));
    return rebuilt.result ? Reason::none : reason_of(rebuilt.result.error());
}

TEST(PdfReadings, OfTwoPointersAreRefused) {
    Layout file;
    const auto frame = file.frame();
    const std::size_t one = file.content(4, "One");
    const std::size_t other = file.content(4, "Other");
    const std::size_t first = file.table(frame, other);
    const std::size_t second = file.table(frame, one);
    file.pointer(first);
    file.pointer(second);
    EXPECT_EQ(reason_for(file.text), Reason::pdf_two_readings);
}

TEST(PdfReadings, OfAnObjectThatStandsTwiceAreRefused) {
    Layout file;
    const auto frame = file.frame();
    const std::size_t one = file.content(4, "One");
    file.content(4, "Other");
    file.pointer(file.table(frame, one));
    EXPECT_EQ(reason_for(file.text), Reason::pdf_two_readings);
}

TEST(PdfReadings, OfAnotherRootAreRefused) {
    for (const char* before : {"", "% "}) {
        Layout file;
        const auto frame = file.frame();
        const std::size_t one = file.content(4, "One");
        file.object(6, "<</Type/Catalog/Pages 7 0 R>>");
        file.pointer(file.table(frame, one));
        file.text += std::string(before) + "trailer<</Root 6 0 R>>\n";
        EXPECT_EQ(reason_for(file.text), Reason::pdf_two_readings);
    }
}

TEST(PdfReadings, ThatAgreeAreOne) {
    Layout twice; // the same object once more
    auto frame = twice.frame();
    const std::size_t content = twice.content(4, "One");
    twice.content(4, "One");
    twice.pointer(twice.table(frame, content));
    EXPECT_EQ(reason_for(twice.text), Reason::none);

    Layout revised; // an older revision, which every reader passes over
    frame = revised.frame();
    const std::size_t old = revised.table(frame, revised.content(4, "Old"));
    revised.pointer(old);
    revised.pointer(revised.table(frame, revised.content(4, "New"), "/Prev " + std::to_string(old)));
    EXPECT_EQ(reason_for(revised.text), Reason::none);
    EXPECT_THAT(text_of(rebuild(as_view(revised.text)).bytes), HasSubstr("New"));

    Layout inside; // a PDF within a stream of this one has objects and a pointer of its own
    frame = inside.frame();
    const std::size_t own = inside.content(4, "One");
    Layout inner;
    inner.pointer(inner.table(inner.frame(), inner.content(4, "Inner")));
    inside.object(6, "<</Length " + std::to_string(inner.text.size()) + ">>\nstream\n" + inner.text + "\nendstream");
    // Made known by a table of its own, as the other one has six entries.
    std::string digits = std::to_string(inside.text.find("6 0 obj"));
    const std::size_t main = inside.table(frame, own);
    const std::size_t last = inside.text.size();
    inside.text += "xref\n6 1\n" + std::string(10 - digits.size(), '0') + digits + " 00000 n \ntrailer\n<</Root 1 0 R" +
                   "/Size 7/Prev " + std::to_string(main) + ">>\n";
    inside.pointer(last);
    EXPECT_EQ(reason_for(inside.text), Reason::none);
}

TEST(PdfReadings, OfLinearisedAndHybridFilesAreOne) {
    const Bytes plain = Sample().bytes();
    QPDF document;
    document.processMemoryFile("plain", as_chars(plain.data()), plain.size());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setLinearization(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    EXPECT_TRUE(rebuild({buffer->getBuffer(), buffer->getSize()}).result);

    Layout hybrid; // a table, and a cross-reference stream beside it for object 6 (ISO 32000-1, 7.5.8.4)
    const auto frame = hybrid.frame();
    const std::size_t content = hybrid.content(4, "One");
    const std::size_t object = hybrid.object(6, "null");
    std::string entry("\1\0\0\0", 4);
    entry[2] = static_cast<char>(object >> 8);
    entry[3] = static_cast<char>(object & 0xFF);
    const std::size_t stream =
        hybrid.object(7, "<</Type/XRef/Size 8/W[1 3 0]/Index[6 1]/Length 4>>\nstream\n" + entry + "\nendstream");
    hybrid.pointer(hybrid.table(frame, content, "/XRefStm " + std::to_string(stream)));
    EXPECT_EQ(reason_for(hybrid.text), Reason::none);
}

TEST(PdfReadings, OfRealFiles) {
    for (const char* name : {"Dual-startxref.pdf", "pdfa_schizo.pdf"}) {
        const auto path = corpus_file(name);
        if (!path) continue;
        EXPECT_EQ(reason_for(std::string(as_text(read_whole(*path)))), Reason::pdf_two_readings) << name;
    }
}

} // namespace
} // namespace sekisho::tests
