// Pages and what they carry. What is gone is looked for in the output as another parser (libxml2) sees it.
#include <functional>

#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/html/style.h"
#include "sanitizer/verify/html/html.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/svg/svg.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::unique_ptr<tests::Bench> last;

Result<> picture(Type type, const Source& content, const Limits& limits) {
    if (type == Type::svg) return verify::svg(content, limits);
    return type == Type::png ? verify::png(content, limits) : verify::jpeg(content, limits);
}

std::string page(View input) {
    last = std::make_unique<tests::Bench>(Level::rebuild, Limits{}, sanitize_file);
    const auto type = last->run(html::rebuild, Type::html, input);
    if (!type) return type.error().code;
    const auto verified = verify::html(MemorySource(last->out.bytes()), {}, picture);
    EXPECT_TRUE(verified) << verified.error().code << "\n" << as_text(last->out.bytes());
    return std::string(as_text(last->out.bytes()));
}

// What stands between <body> and </body>.
std::string body(std::string_view input) {
    const std::string out = page(as_view(input));
    const std::size_t from = out.find("<body"), begin = out.find(">\n", from);
    return begin == out.npos ? out : out.substr(begin + 2, out.rfind("</body>") - begin - 2);
}

std::string text(std::string_view input) {
    tests::Bench bench;
    EXPECT_TRUE(bench.run(html::text, Type::html, as_view(input)));
    return std::string(as_text(bench.out.bytes()));
}

// Every element and attribute as libxml2's HTML parser builds them.
void walk(xmlNodePtr node, const std::function<void(std::string, std::string, std::string)>& see) {
    for (; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            see(as_chars(node->name), "", "");
            for (xmlAttrPtr attribute = node->properties; attribute; attribute = attribute->next) {
                xmlChar* value = xmlGetProp(node, attribute->name);
                see(as_chars(node->name), as_chars(attribute->name), value ? as_chars(value) : "");
                xmlFree(value);
            }
        }
        walk(node->children, see);
    }
}

void expect_harmless(const std::string& out) {
    htmlDocPtr doc = htmlReadMemory(out.data(), static_cast<int>(out.size()), nullptr, "UTF-8",
                                    HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    ASSERT_TRUE(doc);
    walk(xmlDocGetRootElement(doc), [&](const std::string& element, const std::string& name, const std::string& value) {
        for (const char* bad :
             {"script", "iframe", "object", "embed", "form", "input", "base", "link", "svg", "applet"})
            EXPECT_NE(element, bad) << out;
        EXPECT_FALSE(name.starts_with("on")) << out;
        EXPECT_EQ(value.find("script:"), std::string::npos) << out;
        if (name == "src") {
            EXPECT_TRUE(value.starts_with("data:image/")) << out;
        }
        if (name == "style") {
            EXPECT_EQ(value.find("url("), std::string::npos) << out;
        }
    });
    xmlFreeDoc(doc);
}

const std::string png_pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

class Html : public testing::Test {
protected:
    static void SetUpTestSuite() { warm_up(); }
};

} // namespace

TEST_F(Html, OrdinaryMarkupStays) {
    EXPECT_EQ(body("<h1 class=a>申請</h1><p>1<br>2<p>3<ul><li>a<li>b</ul>"),
              "<h1 class=\"a\">申請</h1><p>1<br />2</p><p>3</p><ul><li>a</li><li>b</li></ul>");
    EXPECT_EQ(body("<table><tr><td>1<td>2<tr><td>3</table>"),
              "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>");
    EXPECT_EQ(body("<ruby>漢<rt>かん</ruby> a&nbsp;&amp;&lt;b&gt; &#x20BB7;"),
              "<ruby>漢<rt>かん</rt></ruby> a\u00A0&amp;&lt;b&gt; 𠮷");
    EXPECT_EQ(body("<b>1<i>2</b>3</i>"), "<b>1<i>2</i></b><i>3</i>");
    EXPECT_EQ(body("<a href=\"HTTPS://example.jp/?a=1&amp;b=2\">x</a><a href=#y>z</a>"),
              "<a href=\"HTTPS://example.jp/?a=1&amp;b=2\">x</a><a href=\"#y\">z</a>");
    EXPECT_TRUE(last->report.entries().empty());
    EXPECT_EQ(body("<pre>\n\n a</pre>"), "<pre>\n\n a</pre>");
}

