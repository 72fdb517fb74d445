#include "tests/sanitizer/formats/cad_pages/reading.h"
#include "tests/sanitizer/samples/dxf.h"

namespace sekisho {
namespace {

using namespace tests::dxf_sample;
using tests::Seen;

Seen dxf(std::string_view input, const Limits& limits = {}) {
    return tests::flattened(input, Type::dxf, limits);
}
std::string unicode(std::string_view lines, std::string_view tables = {}, std::string_view blocks = {}) {
    return header("AC1027", "9 $INSUNITS\n70 4") + section("TABLES", tables) + section("BLOCKS", blocks) +
           entities(lines) + groups("0 EOF");
}
// A sheet of A3 lying, from (0, 0) on.
const std::string frame =
    "0 LWPOLYLINE\n8 0\n90 4\n70 1\n10 0.0\n20 0.0\n10 420.0\n20 0.0\n10 420.0\n20 297.0\n10 0.0\n20 297.0\n";
std::string layers(std::string_view rows) {
    return "0 TABLE\n2 LAYER\n70 1\n" + std::string(rows) + "0 ENDTAB";
}

TEST(DxfPages, LinesStandWhereTheDrawingHasThem) {
    const Seen seen = dxf(unicode(frame + "0 LINE\n8 0\n62 1\n10 100.0\n20 50.0\n11 200.0\n21 50.0\n"
                                          "0 CIRCLE\n8 0\n10 300.0\n20 200.0\n40 40.0\n"
                                          "0 ARC\n8 0\n10 100.0\n20 200.0\n40 30.0\n50 0.0\n51 90.0"));
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_NEAR(page.width, 420, 0.1);
    EXPECT_NEAR(page.height, 297, 0.1);
    EXPECT_TRUE(page.is_red(150, 50));
    EXPECT_TRUE(page.is_white(150, 60));
    EXPECT_TRUE(page.is_white(210, 50));
    for (const double angle : {0.0, 1.0, 2.0, 3.0, 4.0, 5.0})
        EXPECT_TRUE(page.is_black(300 + 40 * std::cos(angle), 200 + 40 * std::sin(angle))) << angle;
    EXPECT_TRUE(page.is_white(300, 200));
    EXPECT_TRUE(page.is_black(100 + 30 * std::cos(0.8), 200 + 30 * std::sin(0.8)));
    EXPECT_TRUE(page.is_white(100 + 30 * std::cos(2.5), 200 + 30 * std::sin(2.5)));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(DxfPages, TextIsText) {
    const Seen seen =
        dxf(unicode(frame + "0 TEXT\n8 0\n10 20.0\n20 20.0\n40 5.0\n1 住民票 %%c90 \\U+9577\n"
                            "0 MTEXT\n8 0\n10 20.0\n20 200.0\n40 5.0\n71 1\n1 {\\fMS Gothic|b0;段落}\\P二行目\n"
                            "0 TEXT\n8 0\n10 0.0\n20 0.0\n11 400.0\n21 100.0\n40 5.0\n72 2\n1 右揃え"));
    ASSERT_EQ(seen.pages.size(), 1U);
    for (const char* words : {"住民票 Ø90 長", "段落\n二行目", "右揃え"})
        EXPECT_TRUE(seen.says(words)) << words << "\n" << seen.pages[0].text;
    EXPECT_FALSE(seen.says("Gothic"));
    EXPECT_TRUE(seen.pages[0].is_white(401, 102));  // it ends at 400
    EXPECT_FALSE(seen.pages[0].is_white(398, 102)); // and reaches up to there
}

TEST(DxfPages, ColoursWidthsAndLineTypesAreThoseOfTheLayer) {
    const std::string tables =
        layers("0 LAYER\n2 A\n70 0\n62 1\n6 CONTINUOUS\n370 200\n") +
        "\n0 TABLE\n2 LTYPE\n70 1\n0 LTYPE\n2 GAPS\n70 0\n3 x\n72 65\n73 2\n40 20.0\n49 10.0\n49 -10.0\n0 ENDTAB";
    const Seen seen =
        dxf(unicode(frame + "0 LINE\n8 A\n10 100.0\n20 50.0\n11 200.0\n21 50.0\n"
                            "0 LINE\n8 A\n62 256\n420 255\n6 GAPS\n10 100.0\n20 100.0\n11 200.0\n21 100.0\n"
                            "0 SOLID\n8 0\n10 300.0\n20 10.0\n11 320.0\n21 10.0\n12 300.0\n22 30.0\n13 320.0\n23 30.0",
                    tables));
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(150, 51)); // two millimetres wide
    EXPECT_TRUE(page.is_white(150, 52));
    EXPECT_GT(page.at(105, 100).blue, 200);
    EXPECT_LT(page.at(105, 100).red, 90);
    EXPECT_TRUE(page.is_white(115, 100));
    EXPECT_FALSE(page.is_white(125, 100));
    EXPECT_TRUE(page.is_black(310, 20)); // colour 7
}

// What a viewer does not show is not on the page, and not in its text; that is told.
TEST(DxfPages, WhatIsHiddenIsNotThere) {
    const std::string tables =
        layers("0 LAYER\n2 OFF\n70 0\n62 -3\n0 LAYER\n2 FROZEN\n70 1\n62 3\n0 LAYER\n2 ON\n70 0\n62 3\n");
    for (const char* hidden : {"8 OFF", "8 FROZEN", "8 ON\n60 1"}) {
        const Seen seen = dxf(
            unicode(frame + "0 TEXT\n" + hidden +
                        "\n10 20.0\n20 20.0\n40 5.0\n1 秘密secret\n0 TEXT\n8 ON\n10 20.0\n20 40.0\n40 5.0\n1 見える",
                    tables));
        EXPECT_TRUE(seen.found(Finding::cad_hidden)) << hidden;
        EXPECT_FALSE(seen.says("秘密")) << hidden;
        EXPECT_FALSE(seen.says("secret")) << hidden;
        EXPECT_TRUE(seen.says("見える")) << hidden;
        EXPECT_TRUE(seen.pages.at(0).is_white(22, 22));
    }
}

TEST(DxfPages, BlocksAreDrawnWhereTheyAreInserted) {
    const std::string blocks = "0 BLOCK\n8 0\n2 B\n70 0\n10 1.0\n20 0.0\n30 0.0\n3 B\n1 \n"
                               "0 LINE\n8 0\n62 0\n10 1.0\n20 0.0\n11 11.0\n21 0.0\n0 ATTDEF\n8 0\n10 1.0\n20 1.0\n40 "
                               "2.0\n1 既定\n2 TAG\n70 0\n0 ENDBLK";
    const Seen seen =
        dxf(unicode(frame + "0 INSERT\n8 0\n62 1\n66 1\n2 b\n10 100.0\n20 100.0\n41 2.0\n42 2.0\n50 90.0\n"
                            "0 ATTRIB\n8 0\n10 110.0\n20 100.0\n40 4.0\n1 番号7\n2 TAG\n70 0\n0 SEQEND\n8 0\n"
                            "0 INSERT\n8 0\n2 B\n10 200.0\n20 200.0\n70 3\n71 2\n44 20.0\n45 30.0",
                    {}, blocks));
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(100, 110)); // turned and twice as long
    EXPECT_TRUE(page.is_red(100, 119));
    EXPECT_TRUE(page.is_white(100, 122));
    for (const double x : {205.0, 225.0, 245.0})
        for (const double y : {200.0, 230.0}) EXPECT_TRUE(page.is_black(x, y)) << x << " " << y;
    EXPECT_TRUE(page.is_white(265, 200));
    EXPECT_TRUE(seen.says("番号7"));
    EXPECT_FALSE(seen.says("既定"));
}

TEST(DxfPages, HatchesFillTheirOutline) {
    const Seen seen = dxf(unicode(frame + "0 HATCH\n8 0\n62 1\n10 0.0\n20 0.0\n30 0.0\n2 SOLID\n70 1\n71 0\n91 2\n92 "
                                          "2\n72 0\n73 1\n93 4\n10 100.0\n20 100.0\n10 160.0\n"
                                          "20 100.0\n10 160.0\n20 160.0\n10 100.0\n20 160.0\n97 0\n92 0\n93 1\n72 "
                                          "2\n10 130.0\n20 130.0\n40 10.0\n50 0.0\n51 360.0\n73 1\n"
                                          "97 0\n75 0\n76 1\n98 0\n"
                                          "0 HATCH\n8 0\n10 0.0\n20 0.0\n30 0.0\n2 LINES\n70 0\n71 0\n91 1\n92 2\n72 "
                                          "0\n73 1\n93 4\n10 200.0\n20 100.0\n10 260.0\n"
                                          "20 100.0\n10 260.0\n20 160.0\n10 200.0\n20 160.0\n97 0\n75 0\n76 1\n52 "
                                          "0.0\n41 1.0\n77 0\n78 1\n53 0.0\n43 0.0\n44 0.0\n45 0.0\n"
                                          "46 10.0\n79 0\n98 0"));
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(110, 110));
    EXPECT_TRUE(page.is_white(130, 130)); // the hole
    EXPECT_TRUE(page.is_white(170, 130));
    EXPECT_TRUE(page.is_black(230, 120));
    EXPECT_TRUE(page.is_white(230, 125));
    EXPECT_TRUE(page.is_white(270, 120));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(DxfPages, CurvesAndPolylines) {
    const Seen seen = dxf(
        unicode(frame + "0 LWPOLYLINE\n8 0\n90 2\n70 0\n10 100.0\n20 100.0\n42 1.0\n10 140.0\n20 100.0\n"
                        "0 POLYLINE\n8 0\n66 1\n70 1\n0 VERTEX\n8 0\n10 200.0\n20 100.0\n0 VERTEX\n8 0\n10 240.0\n20 "
                        "100.0\n0 VERTEX\n8 0\n10 240.0\n20 140.0\n"
                        "0 SEQEND\n8 0\n"
                        "0 ELLIPSE\n8 0\n10 300.0\n20 100.0\n11 40.0\n21 0.0\n40 0.5\n41 0.0\n42 6.283185307179586\n"
                        "0 SPLINE\n8 0\n70 8\n71 1\n72 4\n73 2\n40 0.0\n40 0.0\n40 1.0\n40 1.0\n10 100.0\n20 200.0\n10 "
                        "150.0\n20 200.0\n"
                        "0 LWPOLYLINE\n8 0\n90 2\n70 0\n43 6.0\n10 200.0\n20 200.0\n10 240.0\n20 200.0"));
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_black(120, 80)); // half a circle, counter-clockwise: below
    EXPECT_TRUE(page.is_white(120, 120));
    EXPECT_TRUE(page.is_black(220, 120)); // the side that closes it
    EXPECT_TRUE(page.is_black(300, 120));
    EXPECT_TRUE(page.is_black(260, 100));
    EXPECT_TRUE(page.is_white(300, 135));
    EXPECT_TRUE(page.is_black(125, 200));
    EXPECT_TRUE(page.is_black(220, 202));
    EXPECT_TRUE(page.is_white(220, 205));
}

