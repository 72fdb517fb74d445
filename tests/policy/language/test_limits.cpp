// Does a hostile or enormous policy end in an answer, soon and bounded?
#include <chrono>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

#include "policy/engine/engine.h"
#include "policy/language/unicode.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::policy {

namespace {

std::vector<std::string> codes_of(std::string_view source) {
    std::vector<std::string> codes;
    const auto policy = Policy::load(source, tests::vocabulary());
    if (policy) return codes;
    for (const Diagnostic& diagnostic : policy.error()) codes.emplace_back(row_of(diagnostic.problem).code);
    return codes;
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

using Codes = std::vector<std::string>;

TEST(Limits, AMebibyteIsReadAndOneByteMoreIsNot) {
    const std::string mebibyte(source_bytes_max, '\n');
    EXPECT_TRUE(Policy::load(mebibyte, tests::vocabulary()));
    EXPECT_EQ(codes_of(mebibyte + '\n'), Codes{"P0101"});
}

TEST(Limits, LongLinesTextsAndNamesAreRefused) {
    EXPECT_EQ(codes_of('#' + std::string(5000, 'x')), Codes{"P0111"});
    EXPECT_EQ(codes_of("policy \"" + std::string(1001, 'x') + '"'), Codes{"P0112"});
    EXPECT_EQ(codes_of("types " + std::string(101, 'x') + " = pdf"), Codes{"P0118"});
}

TEST(Limits, TooManyWordsAreRefused) {
    const Codes codes = codes_of("types b = pdf\n" + repeated("  7z 7z 7z 7z 7z 7z 7z 7z\n", 40'000));
    EXPECT_EQ(codes, Codes{"P0117"});
}

TEST(Limits, TooManyNamesAreRefused) {
    std::string zones = "zone z";
    for (int i = 0; i < 16; ++i) zones += ", z" + std::to_string(i);
    EXPECT_EQ(codes_of(zones), Codes{"P0322"});

    std::string groups;
    std::string types;
    for (int i = 0; i < 2049; ++i) {
        groups += "group g" + std::to_string(i) + " = user \"x\"\n";
        types += "types t" + std::to_string(i) + " = pdf\n";
    }
    EXPECT_EQ(codes_of(groups + types), (Codes{"P0322", "P0322"}));

    std::string rules = "zone a, b\n";
    for (int i = 0; i < 20'001; ++i) rules += "allow \"R-" + std::to_string(i) + "\" from a to b reason \"-\"\n";
    EXPECT_EQ(codes_of(rules), Codes{"P0322"});

    std::string persons = "zone a, b\n";
    for (int i = 0; i < 513; ++i)
        persons += "allow \"R-" + std::to_string(i) + "\" from a to b when user is \"u" + std::to_string(i) +
                   "\" reason \"-\"\n";
    EXPECT_EQ(codes_of(persons), Codes{});
}

TEST(Limits, ProblemsAreShownUpToAHundred) {
    const Codes codes = codes_of(repeated("nonsense\n", 5000));
    ASSERT_EQ(codes.size(), 101U);
    EXPECT_EQ(codes.back(), "P0199");
}

TEST(Limits, DeepNestingIsRefusedNotFollowed) {
    const std::string head = "zone a, b\nforbid \"F-1\" reason \"-\" from a to b when ";
    EXPECT_EQ(codes_of(head + repeated("(", 16) + "size > 1MB" + repeated(")", 16)), Codes{});
    EXPECT_EQ(codes_of(head + repeated("(", 17) + "size > 1MB" + repeated(")", 17)), Codes{"P0210"});
    EXPECT_EQ(codes_of(head + repeated("(", 2000) + "size > 1MB"), Codes{"P0210"});
}

// Each of these has a place where an editor can be sent.
TEST(Limits, HostileTextIsAnsweredWithAPlace) {
    const std::string head = "zone a, b\nforbid \"F-1\" reason \"-\" from a to b when\n";
    const std::vector<std::tuple<std::string, std::string, std::uint32_t>> hostile{
        {head + repeated(" (\n", 100'000) + " size > 1MB", "P0210", 19},
        {head + repeated(" not\n", 100'000) + " size > 1MB", "P0210", 19},
        {"zone a, b\n" + std::string(1 << 20, 'x').substr(20), "P0111", 2},
        {std::string("zone a, b\ntypes x = \0pdf", 24), "P0103", 2},
        {"zone a, b\n# \xE3\x81\n", "P0102", 2},
        {"zone a, b\n\n\xED\xA0\x80", "P0102", 3}};
    for (const auto& [source, code, line] : hostile) {
        const auto policy = Policy::load(source, tests::vocabulary());
        ASSERT_FALSE(policy);
        const Diagnostic& first = policy.error().front();
        EXPECT_EQ(row_of(first.problem).code, code);
        EXPECT_EQ(Source("x", source).position(first.at.begin).line, line) << code;
    }
}

TEST(Limits, TheWorstPoliciesTakeSeconds) {
    std::vector<std::string> worst;
    worst.push_back(repeated("(", source_bytes_max));
    worst.push_back(repeated("(\n", source_bytes_max / 2));
    worst.push_back(repeated("x\n", source_bytes_max / 2));
    worst.push_back(repeated("ａ", source_bytes_max / 3));
    worst.push_back("group g = user \"a\"\n" + repeated("  , \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n", 27'000));
    std::string members = "group g = user \"a\"\n";
    for (int i = 0; i < 45'000; ++i) members += ",\"" + std::to_string(i) + "\"\n";
    worst.push_back(members);
    std::string chain = "types t0 = pdf\n";
    for (int i = 1; i < 2048; ++i) chain += "types t" + std::to_string(i) + " = t" + std::to_string(i - 1) + "\n";
    worst.push_back(chain);
    std::string calendars = "calendar c0 = japan\n";
    for (int i = 1; i < 100; ++i)
        calendars += "calendar c" + std::to_string(i) + " = c" + std::to_string(i - 1) + ", japan except c" +
                     std::to_string(i / 2) + "\n";
    worst.push_back(calendars);
    std::string exceptions = "zone a, b\nforbid \"F-1\" from a to b reason \"-\"\n";
    for (int i = 0; i < 6000; ++i)
        exceptions += "exception \"E-" + std::to_string(i) +
                      "\" of \"G-1\" from a to b requested by \"x\" approved by \"y\" "
                      "until 2026-12-31 reason \"-\"\n";
    worst.push_back(exceptions);
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& source : worst) {
        const auto policy = Policy::load(source, tests::vocabulary());
        if (policy) continue;
        const std::string shown = render(policy.error(), Source("x", source), Language::japanese);
        EXPECT_LT(shown.size(), 200'000U);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

// What is shown to an officer must not be able to turn the terminal against him.
TEST(Limits, RandomDamageIsAnsweredWithPrintableText) {
    const std::string good =
        "zone a, b\ntypes 文書 = pdf\nallow \"R-1 税務課\" from a to b when type in 文書 and size <= 5MB\n";
    const std::vector<std::string> pieces{"\x1b[31m", "\xff", "\u202e", "\"",     "、", "(",
                                          "..",       "\t",   "\r",     "\u200b", "が"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string source = good;
        for (int hits = 0; hits < 3; ++hits) source.insert(random() % source.size(), pieces[random() % pieces.size()]);
        const auto policy = Policy::load(source, tests::vocabulary());
        if (policy) continue;
        for (const Language language : {Language::english, Language::japanese}) {
            const std::string shown = render(policy.error(), Source("x", source), language);
            std::string lines = shown;
            std::erase(lines, '\n');
            EXPECT_EQ(visible(lines), lines);
        }
        for (const Diagnostic& diagnostic : policy.error()) EXPECT_LE(diagnostic.at.end, source.size());
    }
}

} // namespace

} // namespace sekisho::policy