// H01
TEST_F(Html, ScriptsInEveryDisguise) {
    for (const char* bad :
         {"<script>alert(1)</script>x", "<SCRIPT SRC=//evil/x.js></SCRIPT>x", "<p onclick=alert(1)>x",
          "<p/onclick=alert(1)>x", "<a href='javascript:alert(1)'>x</a>", "<a href='jav&#x09;ascript:alert(1)'>x</a>",
          "<a href='&#106;avascript:x'>x</a>", "<a href=' \x01javascript:x'>x</a>", "<a href='java\nscript:x'>x</a>",
          "<a href='vbscript:x'>x</a>", "<script><!--<script></script>--></script>x"}) {
        const std::string out = page(as_view(bad));
        expect_harmless(out);
        EXPECT_TRUE(last->found(Finding::html_script)) << bad;
        EXPECT_NE(out.find('x'), std::string::npos);
    }
}

// H02
TEST_F(Html, FramesFormsAndPrograms) {
    EXPECT_EQ(body("<form action=http://evil>a<input name=x><button>b</button></form><object data=x>c</object>"
                   "<iframe src=http://evil>d</iframe><embed src=x><applet>e</applet><select><option>f</select>"),
              "abcef");
    EXPECT_TRUE(last->found(Finding::html_active));
    EXPECT_EQ(body("<noscript>見えます</noscript><template><script>x</script></template>"), "見えます");
}

// H03
TEST_F(Html, NothingIsFetched) {
    const std::string out = page(
        as_view("<meta http-equiv=refresh content='0;url=http://evil'><base href=http://evil/><link rel=stylesheet "
                "href=http://evil/x.css><style>@import 'http://evil'; a{background:url(http://evil)} "
                "b{color:red}</style><body background=http://evil><img src=http://evil/1.gif alt=図>"
                "<img src=http://evil/2.gif><p style='background:url(//evil);color:blue'>x"));
    expect_harmless(out);
    EXPECT_EQ(out.find("evil"), std::string::npos) << out;
    EXPECT_NE(out.find("<style>\nb{color:red}\n</style>"), std::string::npos) << out;
    EXPECT_NE(out.find("<img alt=\"図\" /><p style=\"color:blue\">x</p>"), std::string::npos) << out;
    EXPECT_TRUE(last->found(Finding::html_remote));
    for (const char* link :
         {"file:///c:/x", "\\\\srv\\share", "//srv/x", "x.html", "ftp://x/y", "ms-word:ofe|u|http://x"}) {
        EXPECT_EQ(body("<a href='" + std::string(link) + "'>x</a>"), "<a>x</a>") << link;
        EXPECT_TRUE(last->found(Finding::html_address)) << link;
    }
}

// H04
TEST_F(Html, OnlyPicturesInDataAddresses) {
    const std::string out = body("<img src='data:image/png;base64," + png_pixel + "'>");
    EXPECT_TRUE(out.starts_with("<img src=\"data:image/png;base64,")) << out;
    EXPECT_EQ(body("<img src='data:text/html;base64,PHNjcmlwdD4='><a href='data:text/html,x'>y</a>"), "<a>y</a>");
    EXPECT_TRUE(last->found(Finding::html_data));
    EXPECT_EQ(body("<img src='data:image/png;base64,TVqQAAMAAAAEAAAA'>"), "");
}

// H05
TEST_F(Html, CommentsAndMutationTricks) {
    EXPECT_EQ(body("a<!--[if IE]><script>x</script><![endif]-->b<!doctype x><?php echo ?></ x>c"), "abc");
    EXPECT_TRUE(last->found(Finding::html_comment));
    for (const char* trick :
         {"<svg><style><img src=x onerror=alert(1)></style></svg>y",
          "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img "
          "src=1 onerror=alert(1)&gt;\">",
          "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
          "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
          "<title><a title=\"</title><img src onerror=alert(1)>\">", "<p title='`\"><script>x</script>'>",
          "<style><a title=\"</style><img src=x onerror=alert(1)>\"></style>",
          "<textarea><img title=\"</textarea><img src onerror=alert(1)>\">", "<a href=\"x\"\"onclick=alert(1)>",
          "<<script>alert(1)//<</script>", "<table><p><b><table><script>x</script></b>",
          "<p <script>alert(1)</script>"})
        expect_harmless(page(as_view(trick)));
}