TEST(DxfPages, TheSheetIsTheSmallestThatHoldsTheDrawing) {
    const auto size = [](std::string_view corner) {
        const Seen seen = dxf(drawing("0 LINE\n8 0\n10 0.0\n20 0.0\n" + std::string(corner)));
        EXPECT_EQ(seen.pages.size(), 1U);
        return std::pair(std::lround(seen.pages.at(0).width), std::lround(seen.pages.at(0).height));
    };
    EXPECT_EQ(size("11 200.0\n21 290.0"), std::pair(210L, 297L));
    EXPECT_EQ(size("11 1100.0\n21 800.0"), std::pair(1189L, 841L));
    EXPECT_EQ(size("11 30000.0\n21 20000.0"), std::pair(420L, 297L)); // to scale
    EXPECT_EQ(size("11 2.0\n21 1.0"), std::pair(297L, 210L));
}

// A layout that says something of its own is a page after the model's; through its window, the model shows.
TEST(DxfPages, LayoutsArePages) {
    const std::string window = "0 VIEWPORT\n8 0\n67 1\n10 100.0\n20 100.0\n40 100.0\n41 100.0\n68 2\n69 2\n12 0.0\n22 "
                               "0.0\n16 0.0\n26 0.0\n36 1.0\n45 200.0\n";
    const std::string model = "0 LINE\n8 0\n10 -90.0\n20 0.0\n11 390.0\n21 0.0\n";
    const Seen alone = dxf(drawing(model + window));
    EXPECT_EQ(alone.pages.size(), 1U);
    const Seen seen = dxf(
        header("AC1015") +
        section("TABLES", "0 TABLE\n2 BLOCK_RECORD\n5 1\n70 1\n0 BLOCK_RECORD\n5 1F\n2 *Paper_Space\n70 0\n0 ENDTAB") +
        entities(model + window + "0 TEXT\n8 0\n67 1\n10 10.0\n20 10.0\n40 5.0\n1 TITLE") +
        section("OBJECTS", "0 LAYOUT\n5 60\n100 AcDbPlotSettings\n1 p\n40 5.0\n41 5.0\n42 5.0\n43 5.0\n44 297.0\n45 "
                           "210.0\n72 1\n73 0\n"
                           "100 AcDbLayout\n1 L\n71 1\n330 1F") +
        groups("0 EOF"));
    ASSERT_EQ(seen.pages.size(), 2U);
    EXPECT_EQ(seen.pages[0].text.find("TITLE"), std::string::npos);
    EXPECT_NE(seen.pages[1].text.find("TITLE"), std::string::npos);
    const auto& page = seen.pages[1];
    EXPECT_NEAR(page.width, 297, 0.1);
    EXPECT_TRUE(page.is_black(105, 105)); // the middle of the window, and the margin
    EXPECT_TRUE(page.is_black(150, 105));
    EXPECT_TRUE(page.is_white(160, 105)); // the line goes on, the window does not
}

