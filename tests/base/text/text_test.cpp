#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/json_check.h"
#include "base/text/json_writer.h"
#include "base/text/utf8.h"

namespace sekisho {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
    JsonWriter json;
    json.begin_object().member("a", 1).key("b").begin_array().number(-2).text("x").boolean(true).null();
    json.begin_object().end_object().end_array().member("c", false).end_object();
    EXPECT_EQ(json.take(), R"({"a":1,"b":[-2,"x",true,null,{}],"c":false})");
}

TEST(JsonWriter, EscapesWhatWouldEndTheTextOrTheLine) {
    JsonWriter json;
    json.text("\"\\\n\r\t\x01\x7f 申請書");
    EXPECT_EQ(json.take(), R"("\"\\\n\u000d\u0009\u0001\u007f 申請書")");
}

TEST(JsonWriter, ReplacesWhatIsNotUtf8) {
    JsonWriter json;
    json.text("a\xff"
              "b\xed\xa0\x80"
              "c\xc0\xaf");
    const std::string text = json.take();
    EXPECT_TRUE(is_utf8(text));
    EXPECT_TRUE(text.starts_with("\"a\\ufffdb"));
}

TEST(JsonWriter, WritesTheLargestNumbers) {
    JsonWriter json;
    json.begin_array().number(UINT64_MAX).number(INT64_MIN).end_array();
    EXPECT_EQ(json.take(), "[18446744073709551615,-9223372036854775808]");
}

TEST(JsonCheck, TakesOneObjectAndNothingElse) {
    for (const char* good : {"{}", " {\"a\" : [1, -0.5e+3, \"\\u00e9\\n\", null, true, {}]} ", R"({"":{"":[]}})"})
        EXPECT_TRUE(is_json_object(good)) << good;
    for (const char* bad :
         {"", "[]", "{} {}", "{\"a\":01}", "{\"a\":1,}", "{a:1}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}",
          "{\"a\":\"\xff\"}", "{\"a\":+1}", "{\"a\":1.}", "{\"a\":", "{\"a\":tru}", "{\"a\":\"\\u12g4\"}"})
        EXPECT_FALSE(is_json_object(bad)) << bad;
}

TEST(JsonCheck, IsNotMadeToRecurseWithoutEnd) {
    EXPECT_FALSE(is_json_object("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"));
}

TEST(JsonCheck, AgreesWithTheWriter) {
    JsonWriter json;
    json.begin_object().member("text", std::string_view("\0\x1f\"\\ \xe2\x80\xa8", 9)).key("n").null().end_object();
    EXPECT_TRUE(is_json_object(json.take()));
}

TEST(Utf8, KnowsWhatRfc3629Allows) {
    EXPECT_EQ(utf8_length("a"), 1U);
    EXPECT_EQ(utf8_length("\xe3\x81\x82"), 3U);
    EXPECT_EQ(utf8_length("\xf0\x9f\x98\x80"), 4U);
    for (const char* bad :
         {"", "\x80", "\xc1\x81", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe3\x81"})
        EXPECT_EQ(utf8_length(bad), 0U);
    EXPECT_EQ(utf8_character("\xe3\x81\x82"), U'あ');
    EXPECT_EQ(utf8_prefix("aあい", 5), "aあ");
}

} // namespace
} // namespace sekisho
