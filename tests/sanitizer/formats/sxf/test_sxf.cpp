// No public drawing shows these vectors: the samples are made here from the published descriptions of SXF (feature
// specification, Ver. 2 to 3.1) and of the exchange structure (ISO 10303-21).
#include <gtest/gtest.h>

#include "sanitizer/formats/sxf/sxf.h"
#include "sanitizer/verify/sxf/sxf.h"
#include "tests/sanitizer/samples/sxf.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using namespace tests::sxf_sample;

std::unique_ptr<tests::Bench> last;

std::string rebuilt(std::string_view input, Type type) {
    last = std::make_unique<tests::Bench>();
    const auto made = last->run(type == Type::sfc ? sxf::sfc : sxf::p21, type, as_view(input));
    if (!made) return made.error().code;
    const MemorySource out(last->out.bytes());
    const auto good = type == Type::sfc ? verify::sfc(out, {}) : verify::p21(out, {});
    EXPECT_TRUE(good) << good.error().code << "\n" << as_text(last->out.bytes()).substr(0, 4000);
    return std::string(as_text(last->out.bytes()));
}
std::string sfc(std::string_view input) {
    return rebuilt(input, Type::sfc);
}
std::string p21(std::string_view input) {
    return rebuilt(input, Type::p21);
}
bool found(Finding finding) {
    return last->found(finding);
}
bool found_nothing() {
    return last->report.entries().empty();
}
bool holds(const std::string& output, std::string_view part) {
    return output.find(part) != output.npos;
}

} // namespace

TEST(Sfc, EveryFeatureStaysAsItIs) {
    const std::string extension = "'0','0.0','0.0','0.0','0.0','0.0','0.0'", arrow = "'0','0','0.0','0.0','0.0'",
                      words = "'1','1',\\'1,500\\','0.0','0.0','3.0','3.0','0.0','0.0','0.0','1','1'";
    const std::string same = features(
        feature(1, "layer_feature(\\'\x90\x7d\x96\xca\\','1')") +
        feature(2, "pre_defined_font_feature(\\'continuous\\')") +
        feature(3, "user_defined_font_feature(\\'$$SXF_a\\','2','(1.5,0.5)')") +
        feature(4, "pre_defined_colour_feature(\\'red\\')") + feature(5, "user_defined_colour_feature('1','2','255')") +
        feature(6, "width_feature('0.13')") +
        feature(7, "text_font_feature(\\'\x82\x6c\x82\x72 \x83\x53\x83\x56\x83\x62\x83\x4e\\')") + line +
        feature(11, "polyline_feature('1','1','1','1','2','(0.0,1.0)','(0.0,1.5)')") +
        feature(12, "circle_feature('1','1','1','1','0.0','0.0','10.0')") +
        feature(13, "arc_feature('1','1','1','1','0.0','0.0','10.0','0','0.0','90.0')") +
        feature(14, "ellipse_feature('1','1','1','1','0.0','0.0','10.0','5.0','0.0')") +
        feature(15, "ellipse_arc_feature('1','1','1','1','0.0','0.0','10.0','5.0','0','0.0','0.0','90.0')") +
        feature(16, "text_string_feature('1','1','1',\\'\x8f\x5a\x96\xaf\x95\\\\','0.0','0.0','3.0','9.0','0.0','0.0','"
                    "0.0','1','1')") +
        feature(17, "spline_feature('1','1','1','1','0','4','(0.0,1.0,2.0,3.0)','(0.0,1.0,2.0,3.0)')") +
        feature(18, "clothoid_feature('1','1','1','1','0.0','0.0','100.0','0','0.0','0.0','100.0')", "SXF3.1") +
        feature(19, "linear_dim_feature('1','1','1','1','0.0','0.0','10.0','0.0'," + extension + "," + extension + "," +
                        arrow + "," + arrow + "," + words + ")") +
        feature(20, "angular_dim_feature('1','1','1','1','0.0','0.0','10.0','0.0','90.0'," + extension + "," +
                        extension + "," + arrow + "," + arrow + "," + words + ")") +
        feature(21, "radius_dim_feature('1','1','1','1','0.0','0.0','10.0','0.0'," + arrow + "," + words + ")") +
        feature(22, "diameter_dim_feature('1','1','1','1','0.0','0.0','10.0','0.0'," + arrow + "," + arrow + "," +
                        words + ")") +
        feature(23, "label_feature('1','1','1','1','2','(1.0,3.0)','(2.0,4.0)','1','3.0'," + words + ")") +
        feature(24, "balloon_feature('1','1','1','1','2','(1.0,3.0)','(2.0,4.0)','0.0','0.0','10.0','4','3.0'," +
                        words + ")") +
        feature(25, "externally_defined_symbol_feature('1','1','8',\\'sxf_symbol\\','0.0','0.0','0.0','1.0')") +
        feature(26, "composite_curve_org_feature('1','1','1','1')") +
        feature(27, "externally_defined_hatch_feature('2','Area_control','1','1','(2)')") +
        feature(28, "fill_area_style_colour_feature('2','8','1','0','()')") +
        feature(29, "fill_area_style_hatching_feature('3','2','(1,3,2,11.0,12.0,5.0,60.0)','(10,1,1,1.0,2.0,5.0,30.0)',"
                    "'1','1','(2)')") +
        feature(30, "sfig_org_feature(\\'part\\','4')") +
        feature(31, "sfig_locate_feature('1',\\'part\\','0.0','0.0','0.0','1.0','1.0')") +
        feature(32, "drawing_attribute_feature('a','b','c','d','e','f','g','2024','','1','h','i')", "SXF3") +
        feature(33, "drawing_sheet_feature(\\'sheet\\','3','1','420','297')"));
    EXPECT_EQ(sfc(same), same);
    EXPECT_TRUE(found_nothing());
}

