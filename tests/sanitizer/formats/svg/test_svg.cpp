// SVG: shapes, texts and styles stay; nothing that acts, loads or hides does.
#include <gtest/gtest.h>

#include <algorithm>

#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/svg/svg.h"
#include "sanitizer/verify/svg/svg.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

// Pictures inside are PNG in these tests.
Result<Type> nested(const Source& in, Sink& out, std::string_view, Context& context) {
    Job job{in, out, Type::png, context};
    return image::png(job);
}

struct Done {
    Reason reason = Reason::none;
    std::string text;
    std::vector<Finding> findings;
    bool found(Finding finding) const { return std::ranges::find(findings, finding) != findings.end(); }
};

Done run(std::string_view input) {
    Bench bench(Level::rebuild, {}, nested);
    const auto type = bench.run(svg::rebuild, Type::svg, as_view(input));
    Done done;
    if (!type) {
        done.reason = reason_of(type.error());
        return done;
    }
    const auto proof = verify::svg(MemorySource(bench.out.bytes()), bench.context.limits());
    EXPECT_TRUE(proof) << to_line(proof.error()) << as_text(bench.out.bytes());
    done.text = as_text(bench.out.bytes());
    for (const Entry& entry : bench.report.entries()) done.findings.push_back(entry.finding);
    return done;
}

std::string drawing(const std::string& content, const std::string& attributes = "") {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" " + attributes +
           ">" + content + "<rect width=\"1\" height=\"1\"/></svg>";
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

bool accepted(const std::string& content, const std::string& attributes = "") {
    const std::string file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                             "xmlns:xlink=\"http://www.w3.org/1999/xlink\"" +
                             attributes + ">" + content + "</svg>";
    return verify::svg(MemorySource(as_view(file)), Limits()).has_value();
}

std::string png_address() {
    constexpr std::string_view png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    return "data:image/png;base64," + std::string(png);
}

} // namespace

TEST(Svg, ShapesStylesAndTextsStay) {
    const Done done =
        run(drawing("<style>.a &gt; b{fill:#f00;stroke:url(#g)}</style><defs><linearGradient id=\"g\"/></defs>"
                    "<g class=\"a\" transform=\"translate(3,4)\"><path d=\"M0 0L9 9Z\" style=\"fill:none\"/>"
                    "<text x=\"1\" y=\"2\">住民票<tspan dy=\"3\">&amp; 葛\xF3\xA0\x84\x80</tspan></text></g>",
                    "viewBox=\"0 0 9 9\""));
    EXPECT_TRUE(done.findings.empty());
    for (const std::string_view part :
         {"viewBox=\"0 0 9 9\"", "translate(3,4)", "d=\"M0 0L9 9Z\"", "style=\"fill:none\"",
          ".a &gt; b{fill:#f00;stroke:url(#g)}", "住民票<tspan", "&amp; 葛\xF3\xA0\x84\x80"})
        EXPECT_TRUE(has(done.text, part)) << part;
}

// H07
TEST(Svg, ScriptsEventsAndScriptAddressesGo) {
    for (const std::string content :
         {"<script>alert(1)</script>", "<g onclick=\"alert(1)\"/>", "<g OnLoad=\"alert(1)\"/>",
          "<a xlink:href=\"javascript:alert(1)\"><rect/></a>", "<a href=\"java&#10;script:alert(1)\"><rect/></a>",
          "<a href=\"&#1;javascript:alert(1)\"><rect/></a>", "<a href=\"data:text/html,alert(1)\"><rect/></a>",
          "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
          "<rect style=\"fill:expression(alert(1))\"/>", "<rect style=\"behavior:url(alert.htc)\"/>",
          "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>", "<desc><script>alert(1)</script></desc>",
          "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" "
          "src=\"javascript:alert(1)\"/></foreignObject>"}) {
        const Done done = run(drawing(content));
        if (done.reason != Reason::none) {
            EXPECT_EQ(done.reason, Reason::input_damaged) << content; // a control character is no XML
            continue;
        }
        EXPECT_TRUE(done.found(Finding::svg_script)) << content;
        EXPECT_FALSE(has(done.text, "alert")) << done.text;
    }
}

