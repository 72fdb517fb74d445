// No document could be had and JustSystems publishes no description: documents are made here from what others have
// found out about the store "SsmgV.01" and the records of its text.
#include <gtest/gtest.h>

#include "sanitizer/formats/ichitaro/ichitaro.h"
#include "sanitizer/verify/text/text.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/samples/ichitaro.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using namespace tests::ichitaro_sample;

std::unique_ptr<tests::Bench> last;

std::string delivered(const Bytes& file) {
    last = std::make_unique<tests::Bench>(Level::text);
    const auto type = last->run(ichitaro::text, Type::jtd, file);
    if (!type) return type.error().code;
    EXPECT_EQ(*type, Type::text);
    EXPECT_TRUE(verify::text(MemorySource(last->out.bytes()), {}));
    return std::string(as_text(last->out.bytes()));
}

std::string of_text(std::u16string_view units) {
    return delivered(tests::ole_file({tests::stream("DocumentText", store({text_piece(units)}))}));
}

} // namespace

TEST(Ichitaro, ParagraphsOfTheText) {
    EXPECT_EQ(of_text(header + u"\u4f4f\u6c11\u7968\t\ue000\u9089\U000E0100\n" + header + u"\u4ee5\u4e0a\n"),
              "\u4f4f\u6c11\u7968\t\ue000\u9089\U000E0100\n\u4ee5\u4e0a\n");
    EXPECT_TRUE(last->found(Finding::jtd_text_only));
    EXPECT_EQ(last->report.entries().size(), 1U);
}

TEST(Ichitaro, TablesReadingsAndHints) {
    const std::u16string cell{0x1C, 0x30, 0x0C, 0, 0, 1, 20, 0, 0x0C, 0, 0x30, 0x1F};
    EXPECT_EQ(of_text(cell + u"a" + cell + u"b\x0E" + cell + u"c\n"), "a\tb\nc\n");
    const std::u16string foot{0x1E, 5, 0, 1, 0x1F};
    const auto inner = [&](char16_t a, char16_t b, std::u16string_view words) {
        return std::u16string{0x1C, 1, 7, 0, a, b, 0x1D} + std::u16string(words) + foot;
    };
    EXPECT_EQ(of_text(inner(0, 3, u"\u5348\u5f8c") + inner(1, 0x82, u"\u3054\u3054") + inner(1, 0, u"hint") + u"\n"),
              "\u5348\u5f8c\uff08\u3054\u3054\uff09\n");
    EXPECT_FALSE(last->found(Finding::jtd_unknown));
    EXPECT_EQ(of_text(u"a" + inner(9, 9, u"what") + u"b\n"), "ab\n");
    EXPECT_TRUE(last->found(Finding::jtd_unknown));
}

TEST(Ichitaro, PiecesAndSheets) {
    ByteWriter list;
    list.text("QLSTV.01");
    for (const std::uint32_t field : {2U, 3U, 2U, 200U, 1U}) list.u32be(field);
    const Bytes piece = units_of(std::u16string(200, u'x')), first = units_of(u"abc");
    const Bytes document = store({list.take(), piece, first});
    const Bytes other = store({text_piece(u"\u5225\u7d19\n")});
    const auto sheet = [](const char* name, const Bytes& text) {
        return tests::storage(name, {tests::stream("DocumentText", text)});
    };
    const Bytes file = tests::ole_file(
        {tests::stream("DocumentText", document),
         tests::storage("ObjectSheets",
                        {tests::storage("DocSheet", {sheet("DOCS_0000", document), sheet("DOCS_0001", other)})}),
         tests::storage("DocumentMacro", {tests::stream("MacrosStream", Bytes(10, 1))})});
    EXPECT_EQ(delivered(file), "abc" + std::string(200, 'x') + "\n\u5225\u7d19\n");
    EXPECT_TRUE(last->found(Finding::jtd_macro));
    EXPECT_EQ(as_text(last->out.bytes()).find('\1'), std::string::npos);
}

// What a record holds that does not say twice how long it is never becomes text.
TEST(Ichitaro, WhatIsNotUnderstoodIsLeftOut) {
    EXPECT_EQ(of_text(u"a\x1C\x10\x50\x41\x42\x43\x1F"
                      u"b\n"),
              "ab\n");
    EXPECT_TRUE(last->found(Finding::jtd_unknown));
    EXPECT_EQ(of_text(u"a\x1C\x10\x50secret"), "a\n");
    EXPECT_EQ(of_text(std::u16string(u"a\u202eb\x07"
                                     u"c\n")),
              "abc\n");
    EXPECT_TRUE(last->found(Finding::text_bidi));
    EXPECT_EQ(of_text(std::u16string(u"a\n\0hidden", 9)), "a\n");
}

TEST(Ichitaro, OthersAreRefused) {
    EXPECT_EQ(delivered(tests::ole_file({tests::stream("JSCompDocument", Bytes(100, 1))})), "jtd.no-text");
    EXPECT_EQ(delivered(tests::ole_file({tests::stream("DocumentText", Bytes(100, 1))})), "jtd.no-text");
    EXPECT_EQ(of_text(u"\n"), "jtd.no-text");
    EXPECT_EQ(delivered(Bytes(600, 1)), "ole.damaged");
    const Bytes whole = store({text_piece(u"abc\n")});
    for (std::size_t size = 0; size < whole.size() - 4; ++size)
        EXPECT_EQ(delivered(tests::ole_file({tests::stream(
                      "DocumentText", Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))})),
                  "jtd.no-text")
            << size;
    Bytes endless = whole;
    endless[20 + 8] = 0xFF; // units beyond the piece
    EXPECT_EQ(delivered(tests::ole_file({tests::stream("DocumentText", endless)})), "jtd.no-text");
}

} // namespace sekisho