TEST(Sfc, ValuesAreWrittenAnew) {
    const std::string out =
        sfc(features("/*SXF\n#010 =line_feature( '1' ,'1','1','1', '0.000000','+5','1E2','-0.0')\nSXF*/\n"));
    EXPECT_EQ(out, features(feature(10, "line_feature('1','1','1','1','0.0','5.0','100.0','0.0')")));
    EXPECT_EQ(sfc(out), out);
    for (const char* bad :
         {"line_feature('1','1','1','1','0','0','0')", "line_feature('1','1','1','1','0','0','0','0','0')",
          "line_feature('1','1','1','x','0','0','0','0')", "line_feature('1','1','1','1','nan','0','0','0')",
          "line_feature('1','1','1','1','0','0','0','0'", "polyline_feature('1','1','1','1','2','0.0','(0.0)')"})
        EXPECT_EQ(sfc(features(feature(10, bad))), "cad.damaged") << bad;
    EXPECT_EQ(sfc(features(line + line)), "cad.damaged");
}

// CP932 with NEC and IBM characters and a private-use character (gaiji).
TEST(Sfc, JapaneseTextStaysByteForByte) {
    const std::string same = features(feature(1, "layer_feature('\x87\x40\xfb\xfc\xf0\x40\x83\x5c\xb1','1')"));
    EXPECT_EQ(sfc(same), same);
    EXPECT_TRUE(found_nothing());
}

// Found by fuzzing: a byte that no character has became an escape with a backslash in it.
TEST(Sfc, BytesThatAreNoCharacterAreRefused) {
    EXPECT_EQ(sfc(features(feature(1, "sfig_org_feature('$$ATRU$$c:\\\xff\xffx','1')"))), "text.charset");
}

// T12
TEST(Sfc, WhatIsNotListedGoes) {
    const std::string out = sfc(head("feature_mode") + "/* \\\\evil\\x */" + line +
                                feature(90, "evil_feature('calc.exe')") + foot + "payload");
    EXPECT_EQ(out, features(line));
    EXPECT_TRUE(found(Finding::sxf_unknown));
    EXPECT_TRUE(found(Finding::cad_comment));
    EXPECT_EQ(sfc(features(feature(90, "evil_feature('x')"))), "cad.empty");
}