// H08
TEST(Svg, NothingIsLoadedFromOutside) {
    for (const std::string content :
         {"<use xlink:href=\"https://evil.example/a.svg#b\"/>", "<image href=\"https://evil.example/a.png\"/>",
          "<image href=\"file:///etc/passwd\"/>", "<rect fill=\"url(https://evil.example/a#b)\"/>",
          "<style>@import url(https://evil.example/a.css);</style>",
          "<style>@font-face{font-family:x;src:url(https://evil.example/a.woff)}</style>",
          "<rect style=\"fill:url('//evil.example/a#b')\"/>",
          "<rect style=\"background:u\\72l(https://evil.example)\"/>",
          "<style>a{background:image-set('https://evil.example' 1x)}</style>",
          "<filter><feImage href=\"https://evil.example/a.png\"/></filter>",
          "<linearGradient id=\"g\" href=\"https://evil.example/a.svg#b\"/>",
          "<textPath href=\"https://evil.example/a.svg#b\">x</textPath>"}) {
        const Done done = run("<?xml-stylesheet href=\"https://evil.example/s.css\"?>" + drawing(content));
        EXPECT_TRUE(done.found(Finding::svg_external)) << content;
        EXPECT_FALSE(has(done.text, "evil")) << done.text;
    }
}

TEST(Svg, SafeLinksStay) {
    const Done done = run(
        drawing("<a href=\"https://example.jp/?a=1&amp;b=2\" target=\"_blank\"><rect/></a><a href=\"#p\"><rect/></a>"));
    EXPECT_TRUE(has(done.text, "xlink:href=\"https://example.jp/?a=1&amp;b=2\""));
    EXPECT_TRUE(has(done.text, "xlink:href=\"#p\""));
    EXPECT_FALSE(has(done.text, "target"));
}

// H09
TEST(Svg, EntitiesAreRefusedAndDocumentTypesGo) {
    const std::string bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    EXPECT_EQ(run(bomb + drawing("<text>&b;</text>")).reason, Reason::svg_dtd);
    const std::string file = "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    EXPECT_EQ(run(file + drawing("<text>&a;</text>")).reason, Reason::svg_dtd);
    EXPECT_EQ(run("<!DOCTYPE svg [<!ENTITY % p SYSTEM \"http://evil.example/x.dtd\">%p;]>" + drawing("")).reason,
              Reason::svg_dtd);
    EXPECT_EQ(run("<!DOCTYPE svg [<!ATTLIST rect onclick CDATA \"alert(1)\">]>" + drawing("")).reason, Reason::svg_dtd);
    const Done plain = run("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
                           "\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" +
                           drawing(""));
    EXPECT_TRUE(plain.findings.empty());
    EXPECT_FALSE(has(plain.text, "DOCTYPE"));
    const Done names = run("<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]>"
                           "<svg xmlns=\"&ns_svg;\"><rect width=\"1\"/></svg>");
    EXPECT_TRUE(names.found(Finding::svg_entity));
    EXPECT_FALSE(has(names.text, "ENTITY"));
}

// H10
TEST(Svg, WordsOfPageMarkupStay) {
    const std::string page =
        "<foreignObject x=\"10\" y=\"20\" width=\"100\" height=\"48\"><div xmlns=\"http://www.w3.org/1999/xhtml\" "
        "style=\"text-align: center; font-size: 16px; color: rgb(1,2,3)\"><p>世帯主</p><p>続柄</p>"
        "<script>alert(1)</script></div></foreignObject>";
    const Done done = run(drawing(page));
    EXPECT_TRUE(done.found(Finding::svg_foreign));
    EXPECT_TRUE(has(done.text, "text-anchor=\"middle\""));
    EXPECT_TRUE(has(done.text, "fill=\"rgb(1,2,3)\""));
    EXPECT_TRUE(has(done.text, ">世帯主</tspan>"));
    EXPECT_TRUE(has(done.text, ">続柄</tspan>"));
    EXPECT_FALSE(has(done.text, "foreignObject"));
    EXPECT_FALSE(has(done.text, "alert"));
    // A program's own stand-in says where, the page says what.
    const Done both =
        run(drawing("<switch>" + page + "<text x=\"60\" y=\"45\" font-size=\"16px\">世帯主...</text></switch>"));
    EXPECT_TRUE(has(both.text, ">続柄</tspan>"));
    EXPECT_FALSE(has(both.text, "..."));
    const Done alone = run(drawing("<switch>" + page + "</switch>"));
    EXPECT_TRUE(has(alone.text, ">続柄</tspan>"));
    const Done picture = run(drawing("<switch>" + page + "<image href=\"" + png_address() + "\"/></switch>"));
    EXPECT_FALSE(has(picture.text, "続柄"));
}

