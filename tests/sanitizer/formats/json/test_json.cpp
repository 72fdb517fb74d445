// JSON as systems exchange it: the same document afterwards, or a refusal that says why.
#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "sanitizer/formats/json/json.h"
#include "sanitizer/verify/json/json.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::string rebuilt(std::string_view input) {
    tests::Bench bench;
    const auto type = bench.run(json::rebuild, Type::json, as_view(input));
    if (!type) return type.error().code;
    const auto verified = verify::json(MemorySource(bench.out.bytes()), {});
    EXPECT_TRUE(verified) << verified.error().code << " " << input;
    return std::string(as_text(bench.out.bytes()));
}

std::string verdict(std::string_view output) {
    const auto verified = verify::json(MemorySource(as_view(output)), {});
    return verified ? "" : verified.error().code;
}

} // namespace

TEST(Json, WhatIsFineStaysAsItIs) {
    for (const char* same : {"{}", "[]", "null", "\"申請\"", "-0.10e+05", " [1, 2.50, 1E3]\n",
                             "{\n  \"b\": 1,\n  \"a\": [true, false, null],\r\n\t\"c\": {\"a\": \"x\\ny\"}\n}\n",
                             "12345678901234567890123456789.000"})
        EXPECT_EQ(rebuilt(same), same);
}

TEST(Json, EscapesBecomeTheCharactersTheyMean) {
    EXPECT_EQ(rebuilt("\"\\u7533\\u8acb \\ud842\\udfb7 \\/ \\\" \\\\ \\t\""), "\"申請 𠮷 / \\\" \\\\ \\t\"");
    EXPECT_EQ(rebuilt("\xEF\xBB\xBF[1]"), "[1]");
    EXPECT_EQ(rebuilt("[\"\x8f\x5a\x96\xaf\"]"), "[\"住民\"]"); // CP932
}

TEST(Json, WhatProgramsReadDifferentlyIsRefused) {
    EXPECT_EQ(rebuilt("{\"a\":1,\"a\":2}"), "json.duplicate");
    EXPECT_EQ(rebuilt("{\"a\":1,\"\\u0061\":2}"), "json.duplicate");
    EXPECT_EQ(rebuilt("{\"x\":{\"a\":1},\"y\":{\"a\":2}}"), "{\"x\":{\"a\":1},\"y\":{\"a\":2}}");
    for (const char* bad : {"",
                            "{",
                            "[1,]",
                            "{\"a\":1,}",
                            "{a:1}",
                            "'a'",
                            "[01]",
                            "[1.]",
                            "[.5]",
                            "[+1]",
                            "[NaN]",
                            "[1] 2",
                            "// x\n[1]",
                            "[\"a\nb\"]",
                            "[\"\\x41\"]",
                            "[\"\\ud800\"]",
                            "[\"\\udc00\\ud800\"]",
                            "[tru]",
                            "{\"a\" 1}",
                            "[1 2]",
                            "[\"a"})
        EXPECT_EQ(rebuilt(bad), "json.syntax") << bad;
    EXPECT_EQ(rebuilt(std::string(200, '[') + std::string(200, ']')), "limit.depth");
    EXPECT_EQ(rebuilt(std::string(5'000'000, '[')), "limit.depth");
}

// T03, escaped or not.
TEST(Json, NoControlAndNoOverrideGetsThrough) {
    EXPECT_EQ(rebuilt("[\"a\\u202eb\\u0000c\\u0008\"]"), "[\"abc\"]");
    EXPECT_EQ(rebuilt("[\"a\u202eb\"]"), "[\"ab\"]");
    EXPECT_EQ(rebuilt("{\"a\\u202e\":1,\"a\":2}"), "json.duplicate");
}

TEST(Json, TheVerifierSeesItWithoutUs) {
    EXPECT_EQ(verdict("{\"a\":[1,\"x\"]}\n"), "");
    EXPECT_EQ(verdict("{\"a\":1,\"a\":2}"), "verify.json");
    EXPECT_EQ(verdict("{\"a\":{\"b\":1,\"c\":{},\"b\":2}}"), "verify.json");
    EXPECT_EQ(verdict("[1,]"), "verify.json");
    EXPECT_EQ(verdict("[1] [2]"), "verify.json");
    EXPECT_EQ(verdict(""), "verify.json");
    EXPECT_EQ(verdict("[\"\\u202e\"]"), "verify.text.bidi");
    EXPECT_EQ(verdict("[\"\\u0007\"]"), "verify.text.control");
    EXPECT_EQ(verdict("[\"\\b\"]"), "verify.text.control");
    EXPECT_EQ(verdict(std::string(300, '[') + std::string(300, ']')), "verify.json");
}

TEST(Json, CorpusKeepsItsValue) {
    for (const std::string& path : tests::corpus_files("json")) {
        const Bytes input = tests::read_whole(path);
        tests::Bench bench;
        const auto type = bench.run(json::rebuild, Type::json, input);
        printf("%-16s %s\n", type ? "json" : type.error().code.c_str(), path.substr(path.rfind('/') + 1).c_str());
        if (!type) continue;
        EXPECT_TRUE(verify::json(MemorySource(bench.out.bytes()), {})) << path;
        boost::json::error_code code;
        EXPECT_EQ(boost::json::parse(as_text(bench.out.bytes())), boost::json::parse(as_text(input), code)) << path;
    }
}

} // namespace sekisho