// T12: pictures and attribute files (SXF Ver. 3) lie beside the drawing and nowhere else.
TEST(Sfc, PathsLoseTheirFolders) {
    const std::string out =
        sfc(head("feature_mode", "C:\\\\Users\\\\x\\\\a.sfc", "('Yamada')") + line +
            feature(11, "sfig_org_feature('$$ATRU$$2$$\\\\evil\\share\\a.jpg$$x','3')") +
            feature(12, "sfig_locate_feature('0','$$ATRU$$2$$\\\\evil\\share\\a.jpg$$x','0','0','0','1','1')") + foot);
    EXPECT_TRUE(found(Finding::sxf_external));
    EXPECT_TRUE(found(Finding::sxf_author));
    for (const char* part : {"evil", "Yamada", "Users"}) EXPECT_FALSE(holds(out, part)) << part;
    EXPECT_TRUE(holds(out, "'$$ATRU$$2$$a.jpg$$x'"));
    EXPECT_EQ(sfc(out), out);
    EXPECT_TRUE(found_nothing());
}

TEST(Sfc, TextCannotEndItself) {
    const std::string out =
        sfc(features(feature(1, "layer_feature('a'b','1')") + feature(2, "layer_feature('c\x1b\\','1')")));
    EXPECT_TRUE(holds(out, "'a\x81\x66"
                           "b'"));
    EXPECT_TRUE(found(Finding::cad_text));
    EXPECT_EQ(sfc(out), out);
}

TEST(Sfc, FiguresThatMultiplyAreRefused) {
    std::string data;
    int number = 1;
    for (int level = 0; level < 12; ++level) {
        for (int i = 0; i < 10; ++i)
            data += feature(number++, level == 0 ? "circle_feature('1','1','1','1','0','0','1')"
                                                 : "sfig_locate_feature('1','f" + std::to_string(level - 1) +
                                                       "','0','0','0','1','1')");
        data += feature(number++, "sfig_org_feature('f" + std::to_string(level) + "','4')");
    }
    EXPECT_EQ(sfc(features(data)), "cad.nesting");
    EXPECT_EQ(sfc(features(feature(1, "sfig_locate_feature('1','f','0','0','0','1','1')") +
                           feature(2, "sfig_org_feature('f','4')"))),
              "cad.nesting");
}

TEST(Sfc, DamagedOnesAreRefused) {
    const std::string whole = features(line);
    for (std::size_t size = 0; size + 3 < whole.size(); ++size)
        EXPECT_FALSE(sfc(whole.substr(0, size)).starts_with("ISO")) << size;
}

TEST(Sfc, TheVerifierSeesItWithoutUs) {
    const auto verified = [](const std::string& output) {
        return verify::sfc(MemorySource(as_view(output)), {}).has_value();
    };
    EXPECT_TRUE(verified(features(line)));
    for (const std::string& bad :
         {feature(11, "evil_feature('1')"), feature(11, "layer_feature('1')"),
          feature(11, "layer_feature('a\x1b','1')"), feature(11, "layer_feature('a','1.5')"),
          feature(11, "layer_feature('a*/','1')"), feature(11, "layer_feature('\x81','1')"),
          feature(11, "width_feature('1')"), feature(11, "sfig_org_feature('$$ATRU$$\\\\e\\x','3')"), line,
          std::string("/* x */\r\n"), std::string("#11=LINE();\r\n")})
        EXPECT_FALSE(verified(features(line + bad))) << bad;
    EXPECT_FALSE(verified(head("feature_mode", "a", "('Yamada')") + line + foot));
    EXPECT_FALSE(verified(head("feature_mode", "c:/a") + line + foot));
    EXPECT_FALSE(verified(features(line) + "x"));
    EXPECT_FALSE(verified(features("")));
}