// Mermaid gives its labels their grey by a class of the page markup.
TEST(Svg, LabelsKeepTheirBackground) {
    const auto label = [](const std::string& inner) {
        return run(
            drawing("<style>#d .bk{background-color:hsl(-120, 0%, 80%)} .a p{background:red} .w{background:url(x)}"
                    ".t{background:transparent}</style><g class=\"bk\"><foreignObject width=\"80\" height=\"20\">" +
                    inner + "</foreignObject></g>"));
    };
    const auto div = [](const std::string& attributes) {
        return "<div xmlns=\"http://www.w3.org/1999/xhtml\" " + attributes + "><p>続柄</p></div>";
    };
    const std::string box = "<rect x=\"0.00\" y=\"0.00\" width=\"80.00\" height=\"20.00\" style=\"fill:";
    const Done grey = label(div("class=\"x bk\""));
    EXPECT_TRUE(has(grey.text, box + "hsl(-120, 0%, 80%);stroke:none;opacity:1\"/>")) << grey.text;
    EXPECT_LT(grey.text.find(box), grey.text.find("続柄"));
    EXPECT_TRUE(has(label(div("style=\"background-color: #ffffff\"")).text, box + "#ffffff;"));
    for (const char* none : {"class=\"a\"", "class=\"w\"", "class=\"t\"", "style=\"background:url(http://x/)\"", ""})
        EXPECT_FALSE(has(label(div(none)).text, "stroke:none;opacity:1")) << none;
}

TEST(Svg, PicturesInsideAreEncodedAgain) {
    const Done done = run(drawing("<image width=\"5\" xlink:href=\"" + png_address() + "\"/>"));
    EXPECT_TRUE(has(done.text, "xlink:href=\"data:image/png;base64,"));
    EXPECT_TRUE(has(done.text, "width=\"5\""));
    const std::string evil = to_base64(as_view("<svg onload='alert(1)'/>"));
    const Done other = run(drawing("<image href=\"data:image/svg+xml;base64," + evil + "\"/>"));
    EXPECT_TRUE(other.found(Finding::svg_picture));
    EXPECT_FALSE(has(other.text, "data:"));
}

TEST(Svg, PicturesThatAreNotWholeGo) {
    const std::string png = png_address();
    const std::size_t comma = png.find(',');
    const auto picture = [](const std::string& address) {
        const Done done = run(drawing("<image xlink:href=\"" + address + "\"/>"));
        EXPECT_EQ(done.found(Finding::svg_picture), !has(done.text, "data:image/png")) << address;
        return has(done.text, "data:image/png");
    };
    EXPECT_TRUE(picture(png));
    EXPECT_TRUE(picture(png.substr(0, comma + 5) + "%0A" + png.substr(comma + 5)));
    EXPECT_FALSE(picture("data:image/png" + png.substr(comma))) << "not said to be base64";
    EXPECT_FALSE(picture(png.substr(0, comma + 5) + "%00" + png.substr(comma + 5))) << "a zero, where readers may end";
    EXPECT_FALSE(picture(png.substr(0, comma + 5) + "*" + png.substr(comma + 5))) << "not base64";
}

TEST(Svg, WhatIsNoDrawingIsRefused) {
    EXPECT_EQ(run("<g xmlns=\"http://www.w3.org/2000/svg\"><rect/></g>").reason, Reason::input_damaged);
    EXPECT_EQ(run("<page><rect/></page>").reason, Reason::input_damaged);
    EXPECT_EQ(run(drawing("<g>")).reason, Reason::input_damaged);
}

TEST(Svg, WhatIsNotDrawnGoes) {
    const Done done =
        run(drawing("<metadata><rdf xmlns=\"x:y\">Hanako</rdf></metadata><g data-owner=\"Hanako\"/>"
                    "<sodipodi:x xmlns:sodipodi=\"http://sodipodi.sourceforge.net/\" name=\"Hanako\"/><!-- Hanako -->",
                    "content=\"Hanako\""));
    EXPECT_TRUE(done.found(Finding::svg_metadata));
    EXPECT_FALSE(has(done.text, "Hanako"));
    const Done moving =
        run(drawing("<rect><animate attributeName=\"x\" to=\"9\"/></rect><style>@keyframes k{}</style>"));
    EXPECT_TRUE(moving.found(Finding::svg_animation));
    EXPECT_FALSE(has(moving.text, "animate"));
    const Done unknown = run(drawing("<flowRoot>x</flowRoot><rect frobnicate=\"1\"/>"));
    EXPECT_TRUE(unknown.found(Finding::svg_unknown));
    EXPECT_FALSE(has(unknown.text, "f"
                                   "robnicate"));
    EXPECT_EQ(run("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>").reason, Reason::svg_empty);
}

