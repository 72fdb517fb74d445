#include <fmt/format.h>

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad_sheet/geometry.h"
#include "tests/sanitizer/formats/cad_pages/reading.h"
#include "tests/sanitizer/samples/sxf.h"

namespace sekisho {
namespace {

using tests::Seen;
namespace sample = tests::sxf_sample;

// Features in UTF-8 with "'" around each value, numbered as they come.
class Sfc {
public:
    Sfc& add(std::string_view text) {
        m_data += sample::feature(++m_number, text);
        return *this;
    }
    Seen seen(const Limits& limits = {}) const {
        return tests::flattened(cad::encode(sample::features(m_data), cad::Coding::cp932), Type::sfc, limits);
    }

private:
    int m_number = 0;
    std::string m_data;
};

const std::string a3 = "drawing_sheet_feature('sheet','3','1','420','297')";

Sfc with_layers() {
    return Sfc().add("layer_feature('図形','1')").add("layer_feature('隠し','0')");
}

TEST(SfcPages, FeaturesStandWhereTheDrawingHasThem) {
    const Seen seen = with_layers()
                          .add("line_feature('1','2','1','5','100','50','200','50')")
                          .add("polyline_feature('1','8','1','5','3','(20,60,60)','(100,100,140)')")
                          .add("circle_feature('1','1','1','5','300','200','40')")
                          .add("arc_feature('1','1','1','5','100','200','30','1','90','0')")
                          .add("ellipse_feature('1','1','1','5','300','80','40','10','90')")
                          .add("spline_feature('1','1','1','5','0','4','(20,20,60,60)','(20,40,40,20)')")
                          .add(a3)
                          .seen();
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_NEAR(page.width, 420, 0.1);
    EXPECT_NEAR(page.height, 297, 0.1);
    EXPECT_TRUE(page.is_red(150, 50));
    EXPECT_TRUE(page.is_white(150, 55));
    EXPECT_TRUE(page.is_black(60, 120)); // what is white is drawn in black
    EXPECT_TRUE(page.is_black(340, 200));
    EXPECT_TRUE(page.is_black(100 + 30 * std::cos(0.8), 200 + 30 * std::sin(0.8))); // clockwise from 90 to 0 degrees
    EXPECT_TRUE(page.is_white(70, 200));
    EXPECT_TRUE(page.is_black(300, 120));
    EXPECT_TRUE(page.is_white(340, 80));
    EXPECT_TRUE(page.is_black(40, 35));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(SfcPages, SheetsHaveTheirSize) {
    const auto size = [](std::string_view sheet) {
        const Seen seen = Sfc().add("line_feature('0','1','1','1','0','0','10','10')").add(sheet).seen();
        EXPECT_EQ(seen.pages.size(), 1U);
        return std::pair(std::lround(seen.pages.at(0).width), std::lround(seen.pages.at(0).height));
    };
    EXPECT_EQ(size("drawing_sheet_feature('x','1','1','0','0')"), std::pair(841L, 594L));
    EXPECT_EQ(size("drawing_sheet_feature('x','4','0','0','0')"), std::pair(210L, 297L));
    EXPECT_EQ(size("drawing_sheet_feature('x','9','1','500','100')"), std::pair(500L, 100L));
    EXPECT_EQ(size("layer_feature('no sheet','1')"), std::pair(297L, 210L));
}

TEST(SfcPages, TextIsTextAtItsBasePoint) {
    const Seen seen =
        with_layers()
            .add("text_string_feature('1','1','1','住民票の図','100','100','10','50','0','0','0','1','1')")
            .add("text_string_feature('1','1','1','右上','300','200','10','20','0','0','0','9','1')")
            .add("text_string_feature('1','1','1','縦書','50','200','10','10','0','0','0','7','2')")
            .add(a3)
            .seen();
    ASSERT_EQ(seen.pages.size(), 1U);
    EXPECT_TRUE(seen.says("住民票の図"));
    EXPECT_TRUE(seen.says("右上"));
    const auto& page = seen.pages[0];
    const auto has_ink = [&](double left, double bottom, double right, double top) {
        for (double x = left; x < right; x += 0.7)
            for (double y = bottom; y < top; y += 0.7)
                if (!page.is_white(x, y)) return true;
        return false;
    };
    EXPECT_TRUE(has_ink(100, 100, 110, 110));
    EXPECT_TRUE(has_ink(140, 100, 150, 110)); // as wide as its box
    EXPECT_FALSE(has_ink(152, 98, 170, 112));
    EXPECT_TRUE(has_ink(280, 190, 290, 200));
    EXPECT_FALSE(has_ink(301, 185, 320, 205));
    EXPECT_FALSE(has_ink(280, 202, 300, 215));
    EXPECT_TRUE(has_ink(50, 190, 60, 200));
    EXPECT_TRUE(has_ink(50, 180, 60, 190)); // the second character is below the first
}

TEST(SfcPages, FiguresAreDrawnWhereTheyAreLocated) {
    const Seen seen = with_layers()
                          .add("line_feature('1','2','1','5','0','0','20','0')")
                          .add("sfig_org_feature('部品','4')")
                          .add("line_feature('1','2','1','5','0','0','0','30')")
                          .add("sfig_locate_feature('0','部品','0','10','0','1','1')")
                          .add("text_string_feature('1','1','1','字','20','60','10','10','0','90','0','1','1')")
                          .add("sfig_org_feature('図','2')")
                          .add("sfig_locate_feature('0','部品','100','100','90','2','2')")
                          .add("sfig_locate_feature('0','図','200','100','0','1','1')")
                          .add(a3)
                          .seen();
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(100, 138));
    EXPECT_TRUE(page.is_white(100, 142));
    EXPECT_TRUE(page.is_white(10, 0.5)); // not drawn by itself
    EXPECT_TRUE(page.is_red(225, 100));  // its y is east
    EXPECT_TRUE(page.is_red(210, 115));
    EXPECT_TRUE(page.is_white(200, 125));
    EXPECT_FALSE(page.is_white(265, 125)); // what is written stands upright
    EXPECT_TRUE(page.is_white(265, 115));
}

TEST(SfcPages, AreasAreFilledAroundTheirHoles) {
    const Seen seen = with_layers()
                          .add("polyline_feature('0','0','0','0','5','(100,160,160,100,100)','(100,100,160,160,100)')")
                          .add("composite_curve_org_feature('1','1','5','0')")
                          .add("circle_feature('0','0','0','0','130','130','10')")
                          .add("composite_curve_org_feature('1','1','5','0')")
                          .add("polyline_feature('0','0','0','0','3','(200,260,260)','(100,100,160)')")
                          .add("polyline_feature('0','0','0','0','3','(200,200,260)','(100,160,160)')") // turned around
                          .add("composite_curve_org_feature('1','1','5','1')")
                          .add("fill_area_style_colour_feature('1','2','1','1','(2)')")
                          .add("fill_area_style_hatching_feature('1','1','(1,1,5,0.0,100.0,10.0,0.0)','3','0','()')")
                          .add(a3)
                          .seen();
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(110, 110));
    EXPECT_TRUE(page.is_white(130, 130));
    EXPECT_TRUE(page.is_black(230, 120));
    EXPECT_TRUE(page.is_white(230, 125));
    EXPECT_TRUE(page.is_white(265, 120));
    EXPECT_TRUE(page.is_black(230, 160)); // the outline that shows
    EXPECT_TRUE(seen.findings.empty());
}

TEST(SfcPages, DimensionsHaveLinesArrowsAndText) {
    const Seen seen = with_layers()
                          .add("linear_dim_feature('1','1','1','5','100','100','200','100','1','100','60','100','60','"
                               "100','105','0','0','0','0','0','0','0',"
                               "'6','1','100','100','2','6','1','200','100','2','1','1','寸法1,000','150','101','5','"
                               "20','0','0','0','2','1')")
                          .add("label_feature('1','1','1','5','2','(300,320)','(100,120)','6','1','1','1','引出し','"
                               "321','120','5','15','0','0','0','1','1')")
                          .add(a3)
                          .seen();
    ASSERT_EQ(seen.pages.size(), 1U);
    const auto& page = seen.pages[0];
    EXPECT_TRUE(seen.says("寸法1,000"));
    EXPECT_TRUE(seen.says("引出し"));
    EXPECT_TRUE(page.is_black(130, 100));
    EXPECT_TRUE(page.is_black(100, 80));
    EXPECT_TRUE(page.is_white(200, 80));    // the extension line that is not there
    EXPECT_TRUE(page.is_black(105, 100.6)); // the head points outwards from the line
    EXPECT_TRUE(page.is_white(97, 100));
    EXPECT_TRUE(page.is_black(310, 110));
}

TEST(SfcPages, WhatIsHiddenIsNotThere) {
    const Seen seen =
        with_layers()
            .add("text_string_feature('2','1','1','秘密secret','100','100','10','50','0','0','0','1','1')")
            .add("text_string_feature('1','1','1','見える','100','150','10','30','0','0','0','1','1')")
            .add(a3)
            .seen();
    EXPECT_TRUE(seen.found(Finding::cad_hidden));
    EXPECT_TRUE(seen.says("見える"));
    EXPECT_FALSE(seen.says("秘密"));
    EXPECT_FALSE(seen.says("secret"));
    const Seen beside = with_layers()
                            .add("text_string_feature('1','1','1','枠外','500','100','10','30','0','0','0','1','1')")
                            .add("line_feature('1','1','1','1','-10','-10','-20','-20')")
                            .add(a3)
                            .seen();
    EXPECT_TRUE(beside.found(Finding::cad_hidden));
    EXPECT_FALSE(beside.says("枠外"));
    EXPECT_TRUE(Sfc()
                    .add("symbol_externally_defined_feature('1','1','8','x','0','0','0','1')")
                    .add(a3)
                    .seen()
                    .found(Finding::cad_undrawn));
    EXPECT_EQ(seen.pdf.find("SCADEC"), std::string::npos);
}

TEST(SfcPages, FiguresThatMultiplyEndAsALimit) {
    const auto bomb = [](int levels, int times) {
        Sfc sfc;
        sfc.add("line_feature('0','1','1','1','0','0','1','1')").add("sfig_org_feature('f0','3')");
        for (int level = 1; level <= levels; ++level) {
            for (int i = 0; i < times; ++i)
                sfc.add(fmt::format("sfig_locate_feature('0','f{}','0','0','0','1','1')", level - 1));
            sfc.add(fmt::format("sfig_org_feature('f{}','3')", level));
        }
        sfc.add(fmt::format("sfig_locate_feature('0','f{}','0','0','0','1','1')", levels)).add(a3);
        return sfc.seen().outcome;
    };
    EXPECT_EQ(bomb(7, 10), "limit.members");
    EXPECT_EQ(bomb(10, 10), "cad.nesting");
    EXPECT_EQ(bomb(2, 10), "pdf");
}

TEST(SfcPages, TheSameDrawingGivesTheSameBytes) {
    const auto once = [] {
        return with_layers()
            .add("text_string_feature('1','1','1','図','100','100','10','50','0','0','0','1','1')")
            .add(a3)
            .seen()
            .pdf;
    };
    EXPECT_EQ(once(), once());
}

TEST(SfcPages, NumbersOutOfReach) {
    for (const char* wild : {"1e300", "-1e300", "1e-300", "1e9", "0", "-1"})
        for (const char* kind :
             {"line_feature('0','1','1','1','W','0','0','W')", "circle_feature('0','1','1','1','0','0','W')",
              "ellipse_arc_feature('0','1','1','1','0','0','W','W','0','W','W','W')",
              "clothoid_feature('0','1','1','1','0','0','W','0','W','W','W')",
              "point_marker_feature('0','1','1','1','1','W','W')",
              "text_string_feature('0','1','1','x','0','0','W','W','W','W','W','5','2')",
              "text_string_feature('0','1','1','x','10','10','5','W','0','0','W','5','1')",
              "drawing_sheet_feature('x','9','1','0','100')"}) {
            std::string text = kind;
            for (std::size_t at = text.find('W'); at != text.npos; at = text.find('W', at)) text.replace(at, 1, wild);
            EXPECT_EQ(Sfc().add(text).seen().outcome, "pdf") << text;
        }
}

// Instances as writers of SXF make them, numbered as they come.
class P21 {
public:
    std::string add(std::string_view text) {
        m_data += fmt::format("#{}={};\r\n", ++m_number, text);
        return fmt::format("#{}", m_number);
    }
    std::string point(double x, double y) { return add(fmt::format("CARTESIAN_POINT('',({:f},{:f}))", x, y)); }
    std::string placement(double x, double y, double angle = 0) {
        const std::string direction =
            add(fmt::format("DIRECTION('',({:f},{:f}))", std::cos(cad::radians(angle)), std::sin(cad::radians(angle))));
        return add(fmt::format("AXIS2_PLACEMENT_2D('',{},{})", point(x, y), direction));
    }
    std::string line(double x, double y, double to_x, double to_y) {
        const std::string direction = add(fmt::format("DIRECTION('',({:f},{:f}))", to_x - x, to_y - y));
        const std::string vector = add(fmt::format("VECTOR('',{},1.0)", direction));
        const std::string from = point(x, y), to = point(to_x, to_y);
        const std::string line = add(fmt::format("LINE('',{},{})", from, vector));
        return add(fmt::format("TRIMMED_CURVE('',{},({}),({}),.T.,.CARTESIAN.)", line, from, to));
    }
    std::string color(std::string_view name) { return add(fmt::format("DRAUGHTING_PRE_DEFINED_COLOUR('{}')", name)); }
    std::string curve_style(std::string_view name) {
        const std::string font = add("DRAUGHTING_PRE_DEFINED_CURVE_FONT('continuous')");
        return assigned(add(fmt::format("CURVE_STYLE('',{},POSITIVE_LENGTH_MEASURE(0.5),{})", font, color(name))));
    }
    std::string assigned(std::string_view style) {
        return add(fmt::format("PRESENTATION_STYLE_ASSIGNMENT(({}))", style));
    }
    std::string occurrence(std::string_view kind, std::string_view style, std::string_view item) {
        return add(
            fmt::format("({}DRAUGHTING_ANNOTATION_OCCURRENCE()GEOMETRIC_REPRESENTATION_ITEM()REPRESENTATION_ITEM('')"
                        "STYLED_ITEM(({}),{}))",
                        kind, style, item));
    }
    std::string curve(std::string_view color, std::string_view item) {
        return occurrence("ANNOTATION_CURVE_OCCURRENCE()ANNOTATION_OCCURRENCE()", curve_style(color), item);
    }
    // SXF's writers put the point of a text in the lowest row half its height above it.
    std::string text(std::string_view words, double x, double y, double height, double width) {
        const std::string extent = add(fmt::format("PLANAR_EXTENT('',{:f},{:f})", width, height));
        const std::string font = add("DRAUGHTING_PRE_DEFINED_TEXT_FONT('ISO 3098-1 font A')");
        const std::string literal =
            add(fmt::format("TEXT_LITERAL_WITH_EXTENT('$$SXF_baseline left','{}',{},'baseline left',.RIGHT.,{},{})",
                            words, placement(x, y + height / 2), font, extent));
        const std::string look = add(fmt::format("TEXT_STYLE_FOR_DEFINED_FONT({})", color("black")));
        const std::string style =
            add(fmt::format("(TEXT_STYLE('',{})TEXT_STYLE_WITH_BOX_CHARACTERISTICS((BOX_HEIGHT({:f}),"
                            "BOX_WIDTH(1.0),BOX_SLANT_ANGLE(0.0),BOX_ROTATE_ANGLE(0.0))))",
                            look, height));
        return occurrence("ANNOTATION_OCCURRENCE()ANNOTATION_TEXT_OCCURRENCE()", assigned(style), literal);
    }
    std::string context() { return add("(GEOMETRIC_REPRESENTATION_CONTEXT(2)REPRESENTATION_CONTEXT('',''))"); }
    void sheet(std::string_view items) {
        const std::string box = add(fmt::format("PLANAR_BOX('',420.0,297.0,{})", placement(0, 0)));
        const std::string sheet = add(fmt::format("DRAWING_SHEET_REVISION('',({},{}),{},'01')", items, box, context()));
        add(fmt::format("PRESENTATION_SIZE({},{})", sheet, box));
    }
    Seen seen() const { return tests::flattened(sample::instances(m_data), Type::p21); }

private:
    int m_number = 0;
    std::string m_data;
};

TEST(P21Pages, CurvesAndTextStandWhereTheDrawingHasThem) {
    P21 drawing;
    const std::string line = drawing.curve("red", drawing.line(100, 50, 200, 50));
    const std::string circle =
        drawing.curve("white", drawing.add(fmt::format("CIRCLE('',{},40.0)", drawing.placement(300, 200))));
    const std::string basis = drawing.add(fmt::format("CIRCLE('',{},30.0)", drawing.placement(100, 200)));
    const std::string arc = drawing.curve(
        "black", drawing.add(fmt::format(
                     "TRIMMED_CURVE('',{},(PARAMETER_VALUE(0.0)),(PARAMETER_VALUE(1.5707)),.T.,.PARAMETER.)", basis)));
    const std::string text = drawing.text("\\X2\\4F4F6C117968\\X0\\", 20, 20, 10, 30);
    drawing.sheet(fmt::format("{},{},{},{}", line, circle, arc, text));
    const Seen seen = drawing.seen();
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    const auto& page = seen.pages[0];
    EXPECT_NEAR(page.width, 420, 0.1);
    EXPECT_NEAR(page.height, 297, 0.1);
    EXPECT_TRUE(page.is_red(150, 50));
    EXPECT_TRUE(page.is_white(210, 50));
    EXPECT_TRUE(page.is_black(340, 200));
    EXPECT_TRUE(page.is_black(100 + 30 * std::cos(0.8), 200 + 30 * std::sin(0.8)));
    EXPECT_TRUE(page.is_white(100 + 30 * std::cos(2.5), 200 + 30 * std::sin(2.5)));
    EXPECT_TRUE(seen.says("住民票"));
    EXPECT_TRUE(page.is_white(25, 18));
    EXPECT_FALSE(page.is_white(25, 25));
    EXPECT_TRUE(page.is_white(25, 32));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(P21Pages, FiguresAndAreas) {
    P21 drawing;
    const std::string part = drawing.curve("red", drawing.line(0, 0, 20, 0));
    const std::string origin = drawing.placement(0, 0);
    const std::string figure = drawing.add(
        fmt::format("DRAUGHTING_SUBFIGURE_REPRESENTATION('$$SXF_P_x',({},{}),{})", part, origin, drawing.context()));
    const std::string map = drawing.add(fmt::format("SYMBOL_REPRESENTATION_MAP({},{})", origin, figure));
    const std::string target =
        drawing.add(fmt::format("SYMBOL_TARGET('',{},2.0,2.0)", drawing.placement(100, 100, 90)));
    const std::string item = drawing.add(fmt::format(
        "(ANNOTATION_SYMBOL()GEOMETRIC_REPRESENTATION_ITEM()MAPPED_ITEM({},{})REPRESENTATION_ITEM(''))", map, target));
    const std::string nothing = drawing.add("PRESENTATION_STYLE_ASSIGNMENT((NULL_STYLE(.NULL.)))");
    const std::string placed = drawing.occurrence(
        "ANNOTATION_OCCURRENCE()ANNOTATION_SUBFIGURE_OCCURRENCE()ANNOTATION_SYMBOL_OCCURRENCE()", nothing, item);
    std::string corners;
    for (const auto& [x, y] :
         {std::pair{200, 100}, std::pair{260, 100}, std::pair{260, 160}, std::pair{200, 160}, std::pair{200, 100}})
        corners += (corners.empty() ? "" : ",") + drawing.point(x, y);
    const std::string outline = drawing.add(fmt::format("POLYLINE('',({}))", corners));
    const std::string segment = drawing.add(fmt::format("COMPOSITE_CURVE_SEGMENT(.CONTINUOUS.,.T.,{})", outline));
    const std::string boundary = drawing.add(fmt::format("COMPOSITE_CURVE('',({}),.T.)", segment));
    const std::string area = drawing.add(fmt::format("ANNOTATION_FILL_AREA('',({}))", boundary));
    const std::string fill = drawing.add(fmt::format("FILL_AREA_STYLE_COLOUR('',{})", drawing.color("red")));
    const std::string style = drawing.assigned(drawing.add(fmt::format("FILL_AREA_STYLE('',({}))", fill)));
    const std::string filled = drawing.occurrence(
        fmt::format("ANNOTATION_FILL_AREA_OCCURRENCE({})ANNOTATION_OCCURRENCE()", drawing.point(0, 0)), style, area);
    drawing.sheet(placed + "," + filled);
    const Seen seen = drawing.seen();
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    const auto& page = seen.pages[0];
    EXPECT_TRUE(page.is_red(100, 138));
    EXPECT_TRUE(page.is_white(100, 142));
    EXPECT_TRUE(page.is_white(10, 0.5));
    EXPECT_TRUE(page.is_red(230, 130));
    EXPECT_TRUE(page.is_white(270, 130));
    EXPECT_TRUE(seen.findings.empty());
}

TEST(P21Pages, WhatIsHiddenIsNotThere) {
    P21 drawing;
    const std::string secret = drawing.text("secret", 20, 20, 10, 30), shown = drawing.text("shown", 20, 50, 10, 30);
    const std::string layer = drawing.add(fmt::format("PRESENTATION_LAYER_ASSIGNMENT('hidden','',({}))", secret));
    drawing.add(fmt::format("INVISIBILITY(({}))", layer));
    drawing.sheet(secret + "," + shown);
    const Seen seen = drawing.seen();
    EXPECT_TRUE(seen.found(Finding::cad_hidden));
    EXPECT_FALSE(seen.says("secret"));
    EXPECT_TRUE(seen.says("shown"));
    EXPECT_EQ(seen.pdf, drawing.seen().pdf);
}

TEST(P21Pages, ADrawingWithoutASheetIsAPage) {
    P21 drawing;
    drawing.curve("red", drawing.line(0, 0, 200, 100));
    const Seen seen = drawing.seen();
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    EXPECT_TRUE(seen.pages[0].is_red(seen.pages[0].width / 2, seen.pages[0].height / 2));
}

TEST(P21Pages, SplinesAreDrawnAndTheirKnotsCounted) {
    const auto drawn = [](const std::string& times, const std::string& knots) {
        P21 drawing;
        std::string points;
        for (const double x : {100, 130, 170, 200}) points += (points.empty() ? "" : ",") + drawing.point(x, 50);
        drawing.sheet(drawing.curve(
            "red", drawing.add(
                       fmt::format("B_SPLINE_CURVE_WITH_KNOTS('',3,({}),.UNSPECIFIED.,.F.,.F.,({}),({}),.UNSPECIFIED.)",
                                   points, times, knots))));
        return drawing.seen();
    };
    const Seen seen = drawn("4,4", "0.0,1.0");
    ASSERT_EQ(seen.pages.size(), 1U) << seen.outcome;
    EXPECT_TRUE(seen.pages[0].is_red(150, 50));
    EXPECT_TRUE(seen.pages[0].is_white(210, 50));
    std::string times = "100", knots = "0.0";
    for (int i = 1; i <= 1000; ++i) {
        times += ",100";
        knots += fmt::format(",{}.0", i);
    }
    EXPECT_EQ(drawn(times, knots).outcome, "limit.members");
}

TEST(P21Pages, FiguresThatMultiplyEndAsALimit) {
    P21 drawing;
    const std::string origin = drawing.placement(0, 0), context = drawing.context();
    const std::string target = drawing.add(fmt::format("SYMBOL_TARGET('',{},1.0,1.0)", origin));
    const std::string nothing = drawing.add("PRESENTATION_STYLE_ASSIGNMENT((NULL_STYLE(.NULL.)))");
    std::string items = drawing.curve("red", drawing.line(0, 0, 1, 1));
    for (int level = 0; level < 7; ++level) {
        const std::string figure =
            drawing.add(fmt::format("DRAUGHTING_SUBFIGURE_REPRESENTATION('f',({}),{})", items, context));
        const std::string map = drawing.add(fmt::format("SYMBOL_REPRESENTATION_MAP({},{})", origin, figure));
        items.clear();
        for (int i = 0; i < 10; ++i) {
            const std::string mapped = drawing.add(fmt::format(
                "(ANNOTATION_SYMBOL()GEOMETRIC_REPRESENTATION_ITEM()MAPPED_ITEM({},{})REPRESENTATION_ITEM(''))", map,
                target));
            items += (i > 0 ? "," : "") + drawing.occurrence("ANNOTATION_SUBFIGURE_OCCURRENCE()", nothing, mapped);
        }
    }
    drawing.sheet(items);
    EXPECT_EQ(drawing.seen().outcome, "limit.members");
}

} // namespace
} // namespace sekisho
