// CAD drawings.
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"
#include "tests/sanitizer/samples/dxf.h"

namespace sekisho::rows {

namespace {

using namespace tests::dxf_sample;

Bytes with_objects(const std::string& objects) {
    return to_bytes(header("AC1015") + entities(line) + section("OBJECTS", objects) + groups("0 EOF"));
}

template <Words entity> Bytes beside_a_line() {
    return to_bytes(drawing(line + "\n" + entity.text));
}

Bytes references() {
    return to_bytes(
        header("AC1015") +
        section("BLOCKS", "0 BLOCK\n8 0\n2 X\n70 4\n10 0.0\n20 0.0\n30 0.0\n3 X\n1 \\\\evil\\share\\x.dwg\n0 ENDBLK") +
        entities(line + "\n0 INSERT\n8 0\n2 X\n10 0.0\n20 0.0\n0 IMAGE\n5 31\n340 32\n0 PDFUNDERLAY\n5 33\n340 34") +
        section("OBJECTS", "0 IMAGEDEF\n5 32\n1 http://evil/x.png\n0 PDFDEFINITION\n5 34\n1 \\\\evil\\x.pdf") +
        groups("0 EOF"));
}

Bytes paths() {
    return to_bytes(
        header("AC1015") +
        section("TABLES", "0 TABLE\n2 STYLE\n70 1\n0 STYLE\n2 S\n70 0\n3 \\\\evil\\share\\txt.shx\n0 ENDTAB") +
        entities(line) +
        section("OBJECTS", "0 LAYOUT\n5 50\n100 AcDbPlotSettings\n1 p\n2 \\\\evil\\printer\n100 AcDbLayout\n1 L") +
        groups("0 EOF"));
}

Bytes beside_the_drawing() {
    return to_bytes(groups("999 (load \"evil.lsp\")") + header("AC1015", "9 $MENU\n1 \\\\evil\\acad.mnu") +
                    entities(line + "\n1001 EVIL_APP\n1000 payload\n102 {EVIL\n1 payload\n102 }") +
                    section("THUMBNAILIMAGE", "90 4\n310 28000000") + groups("0 EOF"));
}

// Text in CP932 where the version says UTF-8, and characters that turn the order around.
Bytes text_of_another_charset() {
    return to_bytes(header("AC1027") + entities("0 TEXT\n1 \x8f\x5a\x96\xaf") + groups("0 EOF"));
}

Bytes text_that_turns() {
    return to_bytes(header("AC1032") + entities("0 TEXT\n1 \u4f4f\u202e\u6c11") + groups("0 EOF"));
}

Bytes binary_form() {
    std::string bytes("AutoCAD Binary DXF\r\n\x1a\0", 22);
    const auto word = [&](int code, std::string_view value) {
        bytes += {static_cast<char>(code & 255), static_cast<char>(code >> 8)};
        bytes += value;
        bytes += '\0';
    };
    for (const auto& [code, value] : std::initializer_list<std::pair<int, const char*>>{{0, "SECTION"},
                                                                                        {2, "HEADER"},
                                                                                        {9, "$ACADVER"},
                                                                                        {1, "AC1015"},
                                                                                        {0, "ENDSEC"},
                                                                                        {0, "SECTION"},
                                                                                        {2, "ENTITIES"},
                                                                                        {0, "TEXT"},
                                                                                        {5, "2A"},
                                                                                        {1, "words"},
                                                                                        {0, "FIELD"},
                                                                                        {1, "$(eval)"},
                                                                                        {0, "ENDSEC"},
                                                                                        {0, "EOF"}})
        word(code, value);
    return to_bytes(bytes);
}

// Ten blocks of ten of the next, twelve deep.
Bytes blocks_of_blocks() {
    std::string blocks;
    for (int level = 0; level < 12; ++level) {
        blocks += "0 BLOCK\n2 B" + std::to_string(level) + "\n70 0\n";
        for (int i = 0; i < 10; ++i)
            blocks += level == 11 ? "0 POINT\n10 0.0\n" : "0 INSERT\n2 B" + std::to_string(level + 1) + "\n";
        blocks += level == 11 ? "0 ENDBLK" : "0 ENDBLK\n";
    }
    return to_bytes(section("BLOCKS", blocks) + entities(line) + groups("0 EOF"));
}

Bytes hidden_layer() {
    return to_bytes(header("AC1032") +
                    section("TABLES", "0 TABLE\n2 LAYER\n70 1\n0 LAYER\n2 OFF\n70 0\n62 -3\n6 CONTINUOUS\n0 ENDTAB") +
                    entities(line +
                             "\n0 TEXT\n8 0\n10 1.0\n20 1.0\n40 3.0\n1 住民票\n0 TEXT\n8 OFF\n10 9.0\n20 9.0\n40 3.0\n"
                             "1 secret") +
                    groups("0 EOF"));
}

Case object(const std::string& name, std::function<Bytes()> make, Finding finding, std::vector<std::string> gone) {
    return {.name = name + ".dxf",
            .make = std::move(make),
            .found = {finding},
            .gone = std::move(gone),
            .kept = {"AcDbLine", "100.5"}};
}

} // namespace

Row T10() {
    return {
        .made = {object("references", references, Finding::dxf_external, {"evil", "IMAGE", "PDF", "x.dwg"}),
                 object("paths", paths, Finding::dxf_path, {"evil", "\\\\"}),
                 object("link", beside_a_line<"1001 PE_URL\n1000 file:///c:/windows/calc.exe\n1002 {\n1000 x\n1002 }">,
                        Finding::dxf_hyperlink, {"PE_URL", "calc.exe"}),
                 object("ole", beside_a_line<"0 OLE2FRAME\n70 2\n90 4\n310 4D5A9000">, Finding::dxf_ole,
                        {"OLE2FRAME", "4D5A"}),
                 object("macro", [] { return with_objects("0 VBA_PROJECT\n5 90\n90 4\n310 D0CF11E0"); },
                        Finding::dxf_macro, {"VBA_PROJECT", "D0CF11E0"}),
                 object("proxy", beside_a_line<"0 ACAD_PROXY_ENTITY\n5 99\n90 498\n310 ABCDEF">, Finding::dxf_proxy,
                        {"PROXY", "ABCDEF"}),
                 object("solid", beside_a_line<"0 3DSOLID\n5 99\n70 1\n1 nok jlj">, Finding::dxf_solid,
                        {"3DSOLID", "nok jlj"}),
                 object("lamp", beside_a_line<"0 LIGHT\n5 99\n1 lamp">, Finding::dxf_appearance, {"LIGHT", "lamp"}),
                 object("field", beside_a_line<"0 FIELD\n5 99\n2 AcDiesel\n1 $(eval)">, Finding::dxf_field,
                        {"AcDiesel", "$(eval)"}),
                 object("record", [] { return with_objects("0 XRECORD\n5 91\n1 (startapp)"); }, Finding::dxf_extended,
                        {"XRECORD", "startapp"}),
                 object("stranger", beside_a_line<"0 X_CUSTOM\n5 99\n1 payload">, Finding::dxf_unknown,
                        {"X_CUSTOM", "payload"}),
                 object("nowhere", beside_a_line<"0 LEADER\n5 2B\n340 2A\n340 DEAD">, Finding::dxf_reference, {"DEAD"}),
                 {.name = "beside.dxf",
                  .make = beside_the_drawing,
                  .found = {Finding::cad_comment, Finding::dxf_unknown, Finding::dxf_extended, Finding::dxf_thumbnail},
                  .gone = {"evil", "payload", "28000000", "$MENU"},
                  .kept = {"AcDbLine"}},
                 {.name = "other-charset.dxf",
                  .make = text_of_another_charset,
                  .found = {Finding::cad_charset},
                  .kept = {"住民"}},
                 {.name = "text-that-turns.dxf",
                  .make = text_that_turns,
                  .found = {Finding::cad_text},
                  .gone = {"\u202e"},
                  .kept = {"住民"}},
                 {.name = "binary.dxf",
                  .make = binary_form,
                  .found = {Finding::dxf_binary, Finding::dxf_field},
                  .gone = {"AutoCAD Binary", "$(eval)"},
                  .kept = {"words"}},
                 {.name = "hidden-layer.dxf",
                  .make = hidden_layer,
                  .found = {Finding::cad_hidden},
                  .gone = {"secret"},
                  .kept = {"住民票"},
                  .level = Level::flatten},
                 {.name = "not-drawn.dxf",
                  .make = beside_a_line<"0 MESH\n8 0\n71 2\n72 0\n0 TEXT\n8 0\n10 1.0\n20 1.0\n40 3.0\n1 words">,
                  .found = {Finding::cad_undrawn},
                  .becomes = Type::pdf,
                  .kept = {"words"},
                  .level = Level::flatten},
                 {.name = "blocks-of-blocks.dxf", .make = blocks_of_blocks, .refused = Reason::cad_nesting},
                 {.name = "only-a-picture.dxf",
                  .make = [] { return to_bytes(drawing("0 IMAGE\n5 1")); },
                  .refused = Reason::cad_empty},
                 {.name = "drawing.dwg",
                  .make = [] { return to_bytes("AC1032" + std::string(200, '\0')); },
                  .refused = Reason::dwg_unsupported},
                 {.name = "model.step",
                  .make = written<"ISO-10303-21;\r\nHEADER;\r\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\r\nENDSEC;\r\n">,
                  .refused = Reason::type_unsupported}},
        .never = {"VBA_PROJECT", "OLE2FRAME", "ACAD_PROXY", "PDFUNDERLAY"}};
}

} // namespace sekisho::rows
