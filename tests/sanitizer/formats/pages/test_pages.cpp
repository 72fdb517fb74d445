// What a reader finds on the pages, by Poppler's own tool.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "sanitizer/formats/pages/pages.h"
#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/formats/pdf_draw/document.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

struct Read {
    std::string outcome; // "pdf", or code of the refusal
    std::vector<std::string> pages;
    std::string pdf;

    std::string all() const {
        std::string text;
        for (const std::string& page : pages) text += page + "\n";
        return text;
    }
};

void read_pages(const Bytes& file, Read& into) {
    const auto document = pdf::drawing::open_document(file, {});
    ASSERT_TRUE(document) << to_line(document.error());
    for (int i = 0; i < pdf::drawing::page_count(*document); ++i) {
        pdf::drawing::PageSize size;
        const auto page = pdf::drawing::open_page(*document, i, size);
        ASSERT_TRUE(page);
        EXPECT_NEAR(size.width, 595, 1);
        EXPECT_NEAR(size.height, 842, 1);
        const pdf::drawing::Characters text(poppler_page_get_text(page->get()));
        into.pages.emplace_back(text.get());
    }
}

Read flattened(std::string_view input, Type type = Type::text, const Limits& limits = {}) {
    pages::warm_up();
    tests::Bench bench(Level::flatten, limits);
    const auto made = bench.run(pages::flatten, type, as_view(input));
    if (!made) return {made.error().code, {}, {}};
    EXPECT_EQ(*made, Type::pdf);
    const Bytes file = bench.out.take();
    const auto good = verify::pdf(MemorySource(file), {});
    EXPECT_TRUE(good) << to_line(good.error());
    tests::Bench again(Level::rebuild);
    EXPECT_TRUE(again.run(pdf::rebuild, Type::pdf, file));
    Read read{"pdf", {}, std::string(as_text(file))};
    read_pages(file, read);
    return read;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t times = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++times;
    return times;
}

TEST(Pages, TextStandsOnThemInItsOrder) {
    const Read read = flattened("住民票の写し\n\nアイウ abc 123\r\n終わり");
    EXPECT_EQ(read.all(), "住民票の写し\nアイウ abc 123\n終わり\n");
    EXPECT_NE(read.pdf.find("/FontFile"), std::string::npos);
}

TEST(Pages, EveryKindOfCharactersHasThem) {
    struct Row {
        Type type;
        std::string_view input, text;
    };
    for (const Row& row :
         {Row{Type::csv, "名前,番号\n山田,1\n", "山田,1"}, Row{Type::tsv, "名前\t番号\n", "番号"},
          Row{Type::json, "{\"名前\": \"山田\"}", "山田"}, Row{Type::xml, "<a>山田</a>", "<a>山田</a>"},
          Row{Type::markdown, "# 見出し\n\n本文\n", "本文"},
          Row{Type::calendar,
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
              "DTSTAMP:20240401T000000Z\r\nDTSTART:20240401T090000Z\r\n"
              "SUMMARY:会議\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
              "会議"},
          Row{Type::vcard, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田\r\nN:山田;;;;\r\nEND:VCARD\r\n", "山田"}}) {
        const Read read = flattened(row.input, row.type);
        EXPECT_EQ(read.outcome, "pdf") << row_of(row.type).name;
        EXPECT_NE(read.all().find(row.text), std::string::npos) << row_of(row.type).name << ": " << read.all();
    }
}

TEST(Pages, LongLinesAreWrappedAndNothingIsLost) {
    std::string wide, narrow;
    for (int i = 0; i < 300; ++i) wide += "漢";
    narrow.assign(5'000, 'x');
    const Read read = flattened(wide + "\n" + narrow);
    EXPECT_EQ(count(read.all(), "漢"), 300U);
    EXPECT_EQ(count(read.all(), "x"), 5'000U);
    EXPECT_EQ(count(read.all(), "\n"), 6U + 50U) << "50 cells of two or 100 of one in a line";
}

TEST(Pages, LinesGoOnOverPages) {
    std::string input;
    for (int i = 1; i <= 200; ++i) input += fmt::format("line {}\n", i);
    const Read read = flattened(input);
    ASSERT_EQ(read.pages.size(), 4U);
    EXPECT_TRUE(read.pages[1].starts_with("line 6")) << read.pages[1];
    std::size_t at = 0;
    for (int i = 1; i <= 200; ++i) {
        at = read.all().find(fmt::format("line {}\n", i), at);
        ASSERT_NE(at, std::string::npos) << i;
    }
    Limits few;
    few.pages = 3;
    EXPECT_EQ(flattened(input, Type::text, few).outcome, "limit.pages");
}

TEST(Pages, ACharacterThatTheFontLacksStaysInTheText) {
    EXPECT_NE(flattened("a \u05D0 c").all().find("\u05D0"), std::string::npos);
}

// T16: what steers a reader goes; what a terminal or a spreadsheet would run is characters.
TEST(Pages, NothingThatActsIsInThem) {
    const Read read = flattened("a\x1b[2J\u202Eb\n%PDF-1.7 /JavaScript (x) /Launch\n");
    EXPECT_EQ(read.all().find('\x1b'), std::string::npos);
    EXPECT_EQ(read.all().find("\u202E"), std::string::npos);
    for (const char* part : {"/JavaScript", "/Launch", "/Annots", "/AA", "/OpenAction", "/EmbeddedFile"})
        EXPECT_EQ(read.pdf.find(part), std::string::npos) << part;
    EXPECT_EQ(flattened(std::string("a\0b", 3)).outcome, "text.binary");
    EXPECT_EQ(
        flattened("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", Type::xml).all().find("root"),
        std::string::npos);
}

TEST(Pages, OtherKindsHaveNoneHere) {
    EXPECT_EQ(flattened("x", Type::svg).outcome, "level.unsupported");
}

} // namespace
} // namespace sekisho