// H06
TEST_F(Html, Charsets) {
    const std::string sjis =
        "<meta charset=Shift_JIS><p>\x8f\x5a\x96\xaf\x87\x40\xfa\xb1</p>"; // with NEC and IBM extensions
    EXPECT_EQ(body(sjis), "<p>住民①﨑</p>");
    EXPECT_NE(page(as_view(sjis)).find("<meta charset=\"UTF-8\" />"), std::string::npos);
    EXPECT_EQ(body("<meta http-equiv=Content-Type content='text/html; charset=EUC-JP'>\xbd\xbb\xcc\xb1"), "住民");
    EXPECT_EQ(body("<meta charset=iso-2022-jp>\x1b$B=;L1\x1b(B"), "住民");
    EXPECT_EQ(body("<meta charset=utf-8>\x8f\x5a\x96\xaf\x82\xcc"), "住民の");
    EXPECT_TRUE(last->found(Finding::html_charset));
    // UTF-7 is only read as such by what believes the declaration.
    EXPECT_EQ(body("<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-y"), "y");
    EXPECT_EQ(body("+ADw-script+AD4-"), "+ADw-script+AD4-");
}

// H07, H08, H10: a drawing stays as a picture of the drawing that the svg room wrote.
TEST_F(Html, DrawingsBecomePictures) {
    const auto drawing = [](std::string_view input) {
        const std::string out = body(input);
        const std::size_t at = out.find("data:image/svg+xml;base64,");
        if (at == out.npos) return "none: " + out;
        const auto bytes = from_base64(out.substr(at + 26, out.find('"', at) - at - 26));
        EXPECT_TRUE(bytes);
        auto first = std::move(last);
        EXPECT_EQ(body(out), out);
        EXPECT_TRUE(last->report.entries().empty());
        last = std::move(first);
        return bytes ? std::string(as_text(*bytes)) : "no base64";
    };
    const std::string made = drawing(
        "a<svg width=24 height=20px viewBox='0 0 9 9' onload=x><script>evil()</script><a href=javascript:evil()>"
        "<lineargradient id=g></lineargradient><rect width=5 onclick=evil() fill=url(http://evil/)>"
        "</a><image href=http://evil/x.png /><path d=M0,0L9,9 stroke=red /><p:q/></svg>b");
    EXPECT_TRUE(last->found(Finding::html_drawing));
    EXPECT_TRUE(last->found(Finding::svg_script));
    EXPECT_TRUE(last->found(Finding::svg_external));
    EXPECT_NE(made.find("viewBox=\"0 0 9 9\""), std::string::npos) << made;
    EXPECT_NE(made.find("<linearGradient"), std::string::npos) << made;
    EXPECT_NE(made.find("d=\"M0,0L9,9\""), std::string::npos) << made;
    EXPECT_EQ(made.find("evil"), std::string::npos) << made;
    const std::string out = body("a<svg width=24 height=20px><path d=M0,0L9,9 /></svg>b");
    EXPECT_TRUE(out.starts_with("a<img src=\"data:image/svg+xml;base64,")) << out;
    EXPECT_TRUE(out.ends_with("\" width=\"24\" height=\"20\" />b")) << out;
    EXPECT_NE(
        drawing("<svg><foreignObject width=90 height=20><p onclick=x>t<br>住民</p></foreignObject>").find(">住民<"),
        std::string::npos);
    EXPECT_NE(drawing("<svg><g><text>unclosed &amp; &lt;b").find("unclosed &amp; &lt;b"), std::string::npos);
    // What the page shows of a picture file is the same.
    EXPECT_NE(drawing("<img src='data:image/svg+xml;base64," +
                      to_base64(as_view("<svg xmlns='http://www.w3.org/2000/svg' onload='x'><path d='M0,0'/></svg>")) +
                      "'>")
                  .find("<path"),
              std::string::npos);
    EXPECT_EQ(body("a<svg><script>x</script></svg>b<svg/>c<math><mi>c</mi></math>d"), "abcd");
    EXPECT_TRUE(last->found(Finding::html_foreign));
}

