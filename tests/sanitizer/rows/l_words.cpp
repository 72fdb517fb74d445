// Word and PowerPoint of 97 to 2003. The documents are LibreOffice's, the vectors ours.
#include <zlib.h>

#include "tests/sanitizer/rows/l_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes with_word_macro() {
    return word_file({storage("Macros", {storage("VBA", {stream("dir", to_bytes("evil macro"))})})});
}

OleNode object(const std::string& name, const std::string& content) {
    return storage("ObjectPool", {storage("_1234567890", {stream(name, to_bytes(content))})});
}

Bytes with_package() {
    return word_file({object("\1Ole10Native", "evil.exe MZ evil program")});
}

Bytes with_equation() {
    return word_file({object("Equation Native", "evil equation WinExec")});
}

Bytes with_dde() {
    return word_field_file(" DDEAUTO c:\\\\windows\\\\evil.exe \"/c calc\" ", '\x2d');
}

Bytes with_included_file() {
    return word_field_file(" INCLUDETEXT \"\\\\\\\\evil.example\\\\secret\" ", '\x44');
}

// [MS-PPT] 2.4.10: VBAInfoAtom; 2.10.40: the project as an ExOleObjStgCompressedAtom
Bytes with_slide_macros() {
    const Bytes project =
        tests::ole_file({storage("VBA", {stream("dir", to_bytes("evil macro evil macro evil macro"))})});
    Bytes packed(compressBound(project.size()));
    uLongf size = packed.size();
    if (compress(packed.data(), &size, project.data(), project.size()) != Z_OK) bug("the sample could not be packed");
    packed.resize(size);
    ByteWriter writer;
    writer.raw(Bytes{2, 0, 0x00, 0x04, 12, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0});
    writer.u16le(0x0010);
    writer.u16le(0x1011);
    writer.u32le(static_cast<std::uint32_t>(packed.size() + 4));
    writer.u32le(static_cast<std::uint32_t>(project.size()));
    writer.raw(packed);
    return powerpoint_file(writer.bytes());
}

Bytes with_loop() {
    Bytes document = tests::ole_file({stream("WordDocument", Bytes(9000, 1))});
    document[0x30] = 0xF0; // the first sector of the directory
    document[0x31] = 0xFF;
    return document;
}

Bytes with_slack() {
    Bytes document = word_file({});
    const Bytes behind = to_bytes("evil slack");
    document.insert(document.end(), behind.begin(), behind.end());
    document.resize((document.size() + 511) / 512 * 512);
    return document;
}

Bytes with_signature() {
    return word_file({storage("_xmlsignatures", {stream("1", to_bytes("<Signature>a person</Signature>"))})});
}

template <Words name> Bytes of_another_kind() {
    return tests::ole_file({stream(name.text, to_bytes("a drawing"))});
}

} // namespace

Row L01() {
    return {.made = {{.name = "macro.doc",
                      .make = with_word_macro,
                      .found = {Finding::ole_word_macro},
                      .gone = {"evil macro"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "macroEnabled"}};
}

Row L04() {
    return {.made = {{.name = "macro.ppt",
                      .make = with_slide_macros,
                      .found = {Finding::ole_powerpoint_macro},
                      .gone = {"evil macro"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "macroEnabled"}};
}

Row L05() {
    return {.made = {{.name = "package.doc",
                      .make = with_package,
                      .found = {Finding::ole_embedding},
                      .gone = {"evil.exe", "evil program"},
                      .kept = {"words"}}},
            .never = {"Ole10Native", "oleObject"}};
}

Row L06() {
    return {.made = {{.name = "equation.doc",
                      .make = with_equation,
                      .found = {Finding::ole_equation},
                      .gone = {"Equation Native", "WinExec"},
                      .kept = {"words"}}},
            .never = {"Equation.3", "oleObject"}};
}

Row L07() {
    return {.made = {{.name = "dde.doc",
                      .make = with_dde,
                      .found = {Finding::ole_dde_field},
                      .gone = {"DDEAUTO", "evil.exe"},
                      .kept = {"words"}},
                     {.name = "include.doc",
                      .make = with_included_file,
                      .found = {Finding::ole_dde_field},
                      .gone = {"INCLUDETEXT", "evil.example"}}},
            .never = {"DDEAUTO", "ddeLink", "INCLUDETEXT"}};
}

Row L12() {
    return {.made = {{.name = "loop.doc", .make = with_loop, .refused = Reason::ole_damaged},
                     {.name = "slack.doc",
                      .make = with_slack,
                      .becomes = Type::docx,
                      .gone = {"evil slack"},
                      .kept = {"words"}}}};
}

Row L14() {
    return {.made = {{.name = "signed.doc",
                      .make = with_signature,
                      .found = {Finding::ole_signature},
                      .gone = {"_xmlsignatures", "a person"},
                      .kept = {"words"}}}};
}

Row L15() {
    return {
        .made = {{.name = "drawing.vsd", .make = of_another_kind<"VisioDocument">, .refused = Reason::type_unsupported},
                 {.name = "leaflet.pub", .make = of_another_kind<"Quill">, .refused = Reason::type_unsupported},
                 {.name = "plan.mpp", .make = of_another_kind<"Props">, .refused = Reason::type_unsupported},
                 {.name = "text.wps", .make = of_another_kind<"CONTENTS">, .refused = Reason::type_unsupported}}};
}

} // namespace sekisho::rows
