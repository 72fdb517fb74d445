#include "tests/sanitizer/formats/cad_pages/reading.h"
#include "tests/sanitizer/samples/jww.h"

namespace sekisho {
namespace {

using tests::JwwSample;
using tests::Seen;

// A lying A3, the first layer group shown with its layers, but for the second one. (0, 0) is the middle of the sheet.
class Drawing : public JwwSample {
public:
    using JwwSample::JwwSample;

    void object_of(const std::string& name, std::uint8_t style = 1, std::uint16_t color = 2, std::uint16_t layer = 0) {
        object(name);
        base_of(style, color, layer);
    }
    void base_of(std::uint8_t style = 1, std::uint16_t color = 2, std::uint16_t layer = 0) {
        numbers(1);
        out.u8(style);
        out.u16le(color);
        out.u16le(0);
        out.u16le(layer);
        out.u16le(0);
        out.u16le(0);
    }
    void values(std::initializer_list<double> all) {
        for (const double value : all) real(value);
    }
    void words_at(double x, double y, std::string_view cp932, std::uint16_t layer = 0) {
        object_of("CDataMoji", 1, 2, layer);
        values({x, y, x + 30, y});
        out.u32le(1);
        values({10, 10, 0, 0});
        text("");
        text(cp932);
    }
    void insert_at(double x, double y, double scale, double angle, std::uint32_t number) {
        object_of("CDataBlock");
        values({x, y, scale, scale, angle});
        out.u32le(number);
    }
    Seen seen() const {
        constexpr std::size_t size_at = 23, group_at = size_at + 8, second_layer_at = group_at + 28;
        std::string bytes = file();
        bytes[size_at] = 3;
        bytes[group_at] = 2;
        bytes[second_layer_at] = 0;
        return tests::flattened(bytes, Type::jww);
    }
};

constexpr double middle_x = 210, middle_y = 148.5;
constexpr std::string_view resident = "\x8f\x5a\x96\xaf\x95\x5b"; // 住民票

TEST(JwwPages, ObjectsStandWhereTheDrawingHasThem) {
    Drawing drawing(600);
    drawing.count(7);
    drawing.object_of("CDataSen");
    drawing.values({-100, -50, 0, -50});
    drawing.object_of("CDataEnko");
    drawing.values({100, 50, 40, 0, 6.28318, 0, 1});
    drawing.out.u32le(1);
    drawing.object_of("CDataEnko");
    drawing.values({-100, 50, 30, 0, 1.5707, 1.5707, 1}); // turned by 90 degrees
    drawing.out.u32le(0);
    drawing.object_of("CDataTen");
    drawing.values({50, -100});
    drawing.out.u32le(0);
    drawing.object_of("CDataSolid", 1, 10);
    drawing.values({0, 0, 0, 20, 20, 0, 20, 20}); // first, fourth, second, third
    drawing.out.u32le(0x0000FF);                  // red, as Windows counts
    drawing.object_of("CDataSolid", 101, 10);
    drawing.values({100, -80, 20, 1, 0, 0, 6.28, 100});
    drawing.out.u32le(0x0000FF);
    drawing.words_at(-150, -100, resident);
    drawing.count(0);
    const Seen seen = drawing.seen();
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    const auto& page = seen.pages[0];
    const auto black = [&](double x, double y) { return page.is_black(middle_x + x, middle_y + y); };
    const auto white = [&](double x, double y) { return page.is_white(middle_x + x, middle_y + y); };
    EXPECT_NEAR(page.width, 420, 0.1);
    EXPECT_NEAR(page.height, 297, 0.1);
    EXPECT_TRUE(black(-50, -50));
    EXPECT_TRUE(white(10, -50));
    EXPECT_TRUE(black(140, 50));
    EXPECT_TRUE(black(100, 90));
    EXPECT_TRUE(black(-100 - 30 * std::sin(0.8), 50 + 30 * std::cos(0.8)));
    EXPECT_TRUE(white(-100 + 30 * std::cos(0.8), 50 + 30 * std::sin(0.8)));
    EXPECT_TRUE(black(50, -100));
    EXPECT_TRUE(page.is_red(middle_x + 18, middle_y + 10));
    EXPECT_TRUE(page.is_red(middle_x + 2, middle_y + 18));
    EXPECT_TRUE(white(22, 10));
    EXPECT_TRUE(page.is_red(middle_x + 115, middle_y - 80));
    EXPECT_TRUE(white(118, -98));
    EXPECT_TRUE(seen.says("住民票"));
    EXPECT_FALSE(white(-145, -95));
    EXPECT_TRUE(white(-145, -103));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(JwwPages, EveryVersionIsRead) {
    for (const std::uint32_t version : {230U, 300U, 351U, 420U, 600U, 700U}) {
        JwwSample drawing(version);
        drawing.count(3);
        drawing.words(resident);
        drawing.dimension("1,500");
        drawing.insert(7);
        drawing.count(1);
        drawing.block(7, 1);
        drawing.line();
        drawing.end();
        std::string bytes = drawing.file();
        bytes[31] = 1;
        const Seen seen = tests::flattened(bytes, Type::jww);
        EXPECT_EQ(seen.outcome, "pdf") << version;
        EXPECT_TRUE(seen.says("住民票")) << version;
        EXPECT_TRUE(seen.says("1,500")) << version;
        ASSERT_EQ(seen.pages.size(), 1U);
        EXPECT_NEAR(seen.pages[0].width, 1189, 0.5);
    }
}

TEST(JwwPages, BlocksAreDrawnWhereTheyAreInserted) {
    Drawing drawing(700);
    drawing.count(1);
    drawing.insert_at(50, 50, 2, 1.570796, 3);
    drawing.count(1);
    drawing.block(3, 1);
    drawing.object_of("CDataSen");
    drawing.values({0, 0, 20, 0});
    drawing.end();
    const Seen seen = drawing.seen();
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    EXPECT_TRUE(seen.pages[0].is_black(middle_x + 50, middle_y + 88));
    EXPECT_TRUE(seen.pages[0].is_white(middle_x + 50, middle_y + 92));
    EXPECT_TRUE(seen.pages[0].is_white(middle_x + 60, middle_y + 50));
}

TEST(JwwPages, WhatIsHiddenIsNotThere) {
    Drawing drawing(600);
    drawing.count(4);
    drawing.words_at(0, 0, "secret", 1);
    drawing.words_at(0, 50, "shown");
    drawing.object_of("CDataSen", 9); // an auxiliary line
    drawing.values({-100, -50, 0, -50});
    drawing.words_at(300, 0, "outside");
    drawing.count(0);
    const Seen seen = drawing.seen();
    EXPECT_TRUE(seen.found(Finding::cad_hidden));
    EXPECT_TRUE(seen.says("shown"));
    EXPECT_FALSE(seen.says("secret"));
    EXPECT_FALSE(seen.says("outside"));
    EXPECT_FALSE(seen.says("memo"));
    EXPECT_TRUE(seen.pages.at(0).is_white(middle_x - 50, middle_y - 50));
    EXPECT_EQ(seen.pdf, drawing.seen().pdf);
}

TEST(JwwPages, TextThatLoadsAPictureIsNotDrawn) {
    Drawing drawing(600);
    drawing.count(2);
    drawing.words_at(0, 0, "^@BMc:\\secret.bmp,100,100");
    drawing.words_at(0, 50, "shown");
    drawing.count(0);
    const Seen seen = drawing.seen();
    EXPECT_TRUE(seen.found(Finding::jww_external));
    EXPECT_TRUE(seen.says("shown"));
    EXPECT_FALSE(seen.says("secret"));
}

TEST(JwwPages, BlocksThatMultiplyEndAsALimit) {
    const auto bomb = [](std::uint16_t levels) {
        Drawing drawing(600);
        drawing.count(1);
        drawing.insert_at(0, 0, 1, 0, 1);
        drawing.count(levels);
        for (std::uint16_t level = 1; level <= levels; ++level) {
            drawing.block(level, 10);
            for (int i = 0; i < 10; ++i)
                if (level == levels)
                    drawing.line();
                else
                    drawing.insert_at(0, 0, 1, 0, level + 1U);
        }
        return drawing.seen().outcome;
    };
    EXPECT_EQ(bomb(2), "pdf");
    EXPECT_EQ(bomb(7), "limit.members");
    EXPECT_EQ(bomb(10), "cad.nesting");
}

TEST(JwwPages, NumbersOutOfReach) {
    for (const double wild : {1e300, -1e300, 1e-300, 1e9, 0.0, -1.0}) {
        Drawing drawing(600);
        drawing.count(5);
        drawing.object_of("CDataSen");
        drawing.values({wild, 0, 0, wild});
        drawing.object_of("CDataEnko");
        drawing.values({0, 0, wild, wild, wild, wild, wild});
        drawing.out.u32le(0);
        drawing.object_of("CDataSolid", 105, 10);
        drawing.values({0, 0, wild, wild, wild, wild, wild, wild});
        drawing.out.u32le(0);
        drawing.object_of("CDataMoji");
        drawing.values({0, 0, wild, wild});
        drawing.out.u32le(1);
        drawing.values({wild, wild, wild, wild});
        drawing.text("");
        drawing.text("x");
        drawing.insert_at(wild, wild, wild, wild, 1);
        drawing.count(1);
        drawing.block(1, 1);
        drawing.words_at(0, 0, "y");
        EXPECT_EQ(drawing.seen().outcome, "pdf") << wild;
    }
}

} // namespace
} // namespace sekisho
