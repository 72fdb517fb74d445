// Kinds of files that are used in Japan and hardly elsewhere.
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/samples/ichitaro.h"
#include "tests/sanitizer/samples/jww.h"
#include "tests/sanitizer/samples/sxf.h"

namespace sekisho::rows {

namespace {

using namespace tests::sxf_sample;
using tests::JwwSample;
namespace ichitaro = tests::ichitaro_sample;

Bytes sfc_with_paths() {
    return to_bytes(head("feature_mode", "C:\\\\Users\\\\x\\\\a.sfc", "('Yamada')") + line +
                    feature(11, "sfig_org_feature('$$ATRU$$2$$\\\\evil\\share\\a.jpg$$x','3')") +
                    feature(12, "sfig_locate_feature('0','$$ATRU$$2$$\\\\evil\\share\\a.jpg$$x','0','0','0','1','1')") +
                    foot);
}

Bytes sfc_with_strangers() {
    return to_bytes(head("feature_mode") + "/* \\\\evil\\x */" + feature(1, "layer_feature('\x8f\x5a\x96\xaf','1')") +
                    line + feature(90, "evil_feature('calc.exe')") + foot + "payload");
}

Bytes p21_with_paths() {
    return to_bytes(instances("#1=EXTERNAL_SOURCE(IDENTIFIER('\\\\\\\\evil\\\\x\\\\tile.dat'));\r\n"
                              "#2=GROUP('$$ATRF$$1$$file://evil/a.saf','');\r\n"));
}

Bytes p21_with_strangers() {
    return to_bytes(instances("#1=CARTESIAN_POINT('\x8f\x5a\x96\xaf',(0.0,0.0));\r\n#2=EVIL_DOCUMENT('calc.exe');\r\n"
                              "#3=GEOMETRIC_SET('',(#1,#2,#1));\r\n"));
}

std::string jw_drawing(std::string_view words) {
    JwwSample drawing(700);
    drawing.count(3);
    drawing.words("\x8f\x5a\x96\xaf");
    drawing.words(words);
    drawing.line();
    drawing.count(0);
    drawing.end();
    return drawing.file();
}

// The count of pictures is the last number; a picture is a name and its bytes.
Bytes jw_drawing_with_picture() {
    std::string file = jw_drawing("words");
    file.replace(file.size() - 4, 4, std::string("\1\0\0\0\5a.bmp\4\0\0\0evil", 18));
    return to_bytes(file);
}

Bytes taro(const std::u16string& text, std::vector<tests::OleNode> more = {}) {
    more.push_back(tests::stream("DocumentText", ichitaro::store({ichitaro::text_piece(text)})));
    return tests::ole_file(more);
}

Bytes taro_document() {
    return taro(ichitaro::header + u"\u4f4f\u6c11\u7968\n");
}

Bytes taro_with_macro() {
    return taro(ichitaro::header + u"\u4f4f\u6c11\u7968\n",
                {tests::storage("DocumentMacro", {tests::stream("MacrosStream", to_bytes("evil macro"))})});
}

// A record that does not say twice how long it is.
Bytes taro_with_strange_record() {
    return taro(u"\u4f4f\u6c11\u7968\x1C\x10\x50\x41\x42\x43\x1F\n");
}

Case as_text_only(const std::string& name, std::function<Bytes()> make, std::vector<Finding> found,
                  std::vector<std::string> never = {}) {
    return {.name = name,
            .make = std::move(make),
            .found = std::move(found),
            .becomes = Type::text,
            .never = std::move(never),
            .kept = {"住民票"},
            .level = Level::text};
}

} // namespace

Row T12() {
    return {.made = {{.name = "paths.sfc",
                      .make = sfc_with_paths,
                      .found = {Finding::sxf_external, Finding::sxf_author},
                      .gone = {"evil", "Yamada", "Users"},
                      .kept = {"line_feature", "$$ATRU$$2$$a.jpg$$x"}},
                     {.name = "strangers.sfc",
                      .make = sfc_with_strangers,
                      .found = {Finding::sxf_unknown, Finding::cad_comment},
                      .gone = {"evil", "calc.exe", "payload"},
                      .kept = {"line_feature", "住民"}},
                     {.name = "paths.p21",
                      .make = p21_with_paths,
                      .found = {Finding::sxf_external},
                      .gone = {"evil", "file:"},
                      .kept = {"tile.dat", "a.saf"}},
                     {.name = "strangers.p21",
                      .make = p21_with_strangers,
                      .found = {Finding::sxf_unknown, Finding::cad_charset},
                      .gone = {"EVIL", "calc.exe"},
                      .kept = {"CARTESIAN_POINT", "住民"}},
                     {.name = "text-that-loads.jww",
                      .make = [] { return to_bytes(jw_drawing("^@BM\\\\evil\\share\\a.bmp,100,50")); },
                      .found = {Finding::jww_external},
                      .gone = {"^@BM", "evil"},
                      .kept = {"CDataSen", "住民"}},
                     {.name = "picture.jww",
                      .make = jw_drawing_with_picture,
                      .found = {Finding::jww_picture},
                      .gone = {"a.bmp", "evil"},
                      .kept = {"CDataSen", "words", "住民"}},
                     {.name = "more-behind.jww",
                      .make = [] { return to_bytes(jw_drawing("words") + "evil"); },
                      .found = {Finding::jww_trailing},
                      .gone = {"evil"},
                      .kept = {"CDataSen", "words", "住民"}},
                     {.name = "document.jtd", .make = taro_document, .refused = Reason::jtd_text_level},
                     as_text_only("text.jtd", taro_document, {Finding::jtd_text_only}),
                     as_text_only("macro.jtd", taro_with_macro, {Finding::jtd_macro}, {"evil"}),
                     as_text_only("strange-record.jtd", taro_with_strange_record, {Finding::jtd_unknown}, {"ABC"}),
                     {.name = "document.xdw",
                      .make = [] { return to_bytes(std::string("\x60\x0e\0\1\2\3", 6)); },
                      .refused = Reason::xdw_unsupported}}};
}

} // namespace sekisho::rows