TEST(DxfPages, DimensionsAreDrawnByTheirBlock) {
    const std::string blocks = "0 BLOCK\n8 0\n2 *D1\n70 1\n10 0.0\n20 0.0\n30 0.0\n3 *D1\n1 \n0 LINE\n8 0\n10 "
                               "100.0\n20 100.0\n11 200.0\n21 100.0\n"
                               "0 MTEXT\n8 0\n10 150.0\n20 105.0\n40 3.0\n71 5\n1 1,500\n0 ENDBLK";
    const Seen seen =
        dxf(unicode(frame + "0 DIMENSION\n8 0\n2 *D1\n10 0.0\n20 0.0\n11 0.0\n21 0.0\n70 0\n1 <>", {}, blocks));
    EXPECT_TRUE(seen.says("1,500"));
    EXPECT_TRUE(seen.pages.at(0).is_black(150, 100));
    const Seen without =
        dxf(unicode(frame + "0 DIMENSION\n8 0\n2 *D9\n10 0.0\n20 0.0\n11 50.0\n21 50.0\n70 0\n1 幅2,000"));
    EXPECT_TRUE(without.says("幅2,000"));
    EXPECT_TRUE(without.found(Finding::cad_undrawn));
}

TEST(DxfPages, WhatCannotBeDrawnIsTold) {
    EXPECT_TRUE(dxf(unicode(frame + "0 MESH\n8 0\n71 2\n72 0")).found(Finding::cad_undrawn));
    EXPECT_TRUE(dxf(unicode(frame + "0 INSERT\n8 0\n2 NOWHERE\n10 0.0\n20 0.0")).found(Finding::cad_undrawn));
    EXPECT_TRUE(dxf(unicode(frame + "0 LINE\n8 0\n10 0.0\n20 0.0\n11 1e300\n21 0.0")).found(Finding::cad_undrawn));
    const Seen nothing = dxf(unicode("0 WIPEOUT\n8 0\n10 0.0\n20 0.0"));
    EXPECT_EQ(nothing.outcome, "pdf");
    EXPECT_EQ(nothing.pages.size(), 1U);
    EXPECT_TRUE(nothing.found(Finding::cad_undrawn));
}

