// What a reader of RTF shows, and what Outlook wrapped in it.
#include <gtest/gtest.h>

#include "sanitizer/formats/rtf_text/rtf_text.h"
#include "sanitizer/formats/text/text.h"

namespace sekisho {

namespace {

using rtf_text::Body;

class RtfText : public testing::Test {
protected:
    static void SetUpTestSuite() { text::warm_up(); }
    static Result<Body> read(std::string_view rtf) {
        Budget budget(Limits{});
        return rtf_text::read(as_view(rtf), budget);
    }
    static std::string shown(std::string_view rtf) {
        const auto body = read(rtf);
        EXPECT_TRUE(body) << rtf;
        return body ? body->text : "";
    }
};

} // namespace

TEST_F(RtfText, WordsAndLines) {
    EXPECT_EQ(shown("{\\rtf1\\ansi one \\b two\\b0\\par\nthree\\line four\\tab five}"), "one two\nthree\nfour\tfive");
    EXPECT_EQ(shown("{\\rtf1 a\\{b\\}c\\\\d\\~e\\_f\\-g}"), "a{b}c\\d\u00A0e\u2011fg");
    EXPECT_EQ(shown("{\\rtf1 \\lquote a\\rquote\\ldblquote b\\rdblquote\\endash\\emdash\\bullet}"),
              "\u2018a\u2019\u201Cb\u201D\u2013\u2014\u2022");
    EXPECT_EQ(shown("{\\rtf1 a\\cell b\\cell\\row c}"), "a\tb\t\nc");
    EXPECT_EQ(shown("{\\rtf1 seen{\\v hidden} seen}behind"), "seen seen");
}

TEST_F(RtfText, JapaneseInEverySpelling) {
    const std::string head =
        "{\\rtf1\\ansi\\ansicpg932\\deff0{\\fonttbl{\\f0\\fcharset128 MS Mincho;}{\\f1\\fcharset0 Arial;}"
        "{\\f2\\fcharset204 Arial;}}";
    EXPECT_EQ(shown(head + "\\'8f\\'5a\\'96\\'af\\'95\\'5b}"), "住民票");
    EXPECT_EQ(shown(head + "\x8f\x5a\x96\xaf}"), "住民");
    EXPECT_EQ(shown(head + "\\f1\\'e9\\f0\\'95\\\\}"), "é表");                 // half of the last one is a backslash
    EXPECT_EQ(shown(head + "{\\f2\\'c4\\'e0}\\'87\\'40\\'ed\\'40}"), "Да①纊"); // NEC, and selected by NEC
    EXPECT_EQ(shown(head + "\\uc2\\u20303\\'8f\\'5a\\uc0\\u-10179\\u-8704 .}"), "住\U0001F600.");
    EXPECT_EQ(shown(head + "\\uc1\\u20303?\\u27665 ?}"), "住民");
    EXPECT_EQ(shown("{\\rtf1\\uc1\\u-8192?\\u57344?}"), "\uE000\uE000"); // gaiji
}

// R01, R05, R07: nothing of objects, instructions and raw bytes is text.
TEST_F(RtfText, OnlyWhatIsShown) {
    EXPECT_EQ(shown("{\\rtf1{\\object\\objemb{\\*\\objdata 0105}{\\result picture}}}"), "picture");
    EXPECT_EQ(shown("{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"file://x\"}{\\fldrslt link}}}"), "link");
    EXPECT_EQ(shown("{\\rtf1{\\field{\\fldinst DDEAUTO cmd}{\\fldrslt link}}}"), "link");
    EXPECT_EQ(shown("{\\rtf1 a{\\pict\\bin5 }}}}}b}c}"), "ac");
    EXPECT_EQ(
        shown("{\\rtf1{\\info{\\author me}}{\\*\\generator x;}{\\*\\unknown{deep}}{\\stylesheet{\\s1 Normal;}}text}"),
        "text");
    EXPECT_EQ(shown("{\\rtf1 a\\'00\\'07\\u8238?b}"), "ab"); // controls and direction overrides
}

// R09: [MS-OXRTFEX] 2.1.3.1.
TEST_F(RtfText, ThePageInside) {
    const auto body = read(
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0\\green0\\blue255;}"
        "{\\*\\htmltag64 <html>}{\\*\\htmltag34 <head>}\\htmlrtf \\pard rtf only\\htmlrtf0 "
        "{\\*\\htmltag148 <meta name=\"x\">}{\\*\\mhtmltag84 <base>}{\\*\\htmltag0 \\par\\tab}text\\line "
        "{\\*\\htmltag84 &#8364;}\\htmlrtf \\u8364 ?\\htmlrtf0 \\~\\bullet\\'e9{\\*\\htmltag27 </html>}}");
    ASSERT_TRUE(body);
    EXPECT_EQ(body->origin, Body::Origin::page);
    EXPECT_EQ(body->text, "<html><head><meta name=\"x\">\n\ttext\n&#8364;&nbsp;&bull;é</html>");
    EXPECT_EQ(read("{\\rtf1\\fromtext x}")->origin, Body::Origin::text);
    EXPECT_EQ(read("{\\rtf1 x \\fromhtml1}")->origin, Body::Origin::rich) << "no header";
}

TEST_F(RtfText, DamageEndsWell) {
    EXPECT_EQ(read("rtf").error().code, "input.damaged");
    EXPECT_EQ(read("{\\rtf1" + std::string(600, '{')).error().code, "limit.depth");
    for (const char* rtf :
         {"{\\rtf1", "{\\rtf1\\", "{\\rtf1\\'", "{\\rtf1\\'a", "{\\rtf1\\u", "{\\rtf1\\bin99999999999 x", "{\\rtf1}}}}",
          "{\\rtf1\\bin-5 x}", "{\\rtf1\\uc-3\\u-1 x}", "{\\rtf1\\f-2147483648\\deff99 x}"})
        EXPECT_TRUE(read(rtf)) << rtf;
}

} // namespace sekisho