// Each by itself: no other removal has brought the finding.
TEST_F(Html, EveryRemovalIsOnTheReceipt) {
    struct Row {
        const char* what;
        std::string input;
        Finding finding;
    };
    for (const Row& row :
         {Row{"an attribute on no list", "<p contenteditable=x>y", Finding::html_unknown},
          Row{"an element on no list", "<gadget>y</gadget>", Finding::html_unknown},
          Row{"words that run", "<marquee>y</marquee>", Finding::html_active},
          Row{"a form field", "<input name=x>y", Finding::html_active},
          Row{"a meta that nobody needs", "<meta name=author content=x>y", Finding::html_unknown},
          Row{"a meta that leads elsewhere", "<meta http-equiv=Refresh content=0>y", Finding::html_remote},
          Row{"a sheet from elsewhere", "<link rel=stylesheet href=http://evil>y", Finding::html_remote},
          Row{"a picture from elsewhere", "<img src=http://evil alt=y>", Finding::html_remote},
          Row{"a script as a picture", "<img src=javascript:x alt=y>", Finding::html_script},
          Row{"a background from elsewhere", "<table background=http://evil><tr><td>y</table>", Finding::html_remote},
          Row{"data that is no picture", "<img src='data:image/png;base64,TVqQ' alt=y>", Finding::html_data},
          Row{"a style that fetches", "<p style='background:url(http://evil)'>y", Finding::html_remote},
          Row{"a style on no list", "<p style='behavior:x'>y", Finding::html_style},
          Row{"a sheet that fetches", "<style>a{background:url(http://evil)}</style>y", Finding::html_remote}}) {
        EXPECT_NE(body(row.input).find('y'), std::string::npos) << row.what;
        EXPECT_TRUE(last->found(row.finding)) << row.what;
    }
}

TEST_F(Html, AttributesThatNobodyReadAreOnTheReceipt) {
    std::string handlers;
    for (int i = 0; i < 256; ++i) handlers += " on" + std::to_string(i) + "=x";
    EXPECT_EQ(body("<p" + handlers + ">y"), "<p>y</p>");
    EXPECT_FALSE(last->found(Finding::html_unknown));
    EXPECT_EQ(body("<p" + handlers + " class=x>y"), "<p>y</p>");
    EXPECT_TRUE(last->found(Finding::html_unknown));
}