// Lines so close, or so far from where they are counted, that none can be told from the next.
TEST(DxfPages, HatchesOfNoEnd) {
    for (const char* pattern : {"43 0.0\n44 0.0\n45 0.0\n46 1e-9", "43 0.0\n44 -1e17\n45 0.0\n46 1.0",
                                "43 1e300\n44 1e300\n45 0.0\n46 1.0", "43 0.0\n44 0.0\n45 0.0\n46 0.0"}) {
        const Seen seen = dxf(unicode(frame +
                                      "0 HATCH\n8 0\n10 0.0\n20 0.0\n30 0.0\n2 X\n70 0\n71 0\n91 1\n92 2\n72 0\n73 "
                                      "1\n93 3\n10 0.0\n20 0.0\n10 90.0\n20 0.0\n"
                                      "10 90.0\n20 90.0\n97 0\n75 0\n76 1\n52 0.0\n41 1.0\n77 0\n78 1\n53 0.0\n" +
                                      pattern + "\n79 0\n98 0"));
        EXPECT_EQ(seen.outcome, "pdf") << pattern;
        EXPECT_TRUE(seen.found(Finding::cad_undrawn)) << pattern;
    }
}

// Numbers at the edge of what a double holds end as a page or a refusal.
TEST(DxfPages, NumbersOutOfReach) {
    for (const char* wild : {"1e300", "-1e300", "1e-300", "1e12", "1e9", "0.0", "-1.0"})
        for (const char* kind :
             {"0 LINE\n8 0\n10 W\n20 W\n11 0.0\n21 0.0", "0 CIRCLE\n8 0\n10 0.0\n20 0.0\n40 W",
              "0 ARC\n8 0\n10 0.0\n20 0.0\n40 1.0\n50 W\n51 W", "0 TEXT\n8 0\n10 0.0\n20 0.0\n40 W\n1 x",
              "0 TEXT\n8 0\n10 0.0\n20 0.0\n40 3.0\n41 W\n51 W\n1 x",
              "0 TEXT\n8 0\n10 0.0\n20 0.0\n11 W\n21 0.0\n40 3.0\n72 5\n1 x",
              "0 INSERT\n8 0\n2 B\n10 0.0\n20 0.0\n41 W\n42 1.0",
              "0 ELLIPSE\n8 0\n10 0.0\n20 0.0\n11 W\n21 1.0\n40 W\n41 W\n42 W",
              "0 XLINE\n8 0\n10 W\n20 0.0\n11 W\n21 0.0",
              "0 LWPOLYLINE\n8 0\n90 2\n43 W\n10 0.0\n20 0.0\n42 W\n10 1.0\n20 0.0",
              "0 CIRCLE\n8 0\n10 1.0\n20 2.0\n40 1.0\n210 W\n220 W\n230 W",
              "0 MTEXT\n8 0\n10 0.0\n20 0.0\n40 W\n41 W\n44 W\n71 5\n1 some words"}) {
            std::string lines = kind;
            for (std::size_t at = lines.find('W'); at != lines.npos; at = lines.find('W', at))
                lines.replace(at, 1, wild);
            const Seen seen = dxf(unicode(frame + lines, {},
                                          "0 BLOCK\n8 0\n2 B\n70 0\n10 0.0\n20 0.0\n0 TEXT\n8 0\n10 1.0\n20 1.0\n40 "
                                          "2.0\n1 y\n0 LINE\n8 0\n10 0.0\n20 0.0\n11 1.0\n21 1.0\n0 ENDBLK"));
            EXPECT_EQ(seen.outcome, "pdf") << lines;
        }
}