TEST(Svg, DrawingsThatGrowWithoutEndAreRefused) {
    std::string laughs = "<g id=\"a0\"><rect/></g>";
    for (int i = 1; i < 12; ++i) {
        laughs += "<g id=\"a" + std::to_string(i) + "\">";
        for (int j = 0; j < 10; ++j) laughs += "<use href=\"#a" + std::to_string(i - 1) + "\"/>";
        laughs += "</g>";
    }
    EXPECT_EQ(run(drawing(laughs)).reason, Reason::limit_members);
    EXPECT_FALSE(accepted(laughs));
    EXPECT_EQ(run(drawing("<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>")).reason,
              Reason::input_damaged);
    std::string deep;
    for (int i = 0; i < 2000; ++i) deep += "<g>";
    EXPECT_EQ(run(drawing(deep)).reason, Reason::limit_depth);
    const auto chain = [](int length) { // each piece draws the next one
        std::string pieces;
        for (int i = 0; i < length; ++i)
            pieces += "<g id=\"a" + std::to_string(i) + "\"><use href=\"#a" + std::to_string(i + 1) + "\"/></g>";
        return pieces;
    };
    EXPECT_EQ(run(drawing(chain(60))).reason, Reason::none);
    EXPECT_EQ(run(drawing(chain(70))).reason, Reason::limit_members);
    EXPECT_EQ(run(drawing("<style>" + std::string((8U << 20) + 1, ' ') + "</style>")).reason, Reason::limit_memory);
}

TEST(Svg, ASecondTimeNothingIsFound) {
    std::vector<Bytes> inputs{
        to_bytes(drawing("<style>b{fill:red}</style><script/><foreignObject width=\"9\"><p>a b</p></foreignObject>"))};
    for (const std::string& path : tests::corpus_files(".svg")) inputs.push_back(tests::read_whole(path));
    for (const Bytes& input : inputs) {
        const Done first = run(as_text(input));
        if (first.reason != Reason::none) continue;
        const Done second = run(first.text);
        EXPECT_TRUE(second.findings.empty()) << first.text.substr(0, 300);
        EXPECT_EQ(run(second.text).text, second.text);
    }
}

TEST(Svg, TheLevelTextGivesTheWords) {
    Bench bench(Level::text);
    const std::string input = drawing("<text>一行目</text><text>二<tspan>行目</tspan></text><script>alert(1)</script>");
    ASSERT_TRUE(bench.run(svg::text, Type::svg, as_view(input)));
    EXPECT_EQ(as_text(bench.out.bytes()), "一行目\n二行目\n");
}

TEST(Svg, TheVerifierHasListsOfItsOwn) {
    EXPECT_TRUE(accepted("<rect width=\"1\"/>"));
    EXPECT_FALSE(accepted("<script>1</script>"));
    EXPECT_FALSE(accepted("<foreignObject/>"));
    EXPECT_FALSE(accepted("<rect onclick=\"1\"/>"));
    EXPECT_FALSE(accepted("<rect frobnicate=\"1\"/>"));
    EXPECT_FALSE(accepted("<use xlink:href=\"https://evil.example/#a\"/>"));
    EXPECT_FALSE(accepted("<a xlink:href=\"javascript:1\"/>"));
    EXPECT_FALSE(accepted("<image xlink:href=\"data:image/png;base64,AAAA\"/>"));
    EXPECT_FALSE(accepted("<rect fill=\"url(https://evil.example)\"/>"));
    EXPECT_FALSE(accepted("<rect style=\"fill:u\\72l(x)\"/>"));
    EXPECT_FALSE(accepted("<style>@import 'x';</style>"));
    EXPECT_FALSE(accepted("<!-- comment -->"));
    EXPECT_FALSE(accepted("<?php 1 ?>"));
    EXPECT_FALSE(accepted("<g xmlns:x=\"y\"/>"));
    EXPECT_FALSE(accepted("<animate/>"));
}

// Found by fuzzing: libxml2 took the zero for the end.
TEST(Svg, TheVerifierLooksBehindAZero) {
    const std::string good =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">\n</svg>\n";
    EXPECT_TRUE(verify::svg(MemorySource(as_view(good)), Limits()));
    EXPECT_FALSE(verify::svg(MemorySource(as_view(good + std::string("\0<animate/>", 11))), Limits()));
}

} // namespace sekisho
