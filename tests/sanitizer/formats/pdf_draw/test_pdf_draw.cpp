#include <gtest/gtest.h>

#include <fmt/format.h>

#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/formats/pdf_draw/characters.h"
#include "sanitizer/formats/pdf_draw/document.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

// Pages of rising size, each with its number as text. Readers find the objects without a cross-reference table.
std::string sample(int pages, const std::string& catalog = "", const std::string& page_entries = "") {
    std::string out = "%PDF-1.7\n";
    std::string kids;
    for (int i = 0; i < pages; ++i) {
        const std::string content =
            fmt::format("BT /F 20 Tf 10 50 Td (Page {} of text) Tj ET 1 0 0 rg 0 0 9 9 re f", i + 1);
        kids += fmt::format("{} 0 R ", 10 + 2 * i);
        out += fmt::format("{} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} 100]/Contents {} 0 R{}>>\nendobj\n",
                           10 + 2 * i, 300 + 10 * i, 11 + 2 * i, page_entries);
        out += fmt::format("{} 0 obj\n<</Length {}>>\nstream\n{}\nendstream\nendobj\n", 11 + 2 * i, content.size(),
                           content);
    }
    out += "1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalog + ">>\nendobj\n";
    out +=
        fmt::format("2 0 obj\n<</Type/Pages/Count {}/Kids[{}]/Resources<</Font<</F 3 0 R>>>>>>\nendobj\n", pages, kids);
    out += "3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n";
    return out + "trailer\n<</Root 1 0 R/Size 99>>\n%%EOF\n";
}

struct Read {
    std::vector<std::pair<double, double>> sizes;
    std::vector<std::string> texts;
};

Read read_pdf(const Bytes& file) {
    Read read;
    const auto document = pdf::drawing::open_document(file, {});
    EXPECT_TRUE(document) << (document ? "" : to_line(document.error()));
    for (int i = 0; document && i < pdf::drawing::page_count(*document); ++i) {
        pdf::drawing::PageSize size;
        const auto page = pdf::drawing::open_page(*document, i, size);
        if (!page) continue;
        read.sizes.emplace_back(size.width, size.height);
        const pdf::drawing::Characters text(poppler_page_get_text(page->get()));
        read.texts.emplace_back(text.get());
    }
    return read;
}

std::string text_of(const std::string& file) {
    tests::Bench bench(Level::text);
    const auto type = bench.run(pdf::text, Type::pdf, as_view(file));
    if (!type) return type.error().code;
    EXPECT_EQ(*type, Type::text);
    return std::string(as_text(bench.out.bytes()));
}

std::string flatten_error(const std::string& file, const Limits& limits = {}) {
    tests::Bench bench(Level::flatten, limits);
    const auto type = bench.run(pdf::flatten, Type::pdf, as_view(file));
    return type ? "delivered" : type.error().code;
}

TEST(PdfDraw, WarmUpWorksAndCanBeRepeated) {
    pdf::warm_up();
    pdf::warm_up();
}

TEST(PdfDraw, FlattenKeepsPagesSizesAndText) {
    tests::Bench bench(Level::flatten);
    const auto type = bench.run(pdf::flatten, Type::pdf, as_view(sample(3)));
    ASSERT_TRUE(type) << to_line(type.error());
    EXPECT_EQ(*type, Type::pdf);
    const Read read = read_pdf(bench.out.bytes());
    ASSERT_EQ(read.sizes.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(read.sizes[i].first, 300 + 10 * static_cast<double>(i), 0.5);
        EXPECT_NEAR(read.sizes[i].second, 100, 0.5);
        // The reader guesses spaces from a substituted font's widths.
        std::string characters = read.texts[i];
        std::erase(characters, ' ');
        EXPECT_EQ(characters, fmt::format("Page{}oftext", i + 1));
    }
}

TEST(PdfDraw, FlattenedFilesPassTheVerifier) {
    tests::Bench bench(Level::flatten);
    ASSERT_TRUE(bench.run(pdf::flatten, Type::pdf, as_view(sample(2))));
    const auto verified = verify::pdf(MemorySource(bench.out.bytes()), {});
    EXPECT_TRUE(verified) << to_line(verified.error());
}

TEST(PdfDraw, FlattenIsDeterministic) {
    tests::Bench first(Level::flatten);
    tests::Bench second(Level::flatten);
    ASSERT_TRUE(first.run(pdf::flatten, Type::pdf, as_view(sample(2))));
    ASSERT_TRUE(second.run(pdf::flatten, Type::pdf, as_view(sample(2))));
    EXPECT_EQ(first.out.bytes(), second.out.bytes());
}

TEST(PdfDraw, FlattenLeavesScriptsAndLinksBehind) {
    tests::Bench bench(Level::flatten);
    const std::string file = sample(
        1,
        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>",
        "/AA<</O<</S/Launch/F(calc.exe)>>>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 "
        "9]/A<</S/URI/URI(file:///a)>>>>]");
    ASSERT_TRUE(bench.run(pdf::flatten, Type::pdf, as_view(file)));
    EXPECT_TRUE(bench.found(Finding::pdf_javascript));
    const std::string_view out = as_text(bench.out.bytes());
    for (const char* trace : {"JavaScript", "/JS", "Launch", "calc.exe", "/URI", "/AA", "/Annots", "Creator", "cairo"})
        EXPECT_EQ(out.find(trace), std::string_view::npos) << trace;
    EXPECT_TRUE(verify::pdf(MemorySource(bench.out.bytes()), {}));
}