// Ten inserts of the next block, six deep, each with a field of a thousand.
TEST(DxfPages, BlocksThatMultiplyEndAsALimit) {
    std::string blocks;
    for (int level = 0; level < 5; ++level) {
        blocks += "0 BLOCK\n8 0\n2 B" + std::to_string(level) + "\n70 0\n10 0.0\n20 0.0\n";
        blocks += level == 4 ? "0 POINT\n8 0\n10 0.0\n20 0.0\n"
                             : "0 INSERT\n8 0\n2 B" + std::to_string(level + 1) +
                                   "\n10 0.0\n20 0.0\n70 40\n71 2\n44 1.0\n45 1.0\n";
        blocks += "0 ENDBLK\n8 0\n";
    }
    blocks.pop_back();
    EXPECT_EQ(dxf(unicode("0 INSERT\n8 0\n2 B0\n10 0.0\n20 0.0", {}, blocks)).outcome, "limit.members");
    std::string wide = blocks;
    for (std::size_t at = wide.find("70 40"); at != wide.npos; at = wide.find("70 40", at + 6))
        wide.replace(at, 5, "70 400");
    EXPECT_EQ(dxf(unicode("0 INSERT\n8 0\n2 B0\n10 0.0\n20 0.0", {}, wide)).outcome, "cad.nesting");
    // A field without end of a block without anything in it.
    EXPECT_EQ(dxf(unicode("0 INSERT\n8 0\n2 E\n10 0.0\n20 0.0\n70 32767\n71 32767", {},
                          "0 BLOCK\n8 0\n2 E\n70 0\n10 0.0\n20 0.0\n0 ENDBLK\n8 0"))
                  .outcome,
              "limit.members");
    // Names that only cleaning makes the same: the block then contains itself.
    const std::string circle =
        "0 BLOCK\n8 0\n2 A\n70 0\n10 0.0\n20 0.0\n0 INSERT\n8 0\n2 A\x01\n10 0.0\n20 0.0\n0 ENDBLK\n8 0";
    EXPECT_EQ(dxf(unicode(frame + "0 INSERT\n8 0\n2 A\n10 0.0\n20 0.0", {}, circle)).outcome, "cad.nesting");
}

