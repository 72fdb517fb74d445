// SVG.
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

namespace {

template <Words content, Words before = ""> Bytes drawing() {
    return to_bytes(std::string(before.text) +
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><text>words"
                    "</text>" +
                    content.text + "</svg>");
}

} // namespace

Row H07() {
    return {.made = {{.name = "script.svg",
                      .make = drawing<"<script>alert(1)</script><g onclick=\"alert(2)\"/>">,
                      .found = {Finding::svg_script},
                      .gone = {"<script", "onclick", "alert("},
                      .kept = {"words"}},
                     {.name = "script-address.svg",
                      .make = drawing<"<a href=\"java&#10;script:alert(1)\"><rect/></a>">,
                      .found = {Finding::svg_script},
                      .gone = {"javascript:", "alert("},
                      .kept = {"words", "<rect"}},
                     {.name = "address-set-later.svg",
                      .make = drawing<"<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/><rect/></a>">,
                      .found = {Finding::svg_script},
                      .gone = {"<set", "javascript:"},
                      .kept = {"words"}},
                     {.name = "animation.svg",
                      .make = drawing<"<rect><animate attributeName=\"x\" to=\"9\"/></rect>">,
                      .found = {Finding::svg_animation},
                      .gone = {"<animate"},
                      .kept = {"words", "<rect"}},
                     {.name = "unknown.svg",
                      .make = drawing<"<flowRoot>x</flowRoot><rect frobnicate=\"1\"/>">,
                      .found = {Finding::svg_unknown},
                      .gone = {"frobnicate", "flowRoot"},
                      .kept = {"words", "<rect"}},
                     {.name = "drawing-in-page.html",
                      .make = written<"<p>words<svg><script>x</script><a xlink:href='javascript:alert(1)'>y</a></svg>">,
                      .found = {Finding::html_foreign},
                      .gone = {"<svg", "<script", "javascript:"},
                      .kept = {"words"}}},
            .also_refused = {Reason::input_damaged, Reason::svg_empty, Reason::svg_dtd},
            .never = {"<script", "javascript:", "onload", "onclick"}};
}

Row H08() {
    return {
        .made = {{.name = "outside.svg",
                  .make =
                      drawing<"<use xlink:href=\"https://evil.example/a.svg#b\"/><image "
                              "href=\"file:///etc/passwd\"/><style>@import url(https://evil.example/a.css);</style>",
                              "<?xml-stylesheet href=\"https://evil.example/s.css\"?>">,
                  .found = {Finding::svg_external},
                  .gone = {"evil.example", "passwd", "xml-stylesheet"},
                  .kept = {"words"}},
                 {.name = "drawing-in-drawing.svg",
                  .make = drawing<"<image href=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9J2FsZXJ0KDEpJy8+\"/>">,
                  .found = {Finding::svg_picture},
                  .gone = {"data:", "onload"},
                  .kept = {"words"}}},
        .also_refused = {Reason::input_damaged, Reason::svg_empty, Reason::svg_dtd},
        .never = {"xml-stylesheet", "@import"}};
}

Row H09() {
    return {.made = {{.name = "entity.svg",
                      .make = drawing<"<text>&a;</text>", "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>">,
                      .refused = Reason::svg_dtd},
                     {.name = "names.svg",
                      .make = written<"<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg "
                                      "xmlns=\"&ns_svg;\"><text>words</text></svg>">,
                      .found = {Finding::svg_entity},
                      .gone = {"<!ENTITY", "<!DOCTYPE"},
                      .kept = {"words"}},
                     {.name = "packed.svgz",
                      .make = [] { return made_by("gzip -n <in >out", drawing<"<script>alert(1)</script>">()); },
                      .found = {Finding::svg_script},
                      .gone = {"alert("},
                      .kept = {"words"}}},
            .also_found = {Finding::xml_active},
            .also_refused = {Reason::xml_dtd},
            .never = {"<!ENTITY", "<script"}};
}

Row H10() {
    return {
        .made = {{.name = "page-in-drawing.svg",
                  .make = drawing<"<foreignObject x=\"1\" y=\"2\" width=\"100\" height=\"48\"><div "
                                  "xmlns=\"http://www.w3.org/1999/xhtml\"><p>世帯主</p><script>alert(1)</script></div>"
                                  "</foreignObject>">,
                  .found = {Finding::svg_foreign},
                  .gone = {"foreignObject", "<script", "alert("},
                  .kept = {"words", "世帯主"}}},
        .never = {"<foreignObject"}};
}

} // namespace sekisho::rows
