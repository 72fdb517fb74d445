// Each rule by itself: what is refused and why, and what of a drawing that passes is on the receipt.
#include <gtest/gtest.h>

#include "sanitizer/formats/sxf/graph.h"
#include "sanitizer/formats/sxf/sxf.h"
#include "tests/sanitizer/samples/sxf.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using namespace tests::sxf_sample;
using Format = Result<Type> (*)(Job&);

std::string code_of(tests::Bench& bench, Format format, std::string_view input) {
    const auto type = bench.run(format, Type::unknown, as_view(input));
    return type ? "delivered" : type.error().code;
}
std::string sfc(std::string_view input) {
    tests::Bench bench;
    return code_of(bench, sxf::sfc, input);
}
std::string p21(std::string_view input) {
    tests::Bench bench;
    return code_of(bench, sxf::p21, input);
}

std::string repeated(std::string_view text, int times) {
    std::string made;
    while (times-- > 0) made += text;
    return made;
}

const std::string point = "#1=CARTESIAN_POINT('',(0.0,0.0));\r\n";

} // namespace

TEST(SxfRefusals, WhatContradictsTheHeader) {
    const std::string whole = features(line);
    std::string many = whole, two = whole;
    many.replace(many.find("'SCADEC"), 0, repeated("'x',", 64));
    two.replace(two.find("'a.sfc'"), 7, "('a.sfc','b.sfc')");
    EXPECT_EQ(sfc(whole), "delivered");
    EXPECT_EQ(sfc(many), "cad.damaged");
    EXPECT_EQ(sfc(two), "cad.damaged");
    EXPECT_EQ(sfc(whole.substr(0, whole.find("DATA;"))), "input.short");
    EXPECT_EQ(sfc(whole.substr(0, whole.find("a.sfc") + 1)), "input.short") << "within a text";
}

TEST(SxfRefusals, FeaturesThatContradictTheFormat) {
    const auto hatching = [](int count, const std::string& one) {
        return "fill_area_style_hatching_feature('1','" + std::to_string(count) + "'," +
               repeated("'(" + one + ")',", count) + "'1','0','()')";
    };
    struct Row {
        const char* what;
        std::string feature;
    };
    for (const Row& row :
         {Row{"a value that begins before its quote", "text_font_feature(xa')"},
          Row{"a value without an end", "text_font_feature(')"},
          Row{"something behind the last value", "text_font_feature('a') x"}, Row{"no values", "evil"},
          Row{"a value too few", "layer_feature('a')"},
          Row{"a list without brackets", "polyline_feature('1','1','1','1','2','1.0,2.0','(1.0,2.0)')"},
          Row{"a list that ends in a comma", "polyline_feature('1','1','1','1','2','(1.0,)','(1.0,2.0)')"},
          Row{"a hatching of six numbers", hatching(1, "1,1,1,0.0,0.0,1.0")},
          Row{"more hatchings than any area has", hatching(65, "1,1,1,0.0,0.0,1.0,45.0")},
          Row{"a feature that grows beyond all others",
              "polyline_feature('1','1','1','1','2','(" + repeated("1,", 1'100'000) + "1)','(1.0)')"}})
        EXPECT_EQ(sfc(features(line + feature(11, row.feature))), "cad.damaged") << row.what;
    EXPECT_EQ(sfc(features(line + feature(11, hatching(64, "1,1,1,0.0,0.0,1.0,45.0")))), "delivered");
    const std::string whole = features(line);
    EXPECT_EQ(sfc(whole.substr(0, whole.find("SXF*/"))), "input.short") << "within a feature";
}

TEST(SxfRefusals, InstancesThatContradictTheFormat) {
    struct Row {
        const char* what;
        std::string instance;
        const char* code;
    };
    for (const Row& row : {Row{"a name that begins with a digit", "#2=1EVIL();", "cad.damaged"},
                           Row{"no value between the commas", "#2=LINE('',,1);", "cad.damaged"},
                           Row{"half a character", "#2=LINE('\x81');", "text.charset"},
                           Row{"an escape that is no number", "#2=LINE('\\X\\zz');", "cad.damaged"}})
        EXPECT_EQ(p21(instances(point + row.instance)), row.code) << row.what;
    const std::string whole = instances("#1=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));\r\n");
    EXPECT_EQ(p21(whole), "delivered");
    EXPECT_EQ(p21(whole.substr(0, whole.find(",.METRE"))), "input.short");
}

TEST(SxfRefusals, MoreInstancesThanAnyDrawingHas) {
    sxf::Graph graph;
    std::uint64_t instances = 0, references = 0;
    while (instances < 3'000'000 && graph.add(instances + 1, true, false)) ++instances;
    EXPECT_EQ(instances, 2'000'000U);
    while (references < 13'000'000 && graph.refer(1)) ++references;
    EXPECT_EQ(references, 12'000'000U);
    EXPECT_EQ(graph.add(1, true, false).error().code, "limit.members");
    EXPECT_EQ(graph.refer(1).error().code, "limit.members");
}

TEST(SxfRefusals, WhatTheReceiptSays) {
    struct Row {
        const char* what;
        Format format;
        std::string file;
        Finding finding;
        std::uint32_t count;
    };
    std::string commented = features(line);
    commented.insert(commented.find("FILE_NAME"), "/* evil */");
    const std::string external = "'$$ATRU$$2$$\\\\evil\\a.jpg$$x'";
    for (const Row& row :
         {Row{"a comment in the header", sxf::sfc, commented, Finding::cad_comment, 1},
          Row{"something behind the end", sxf::sfc, features(line) + "evil", Finding::sxf_unknown, 1},
          Row{"a feature on no list", sxf::sfc, features(line + feature(11, "evil_feature('x')")), Finding::sxf_unknown,
              1},
          Row{"a quote within a text", sxf::sfc, features(line + feature(11, "layer_feature('a'b','1')")),
              Finding::cad_text, 1},
          Row{"the folder of a picture", sxf::sfc,
              features(line + feature(11, "sfig_org_feature(" + external + ",'3')")), Finding::sxf_external, 1},
          Row{"the folder of the drawing", sxf::sfc, head("feature_mode", "c:/evil/a.sfc") + line + foot,
              Finding::sxf_external, 1},
          Row{"something behind the end", sxf::p21, instances(point) + "evil", Finding::sxf_unknown, 1},
          Row{"a control", sxf::p21, instances("#1=CARTESIAN_POINT('a\x1b',(0.0,0.0));\r\n"), Finding::cad_text, 1},
          Row{"an instance on no list", sxf::p21, instances(point + "#2=EVIL('evil');\r\n"), Finding::sxf_unknown, 1},
          Row{"and one that leads to it", sxf::p21,
              instances(point + "#2=EVIL('evil');\r\n#3=GEOMETRIC_SET('',(#1,#2));\r\n"), Finding::sxf_unknown, 2}}) {
        tests::Bench bench;
        EXPECT_EQ(code_of(bench, row.format, row.file), "delivered") << row.what;
        ASSERT_EQ(bench.report.entries().size(), 1U) << row.what;
        EXPECT_EQ(bench.report.entries()[0].finding, row.finding) << row.what;
        EXPECT_EQ(bench.report.entries()[0].count, row.count) << row.what;
        EXPECT_EQ(as_text(bench.out.bytes()).find("evil"), std::string_view::npos) << row.what;
    }
}

} // namespace sekisho