TEST(PdfDraw, TextHasAllPagesApart) {
    EXPECT_EQ(text_of(sample(2)), "Page 1 of text\n\nPage 2 of text\n");
}

TEST(PdfDraw, TextHasNoControlCharacters) {
    std::string out;
    pdf::drawing::append_plain(out, "a\x01\x1B[31mb\r\nc\td\x7F\xC2\x85\xEF\xBB\xBF\xE2\x80\xAE"
                                    "e\xE6\xBC\xA2\x0C"
                                    "f\xFF\xE3\x81");
    EXPECT_EQ(out, "a[31mb\nc\tde\xE6\xBC\xA2\nf\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(PdfDraw, DamagedFilesAreRefused) {
    EXPECT_EQ(flatten_error("%PDF-1.7\nnothing"), "input.damaged");
    EXPECT_EQ(flatten_error(""), "input.damaged");
    EXPECT_EQ(text_of("%PDF-1.7\nnothing"), "input.damaged");
}

TEST(PdfDraw, LimitsAreVerdicts) {
    Limits limits;
    limits.pages = 2;
    EXPECT_EQ(flatten_error(sample(3), limits), "limit.pages");
    std::string giant = sample(1);
    giant.replace(giant.find("300 100"), 7, "14401 9");
    EXPECT_EQ(flatten_error(giant), "limit.pixels");
    limits = {};
    limits.bytes_in_memory = 2000;
    EXPECT_EQ(flatten_error(sample(2), limits), "limit.bytes");
}

// The sanitiser that comes first refuses most of these; here nothing stands before the rules.
TEST(PdfDraw, EachRuleOfOpeningHoldsAlone) {
    const auto opened = [](const std::string& file, const Limits& limits = {}) {
        const auto document = pdf::drawing::open_document(as_view(file), limits);
        return document ? "" : document.error().code;
    };
    EXPECT_EQ(opened(sample(3)), "");
    EXPECT_EQ(opened("nothing"), "input.damaged");
    EXPECT_EQ(opened(sample(0)), "pdf.no-pages");
    Limits limits;
    limits.pages = 2;
    EXPECT_EQ(opened(sample(3), limits), "limit.pages");

    const std::string file = sample(1);
    const auto document = pdf::drawing::open_document(as_view(file), {});
    ASSERT_TRUE(document);
    pdf::drawing::PageSize size{100, 100};
    const auto page = pdf::drawing::open_page(*document, 9, size);
    ASSERT_FALSE(page) << "there is no such page";
    EXPECT_EQ(page.error().code, "input.damaged");
}

TEST(PdfDraw, APageWithoutASizeIsRefused) {
    std::string file = sample(1);
    file.replace(file.find("[0 0 300 100]"), 13, "[0 0 300 000]");
    const auto document = pdf::drawing::open_document(as_view(file), {});
    ASSERT_TRUE(document);
    pdf::drawing::PageSize size;
    const auto page = pdf::drawing::open_page(*document, 0, size);
    ASSERT_FALSE(page) << size.width << " " << size.height;
    EXPECT_EQ(page.error().code, "input.damaged");
}

TEST(PdfDraw, PasswordsAreAsked) {
    const auto path = tests::corpus_file("encryption_openpassword.pdf");
    if (!path) GTEST_SKIP() << "SEKISHO_CORPUS is not set";
    EXPECT_EQ(flatten_error(std::string(as_text(tests::read_whole(*path)))), "input.encrypted");
}

// Poppler would draw such a shading for minutes.
TEST(PdfDraw, ShadingsByFunctionAreRefusedAtOnce) {
    std::string shading = sample(1, "",
                                 "/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function<<"
                                 "/FunctionType 2/Domain[0 1]/N 1>>>>>>>>");
    const std::size_t at = shading.find("BT");
    ASSERT_NE(at, std::string::npos);
    shading.insert(at, "/S sh ");
    EXPECT_EQ(flatten_error(shading), "pdf.slow-shading");
}

// Every file is delivered with its pages or refused with a reason of the table; what is delivered passes the verifier.
TEST(PdfDraw, CorpusFilesKeepTheirPages) {
    const auto files = tests::corpus_files(".pdf");
    if (files.empty()) GTEST_SKIP() << "SEKISHO_CORPUS is not set";
    constexpr std::size_t largest = 300'000; // keeps the test short
    std::size_t delivered = 0;
    for (const std::string& path : files) {
        const Bytes file = tests::read_whole(path);
        if (file.size() > largest) continue;
        tests::Bench bench(Level::flatten);
        const auto type = bench.run(pdf::flatten, Type::pdf, file);
        if (!type) {
            EXPECT_NE(reason_of(type.error()), Reason::internal) << path << ' ' << type.error().code;
            continue;
        }
        ++delivered;
        tests::Bench rebuilt;
        ASSERT_TRUE(rebuilt.run(pdf::rebuild, Type::pdf, file)) << path;
        EXPECT_EQ(read_pdf(bench.out.bytes()).sizes.size(), read_pdf(rebuilt.out.bytes()).sizes.size()) << path;
        const auto verified = verify::pdf(MemorySource(bench.out.bytes()), {});
        EXPECT_TRUE(verified) << path << ' ' << (verified ? "" : to_line(verified.error()));
    }
    EXPECT_GT(delivered, files.size() / 3);
}

} // namespace
} // namespace sekisho