TEST(P21, ADrawingStaysAsItIs) {
    const std::string same = instances(
        "#1=DRAUGHTING_PRE_DEFINED_COLOUR('red');\r\n#3=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));\r\n"
        "#4=LENGTH_MEASURE_WITH_UNIT(POSITIVE_LENGTH_MEASURE(0.25),#3);\r\n#10=CARTESIAN_POINT(' ',(0.0,-1.5E-12));\r\n"
        "#12=DIRECTION(' ',(1.0,0.0));\r\n#13=VECTOR(' ',#12,5.0);\r\n#14=LINE('it''s \\\\ "
        "\\X2\\4F4F6C11E000D842DFB7\\X0\\ a',#10,#13);\r\n"
        "#15=TRIMMED_CURVE(' "
        "',#14,(#10),(#10),.T.,.CARTESIAN.);\r\n#16=PRESENTATION_SET();\r\n#17=PRODUCT('',$,1,());\r\n");
    EXPECT_EQ(p21(same), same);
    EXPECT_TRUE(found_nothing());
}

TEST(P21, ValuesAreWrittenAnew) {
    const std::string out =
        p21(instances("/* c */ #1 = CARTESIAN_POINT ( '\x8f\x5a\x96\xaf\x95\x5c' , ( 1. , +2.E+2 ) ) ;\n"));
    EXPECT_EQ(out, instances("#1=CARTESIAN_POINT('\\X2\\4F4F6C118868\\X0\\',(1.0,200.0));\r\n"));
    EXPECT_TRUE(found(Finding::cad_comment));
    EXPECT_TRUE(found(Finding::cad_charset));
    for (const char* bad :
         {"#1=LINE(;", "#1=LINE('');#1=LINE('');", "#1=LINE(#2);", "#0=LINE();", "#1=LINE(\"0A\");", "#1=line();",
          "#1=LINE('\\X2\\D800\\X0\\');", "#1=LINE('\\X2\\00g0\\X0\\');", "#1=LINE(1.0.0);"})
        EXPECT_EQ(p21(instances(bad)), "cad.damaged") << bad;
    EXPECT_EQ(p21(instances("#1=LINE(" + std::string(100, '(') + std::string(100, ')') + ");")), "limit.depth");
}

// T12
TEST(P21, WhatIsNotListedGoes) {
    const std::string out = p21(instances(
        "#1=CARTESIAN_POINT('',(0.0,0.0));\r\n#2=EVIL_DOCUMENT('calc.exe');\r\n#3=GEOMETRIC_SET('',(#1,#2,#1));\r\n"));
    EXPECT_EQ(out, instances("#1=CARTESIAN_POINT('',(0.0,0.0));\r\n#3=GEOMETRIC_SET('',(#1,#1));\r\n"));
    EXPECT_TRUE(found(Finding::sxf_unknown));
    EXPECT_EQ(p21(instances("#2=EVIL('');\r\n#3=STYLED_ITEM('',#2);\r\n")), "cad.damaged");
    EXPECT_EQ(p21(instances("#2=EVIL('');\r\n")), "cad.empty");
}

// T12
TEST(P21, PathsLoseTheirFolders) {
    const std::string out = p21(instances("#1=EXTERNAL_SOURCE(IDENTIFIER('\\\\\\\\evil\\\\x\\\\tile.dat'));\r\n#2="
                                          "GROUP('$$ATRF$$1$$file://evil/a.saf','');\r\n"));
    EXPECT_EQ(out, instances("#1=EXTERNAL_SOURCE(IDENTIFIER('tile.dat'));\r\n#2=GROUP('$$ATRF$$1$$a.saf','');\r\n"));
    EXPECT_TRUE(found(Finding::sxf_external));
}