TEST(DxfPages, LimitsHold) {
    Limits small;
    small.bytes_in_memory = 20'000;
    std::string lines = frame;
    for (int i = 0; i < 2000; ++i) lines += "0 LINE\n8 0\n10 " + std::to_string(i) + ".5\n20 1.0\n11 7.0\n21 9.0\n";
    EXPECT_EQ(dxf(unicode(lines.substr(0, lines.size() - 1)), small).outcome.substr(0, 6), "limit.");
}

TEST(DxfPages, TheSameDrawingGivesTheSameBytes) {
    const std::string input = unicode(frame + "0 TEXT\n8 0\n10 20.0\n20 20.0\n40 5.0\n1 住民票");
    EXPECT_EQ(dxf(input).pdf, dxf(input).pdf);
}

TEST(DxfPages, NothingThatIsNotDrawnComesAlong) {
    const Seen seen =
        dxf(groups("999 commentsecret") + header("AC1027", "9 $PROJECTNAME\n1 headersecret") +
            section("TABLES", layers("0 LAYER\n2 layersecret\n70 0\n62 3\n6 CONTINUOUS\n")) +
            entities("0 LINE\n8 layersecret\n10 0.0\n20 0.0\n11 100.0\n21 100.0\n1001 ACAD\n1000 xdatasecret\n"
                     "0 TEXT\n8 0\n10 20.0\n20 20.0\n40 5.0\n1 words\n1001 PE_URL\n1000 https://linksecret.example/") +
            groups("0 EOF") + "tailsecret");
    EXPECT_EQ(seen.outcome, "pdf");
    EXPECT_TRUE(seen.says("words"));
    EXPECT_EQ(seen.pdf.find("secret"), std::string::npos);
    EXPECT_EQ(seen.pdf.find("/Link"), std::string::npos);
    EXPECT_FALSE(seen.says("secret"));
}

TEST(DxfPages, RefusalsAreThoseOfTheRebuild) {
    EXPECT_EQ(dxf("  0\nSECTION\n").outcome, "input.short");
    EXPECT_EQ(dxf(drawing("0 POINT\n10 nan")).outcome, "cad.damaged");
    EXPECT_EQ(dxf(header("AC1099") + entities(line) + groups("0 EOF")).outcome, "cad.version");
}

} // namespace
} // namespace sekisho
