// What comes out of drawings by the real converter, and of mails. What needs LibreOffice is skipped where it is not
// installed.
#include <gtest/gtest.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/formats/layout/sheet.h"
#include "sanitizer/formats/pdf_draw/document.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/verify/verify.h"
#include "tests/sanitizer/convert/suite.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::Suite;

struct Done {
    std::string outcome; // type written, or code of the refusal
    Bytes bytes;
    std::string text; // of a PDF
    double width = 0, height = 0;
};

void read_pdf(Done& done) {
    const auto document = pdf::drawing::open_document(done.bytes, {});
    ASSERT_TRUE(document) << to_line(document.error());
    for (int i = 0; i < pdf::drawing::page_count(*document); ++i) {
        pdf::drawing::PageSize size;
        const auto page = pdf::drawing::open_page(*document, i, size);
        ASSERT_TRUE(page);
        if (i == 0) {
            done.width = size.width;
            done.height = size.height;
        }
        const pdf::drawing::Characters text(poppler_page_get_text(page->get()));
        done.text += text.get();
    }
}

Done sanitized(std::string_view input, std::string_view name, Level level, Converter* converter) {
    Limits limits;
    Budget budget(limits);
    Report report;
    Context context(level, budget, report, sanitize_file);
    if (converter) context.use(*converter);
    MemorySink out(limits.bytes_out);
    const auto type = sanitize_file(MemorySource(as_view(input)), out, name, context);
    if (!type) return {type.error().code, {}, {}};
    Done done{std::string(row_of(*type).name), out.take(), {}};
    const auto good = verify::file(*type, MemorySource(done.bytes), limits);
    EXPECT_TRUE(good) << to_line(good.error());
    if (*type == Type::pdf) read_pdf(done);
    return done;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

class Layout : public testing::Test {
protected:
    static void SetUpTestSuite() { warm_up(); }
    void SetUp() override {
        if (!Suite::is_installed()) GTEST_SKIP() << "LibreOffice is not installed";
    }
    static Done flattened(std::string_view input, std::string_view name) {
        static Suite suite;
        Done done = sanitized(input, name, Level::flatten, &suite.converter());
        if (done.outcome == "pdf") {
            EXPECT_EQ(sanitized(as_text(done.bytes), "a.pdf", Level::rebuild, nullptr).outcome, "pdf");
        }
        return done;
    }
};

constexpr std::string_view drawing =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100mm\" height=\"50mm\" viewBox=\"0 0 200 100\" "
    "onload=\"acts()\"><script>acts()</script><rect x=\"10\" y=\"10\" width=\"180\" height=\"80\" fill=\"#fc0\"/>"
    "<text x=\"20\" y=\"40\" font-size=\"16\">配置図</text><text x=\"20\" y=\"70\" font-size=\"16\">second</text>"
    "<image href=\"http://evil.example/a.png\" width=\"9\" height=\"9\"/></svg>";

TEST_F(Layout, ADrawingKeepsItsSizeAndText) {
    const Done done = flattened(drawing, "a.svg");
    EXPECT_EQ(done.outcome, "pdf");
    EXPECT_NEAR(done.width, 100 / 25.4 * 72, 1);
    EXPECT_NEAR(done.height, 50 / 25.4 * 72, 1);
    EXPECT_LT(done.text.find("配置図"), done.text.find("second")) << done.text;
    for (const char* gone : {"acts", "evil.example", "/Annots"}) EXPECT_FALSE(holds(as_text(done.bytes), gone)) << gone;
}

// A picture of one pixel is in the page, as it comes along.
constexpr std::string_view page =
    "<!DOCTYPE html><title>t</title><h1 onclick=\"acts()\">見出し</h1><script>acts()</script>"
    "<table><tr><td>left</td><td>右の欄</td></tr></table><img src=\"http://evil.example/a.png\">"
    "<img width=\"90\" height=\"90\" alt=\"\" src=\"data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC\"><p>終わり</p>";

TEST_F(Layout, APageHasItsLook) {
    const Done done = flattened(page, "a.html");
    ASSERT_EQ(done.outcome, "pdf");
    EXPECT_NEAR(done.width, 595, 1);
    EXPECT_LT(done.text.find("見出し"), done.text.find("右の欄")) << done.text;
    EXPECT_LT(done.text.find("右の欄"), done.text.find("終わり")) << done.text;
    EXPECT_TRUE(holds(as_text(done.bytes), "/Image")) << "the picture";
    for (const char* gone : {"acts", "evil.example"}) EXPECT_FALSE(holds(as_text(done.bytes), gone)) << gone;
}

constexpr std::string_view mail = "From: =?UTF-8?B?5bGx55Sw?= <yamada@example.jp>\r\nTo: <suzuki@example.jp>\r\n"
                                  "Date: Mon, 1 Apr 2024 09:00:00 +0900\r\nSubject: =?UTF-8?B?44GK55+l44KJ44Gb?=\r\n"
                                  "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                  "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                                  "<p onclick=\"acts()\">本文です</p><script>acts()</script>\r\n"
                                  "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                  "Content-Disposition: attachment; filename=\"memo.txt\"\r\n\r\nメモ\r\n--b--\r\n";

// The content of an attachment of a mail, by what stands in its header.
std::string part_with(std::string_view eml, std::string_view parameter) {
    const std::size_t at = eml.find(parameter);
    if (at == eml.npos) return {};
    std::string_view rest = eml.substr(eml.find("\r\n\r\n", at) + 4);
    rest = rest.substr(0, rest.find("\r\n--"));
    std::string decoded;
    unsigned bits = 0, held = 0;
    for (const char c : rest) {
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const std::size_t value = alphabet.find(c);
        if (value == alphabet.npos) continue;
        held = (held << 6 | static_cast<unsigned>(value)) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        decoded += static_cast<char>(held >> bits & 0xFF);
    }
    return decoded;
}

// A machine without the suite, which no later try changes.
class Missing final : public Converter {
public:
    Result<> convert(const Source&, Sink&, const Conversion&) override { return refuse(Reason::convert_missing); }
};

TEST(LayoutOfMail, AMailStaysAMailOfTextAndPages) {
    warm_up();
    Missing missing;
    const Done done = sanitized(mail, "a.eml", Level::flatten, &missing);
    ASSERT_EQ(done.outcome, "mail");
    const std::string_view eml = as_text(done.bytes);
    EXPECT_FALSE(holds(eml, "text/html"));
    EXPECT_FALSE(holds(eml, "acts"));
    EXPECT_TRUE(holds(eml, "5pys5paH44Gn44GZ")) << "the characters of its page, in base64\n" << eml;
    const std::string part = part_with(eml, "filename=\"memo.pdf\"");
    ASSERT_FALSE(part.empty()) << eml;
    Done memo;
    memo.bytes = to_bytes(part);
    read_pdf(memo);
    EXPECT_TRUE(holds(memo.text, "メモ"));
    EXPECT_EQ(sanitized(eml, "a.eml", Level::rebuild, nullptr).outcome, "mail");
}

TEST_F(Layout, TheLookOfAMailIsAttachedWithThePicturesThatItShows) {
    std::string shown(mail);
    const std::size_t text = shown.find("<p onclick");
    shown.insert(text, "<img width=\"90\" height=\"90\" src=\"cid:a@b\">");
    shown.insert(shown.rfind("--b--"), "--b\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\n"
                                       "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAA"
                                       "ACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC\r\n");
    const Done done = flattened(shown, "a.eml");
    ASSERT_EQ(done.outcome, "mail");
    Done look;
    look.bytes = to_bytes(part_with(as_text(done.bytes), "UTF-8''%E6%9C%AC%E6%96%87")); // 本文
    ASSERT_NO_FATAL_FAILURE(read_pdf(look));
    EXPECT_TRUE(holds(look.text, "本文です")) << look.text;
    EXPECT_TRUE(holds(as_text(look.bytes), "/Image")) << "the picture";
    EXPECT_FALSE(holds(as_text(done.bytes), "text/html"));
    EXPECT_EQ(sanitized(as_text(done.bytes), "a.eml", Level::rebuild, nullptr).outcome, "mail");
}

// Fails closed: no drawing is delivered as it is because nobody can lay it out.
TEST(LayoutWithoutSuite, NothingIsDelivered) {
    EXPECT_EQ(sanitized(drawing, "a.svg", Level::flatten, nullptr).outcome, "convert.unavailable");
    EXPECT_EQ(sanitized(page, "a.html", Level::flatten, nullptr).outcome, "convert.unavailable");
}

TEST(LayoutWithoutSuite, APageIsItsCharacters) {
    Missing missing;
    warm_up();
    const Done done = sanitized(page, "a.html", Level::flatten, &missing);
    EXPECT_EQ(done.outcome, "pdf");
    EXPECT_TRUE(holds(done.text, "見出し") && holds(done.text, "終わり")) << done.text;
    EXPECT_EQ(sanitized(drawing, "a.svg", Level::flatten, &missing).outcome, "convert.missing");
}

TEST(LayoutSheet, TheSizeIsWhatTheDrawingSays) {
    struct Row {
        std::string_view element;
        double width, height;
    };
    for (const Row& row :
         {Row{"<svg width=\"200\" height=\"100\">", 150, 75}, Row{"<svg width=\"10cm\" height=\"1in\">", 283.46, 72},
          Row{"<svg viewBox=\"0 0 400 200\">", 300, 150}, Row{"<svg viewBox=\"0,0,400,200\" width=\"100pt\">", 100, 50},
          Row{"<svg viewBox=\"0 0 400 200\" width=\"100%\" height=\"100%\">", 300, 150}, Row{"<svg>", 225, 112.5},
          Row{"<svg width=\"-5\" height=\"nan\">", 225, 112.5},
          Row{"<svg width=\"1e9\" height=\"5e8\">", 14'400, 7'200}, Row{"<svg width=\"1\" height=\"0.001\">", 4, 4},
          Row{"<?xml version=\"1.0\"?>\n<svg stroke-width=\"9\" height=\"50\" width=\"40\">", 30, 37.5}}) {
        const layout::Size size = layout::size_of_svg(row.element);
        EXPECT_NEAR(size.width, row.width, 0.01) << row.element;
        EXPECT_NEAR(size.height, row.height, 0.01) << row.element;
    }
}

} // namespace
} // namespace sekisho