TEST_F(Html, MoreThanTheMemoryIsRefused) {
    Limits limits;
    limits.bytes_in_memory = 64 * 1024;
    const auto refusal = [&](const std::string& input) {
        tests::Bench bench(Level::rebuild, limits, sanitize_file);
        const auto type = bench.run(html::rebuild, Type::html, as_view(input));
        return type ? "delivered" : type.error().code;
    };
    std::string lines;
    for (int i = 0; i < 700; ++i) lines += "<path d='M0,0' />";
    EXPECT_EQ(refusal("<p>x<svg><path d='M0,0' /></svg>"), "delivered");
    EXPECT_EQ(refusal(std::string(10'000, '&') + "<p>x"), "limit.memory"); // five times as many, escaped
    EXPECT_EQ(refusal("<svg>" + lines), "limit.memory");
}

TEST_F(Html, HtaIsAProgram) {
    EXPECT_EQ(page(as_view("<html><head><HTA:APPLICATION ID=x></head>")), "type.executable");
}

// T03
TEST_F(Html, OverridesByReference) {
    EXPECT_EQ(body("a&#x202e;b<p title='&#8238;c'>\u202ed<bdo dir=rtl>e</bdo>"), "ab<p title=\"c\">de</p>");
    EXPECT_TRUE(last->found(Finding::text_bidi));
    EXPECT_EQ(body("葛\U000E0100 &#xE000; &#xE0100;"), "葛\U000E0100 \uE000 \U000E0100");
}

TEST_F(Html, StyleByLists) {
    const auto declarations = [](std::string_view css) { return html::clean_declarations(css).text; };
    EXPECT_EQ(declarations("color: red; font-family: \"MS P明朝\", serif !important; margin:-1.5em 0 auto"),
              "color:red;font-family:\"MS P明朝\", serif !important;margin:-1.5em 0 auto");
    for (const char* bad :
         {"width:expression(alert(1))", "behavior:url(x)", "-moz-binding:url(x)", "background:u\\72l(x)",
          "background:URL( x )", "background:image-set('x' 1x)", "color:red\\;x", "x:y", "color:}", "color:a{b",
          "--x:url(y)", "unicode-bidi:bidi-override", "background:ur/**/l(x)"})
        EXPECT_EQ(declarations(bad).find("ur"), std::string::npos) << declarations(bad);
    EXPECT_EQ(declarations("width:expression(alert(1));color:red"), "color:red");
    const auto sheet = [](std::string_view css) { return html::clean_sheet(css).text; };
    EXPECT_EQ(sheet("<!-- p > a:hover, .x#y { color : #FFF } -->"), "p > a:hover, .x#y{color:#FFF}\n");
    EXPECT_EQ(
        sheet(
            "@media screen and (max-width: 10px) { a { color: red } } @import url(x); @font-face{src:url(x)} b{top:0}"),
        "@media screen and (max-width: 10px){a{color:red}\n}\nb{top:0}\n");
    EXPECT_EQ(sheet("input[value^=\"a\"]{color:red} a{b"), "");
}

TEST_F(Html, ATextOfIt) {
    EXPECT_EQ(text("<title>t</title><style>x</style><h1>題</h1><p>a  "
                   "b<br>c</p><table><tr><td>1<td>2</td></tr></table><script>x</script>"),
              "題\na b\nc\n1\t2\n");
}

TEST_F(Html, AgainIsTheSame) {
    const std::string first =
        page(as_view("<title>題</title><style>p{color:red}</style><body bgcolor=white><p>a<b>b<i>c</p>d<pre>\n x</pre>"
                     "<img src='data:image/png;base64," +
                     png_pixel + "' alt=x><table><tr><td>y"));
    EXPECT_EQ(page(as_view(first)), first);
    EXPECT_TRUE(last->report.entries().empty());
}

TEST_F(Html, BombsEndSoon) {
    std::string deep;
    for (int i = 0; i < 300'000; ++i) deep += "<div><b>";
    page(as_view(deep));
    page(as_view(std::string(2'000'000, '<')));
    std::string comments;
    for (int i = 0; i < 300'000; ++i) comments += "<!--x-->";
    EXPECT_EQ(body(comments + "y"), "y");
    std::string quotes;
    for (int i = 0; i < 200'000; ++i) quotes += "<p style='color:red'>";
    page(as_view(quotes));
    page(as_view("<style>" + std::string(1'000'000, '{') + "</style>"));
    page(as_view("<style>" + std::string(1'000'000, '(') + "</style>"));
}

TEST_F(Html, TheVerifierSeesItWithoutUs) {
    const std::string good = page(as_view("<p>x"));
    const auto with = [&](std::string_view what) {
        std::string changed = good;
        changed.replace(changed.find("<p>x</p>"), 8, what);
        const auto verified = verify::html(MemorySource(as_view(changed)), {}, picture);
        return verified ? std::string() : verified.error().code;
    };
    EXPECT_EQ(with("<p>x</p>"), "");
    EXPECT_EQ(with("<script>x</script>"), "verify.html.element");
    EXPECT_EQ(with("<p onclick=\"x\">x</p>"), "verify.html.attribute");
    EXPECT_EQ(with("<a href=\"javascript:x\">x</a>"), "verify.html.attribute");
    EXPECT_EQ(with("<a href=\"java&#10;script:x\">x</a>"), "verify.html.attribute");
    EXPECT_EQ(with("<a href=\"//evil\">x</a>"), "verify.html.attribute");
    EXPECT_EQ(with("<img src=\"http://evil\" />"), "verify.html.attribute");
    EXPECT_EQ(with("<img src=\"cid:x\" />"), "verify.html.attribute");
    EXPECT_EQ(with("<img src=\"data:image/png;base64,TVqQ\" />"), "verify.png.field");
    EXPECT_EQ(with("<p style=\"background:url(x)\">x</p>"), "verify.html.style");
    EXPECT_EQ(with("<p style=\"width:expression(x)\">x</p>"), "verify.html.style");
    EXPECT_EQ(with("<!-- x -->"), "verify.html.shape");
    EXPECT_EQ(with("<p>x"), "verify.html.shape");
    EXPECT_EQ(with("<p>&#x202e;</p>"), "verify.html.shape");
    EXPECT_EQ(with("<meta http-equiv=\"refresh\" content=\"0\" />"), "verify.html.element");
    EXPECT_EQ(with("<style>\n@import url(x);</style>"), "verify.html.style");
}

TEST_F(Html, Corpus) {
    for (const char* extension : {".html", ".htm", ".xhtml"})
        for (const std::string& path : tests::corpus_files(extension)) {
            const std::string out = page(tests::read_whole(path));
            printf("%-16s %s\n", out.size() < 24 ? out.c_str() : "html", path.substr(path.rfind('/') + 1).c_str());
            if (out.size() < 24) continue;
            expect_harmless(out);
            EXPECT_EQ(page(as_view(out)), out) << path;
            EXPECT_TRUE(last->report.entries().empty() || last->found(Finding::text_zero_width)) << path;
        }
}

} // namespace sekisho