TEST(P21, InstancesThatContainEachOtherOrMultiplyAreRefused) {
    EXPECT_EQ(p21(instances("#1=MAPPED_ITEM('',#2);#2=REPRESENTATION_MAP(#1);")), "cad.nesting");
    std::string data = "#1=CIRCLE('');";
    int number = 1;
    for (int level = 0; level < 12; ++level) {
        std::string list;
        const int map = number;
        for (int i = 0; i < 10; ++i) {
            data += "#" + std::to_string(++number) + "=MAPPED_ITEM('',#" + std::to_string(map) + ");";
            list += (i ? ",#" : "#") + std::to_string(number);
        }
        data += "#" + std::to_string(++number) + "=REPRESENTATION('',(" + list + "));";
    }
    EXPECT_EQ(p21(instances(data)), "cad.nesting");
}

TEST(P21, DamagedOnesAreRefused) {
    const std::string whole = instances("#1=CARTESIAN_POINT('\\X2\\4F4F\\X0\\',(0.0,0.0));\r\n");
    for (std::size_t size = 0; size + 3 < whole.size(); ++size)
        EXPECT_FALSE(p21(whole.substr(0, size)).starts_with("ISO")) << size;
}

TEST(P21, TheVerifierSeesItWithoutUs) {
    const auto verified = [](const std::string& output) {
        return verify::p21(MemorySource(as_view(output)), {}).has_value();
    };
    const std::string point = "#1=CARTESIAN_POINT('',(0.0,0.0));\r\n";
    EXPECT_TRUE(verified(instances(point)));
    for (const char* bad : {"#1=LINE();\r\n", "#2=LINE(#3);\r\n", "#2=EVIL();\r\n", "#2=LINE('\x8f\x5a');\r\n",
                            "#2=LINE('\\X2\\202E\\X0\\');\r\n", "#2=LINE(1.);\r\n", "#2=LINE( );\r\n",
                            "#2=EXTERNAL_SOURCE('\\\\\\\\evil\\\\x');\r\n", "#2=GROUP('$$ATRF$$http://x');\r\n",
                            "/* x */", "#2=LINE('a\n');\r\n"})
        EXPECT_FALSE(verified(instances(point + bad))) << bad;
    EXPECT_FALSE(verified(head("x", "a", "('Yamada')") + point + foot));
    EXPECT_FALSE(verified(instances(point) + "x"));
}

TEST(Sxf, TheirWordsAreALineEachInTheirOrder) {
    const auto words_of = [](Result<Type> (*words)(Job&), Type type, std::string_view input) {
        tests::Bench bench(Level::text);
        const auto made = bench.run(words, type, as_view(input));
        return made ? std::string(as_text(bench.out.bytes())) : made.error().code;
    };
    const std::string place = "'0.0','0.0','3.0','9.0','0.0','0.0','0.0','1','1')";
    const std::string features_of_words = features(
        feature(1, "layer_feature(\\'layer\\','1')") + line +
        feature(16, "text_string_feature('1','1','1',\\'\x8f\x5a\x96\xaf\x95\\\\'," + place) +
        feature(23,
                "label_feature('1','1','1','1','2','(1.0,3.0)','(2.0,4.0)','1','3.0','1','1',\\'1,500\\'," + place));
    EXPECT_EQ(words_of(sxf::sfc_text, Type::sfc, features_of_words), "住民表\n1,500\n");
    EXPECT_EQ(words_of(sxf::sfc_text, Type::sfc, features(line)), "\n");
    EXPECT_EQ(words_of(sxf::sfc_text, Type::sfc, features("")), "cad.empty");
    const std::string instances_of_words =
        instances("#1=CARTESIAN_POINT('name',(0.0,0.0));\r\n#2=DIRECTION('',(1.0,0.0));\r\n"
                  "#3=AXIS2_PLACEMENT_2D('',#1,#2);\r\n"
                  "#4=TEXT_LITERAL('id','\\X2\\4F4F6C11\\X0\\','#3','baseline left',.RIGHT.,$);\r\n"
                  "#5=(REPRESENTATION_ITEM('id')TEXT_LITERAL('second',#3,'baseline left',.RIGHT.,$));\r\n");
    EXPECT_EQ(words_of(sxf::p21_text, Type::p21, instances_of_words), "住民\nsecond\n");
}

} // namespace sekisho
