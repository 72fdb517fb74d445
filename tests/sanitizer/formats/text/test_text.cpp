// Text files as people send them: charsets, line ends, and what has to be gone afterwards.
#include <gtest/gtest.h>

#include "sanitizer/formats/text/text.h"
#include "sanitizer/verify/text/text.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::unique_ptr<tests::Bench> last_bench;

std::string cleaned(std::string_view input) {
    last_bench = std::make_unique<tests::Bench>();
    const auto type = last_bench->run(text::plain, Type::text, as_view(input));
    EXPECT_TRUE(type) << to_line(type.error());
    if (!type) return "refused";
    EXPECT_EQ(*type, Type::text);
    const MemorySource out(last_bench->out.bytes());
    EXPECT_TRUE(verify::text(out, {}));
    return std::string(as_text(last_bench->out.bytes()));
}

Reason refusal(std::string_view input) {
    tests::Bench bench;
    const auto type = bench.run(text::plain, Type::text, as_view(input));
    return type ? Reason::none : reason_of(type.error());
}

std::string from_hex_text(std::string_view hex) {
    const auto bytes = from_hex(hex);
    return std::string(as_text(*bytes));
}

} // namespace

TEST(Text, Utf8StaysAndItsMarkGoes) {
    EXPECT_EQ(cleaned("申請書\r\n𠮷野家\n"), "申請書\r\n𠮷野家\n");
    EXPECT_EQ(cleaned("\xEF\xBB\xBF申請書"), "申請書");
    EXPECT_TRUE(last_bench->report.entries().empty());
}

TEST(Text, Cp932WithNecAndIbmExtensionsAndGaiji) {
    // 高 in its "ladder" form (FBFC), circled 1 (8740), NEC-selected (ED40), private use (F040), wave (8160),
    // half-width ｱ
    EXPECT_EQ(cleaned(from_hex_text("82a082a2fbfc8740ed40f0408160b15c7e")), "あい髙①纊\xEE\x80\x80～ｱ\\~");
    EXPECT_TRUE(last_bench->found(Finding::text_charset));
}

TEST(Text, EucJp) {
    EXPECT_EQ(cleaned(from_hex_text("a4c6a4b9a4c8a1c1c6fccbdc8eb18fb0a10a")), "てすと～日本ｱ丂\n");
}

TEST(Text, EucJpOfIdeographsOnlyIsNotTakenForHalfWidthKatakana) {
    // 東京都千代田区霞が関 without kana, several times, as EUC-JP
    const std::string euc = from_hex_text("c5ecb5fec5d4c0e9c2e5c5c4b6e8b2f2b4d8bbd4cce1bdf1");
    EXPECT_EQ(cleaned(euc + "\n" + euc).substr(0, 9), "東京都");
}

TEST(Text, HalfWidthKatakanaOfBanksIsCp932) {
    EXPECT_EQ(cleaned(from_hex_text("d4cfc0de20c0dbb3")), "ﾔﾏﾀﾞ ﾀﾛｳ");
}

TEST(Text, Iso2022Jp) {
    EXPECT_EQ(cleaned("a\x1B$B%F%9%H\x1B(B b\n"), "aテスト b\n");
}

TEST(Text, Utf16WithMark) {
    EXPECT_EQ(cleaned(std::string_view("\xFF\xFE\x42\x30\x0A\x00\x42\xD8\xB7\xDF", 10)), "あ\n𠮷");
    EXPECT_EQ(cleaned(std::string_view("\xFE\xFF\x30\x42", 4)), "あ");
    EXPECT_EQ(refusal(std::string_view("\xFE\xFF\x30\x42\x30", 5)), Reason::text_charset);
    EXPECT_EQ(refusal(std::string_view("\xFE\xFF\xDC\x00", 4)), Reason::text_charset);
}

TEST(Text, CharactersWithoutMeaningAreRefused) {
    EXPECT_EQ(refusal("\xFF\xFF\xFF"), Reason::text_charset);
    EXPECT_EQ(refusal(from_hex_text("81ad")), Reason::text_charset);       // unassigned in CP932
    EXPECT_EQ(refusal(from_hex_text("efbbbf82a0")), Reason::text_charset); // the mark says UTF-8, the text is not
    EXPECT_EQ(refusal(from_hex_text("e38182e381")), Reason::text_charset); // cut in the middle
    EXPECT_EQ(refusal(std::string_view("abc\0def", 7)), Reason::text_binary);
    EXPECT_EQ(refusal(std::string_view("\xFF\xFE\x00\x00", 4)), Reason::text_binary);
}

// What stands behind this rule, the second reading, would say the same.
TEST(Text, AFileOfNoCharsetHasNone) {
    for (const char* bytes : {"\xFF\xFF\xFF", "\xEF\xBB\xBF\x82\xA0"}) {
        Budget budget{Limits()};
        const auto detected = text::detect_charset(MemorySource(as_view(bytes)), budget);
        ASSERT_FALSE(detected);
        EXPECT_EQ(reason_of(detected.error()), Reason::text_charset);
    }
}

// It is read twice; another program may write to it between.
TEST(Text, AFileThatChangesWhileItIsReadIsRefused) {
    class Changing final : public Source {
    public:
        std::uint64_t size() const override { return 3; }
        Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
            if (offset >= 3) return std::size_t{0};
            const std::string_view now = m_reads++ < 2 ? "abc" : "\xFF\xFF\xFF"; // a look for a mark, a look at it all
            std::ranges::copy(now, into.begin());
            return now.size();
        }
        Result<View> whole(std::uint64_t) const override { return refuse(Reason::internal); }

    private:
        mutable int m_reads = 0;
    };
    tests::Bench bench;
    const Changing file;
    Job job{file, bench.out, Type::text, bench.context};
    const auto type = text::plain(job);
    ASSERT_FALSE(type);
    EXPECT_EQ(reason_of(type.error()), Reason::text_charset);
}

TEST(Text, ControlsAreRemoved) {
    EXPECT_EQ(cleaned("a\x1B[31mb\x07\tc\f\x7F\x08\xC2\x9B\r\n"), "a[31mb\tc\f\r\n");
    EXPECT_TRUE(last_bench->found(Finding::text_control));
}

// Found by fuzzing: the mark behind a control became the first character, and went the next time only.
TEST(Text, AMarkThatComesToStandFirstGoesToo) {
    EXPECT_EQ(cleaned("\x1A\xEF\xBB\xBF"
                      "a\xEF\xBB\xBF"
                      "b"),
              "a\xEF\xBB\xBF"
              "b");
    EXPECT_TRUE(last_bench->found(Finding::text_control));
}

TEST(Text, BidiOverridesAreRemoved) {
    EXPECT_EQ(cleaned("a\xE2\x80\xAE"
                      "b\xE2\x81\xA6"
                      "c\xE2\x81\xA9"),
              "abc");
    EXPECT_TRUE(last_bench->found(Finding::text_bidi));
}

TEST(Text, ZeroWidthIsKeptAndReported) {
    EXPECT_EQ(cleaned("a\xE2\x80\x8B"), "a\xE2\x80\x8B");
    EXPECT_TRUE(last_bench->found(Finding::text_zero_width));
}

TEST(Text, NamesWithVariationSelectorsJoinersAndGaijiStay) {
    const std::string name = "葛\xF3\xA0\x84\x80飾区 辻\xF3\xA0\x84\x81 👨\xE2\x80\x8D👩 ☃\xEF\xB8\x8F \xEE\x80\x80";
    EXPECT_EQ(cleaned(name), name);
    EXPECT_TRUE(last_bench->report.entries().empty());
}

TEST(Text, CharactersAcrossChunks) {
    for (const std::size_t shift : {0U, 1U, 2U, 3U}) {
        std::string long_text(shift, 'x');
        while (long_text.size() < 700'000) long_text += "漢字";
        EXPECT_EQ(cleaned(long_text), long_text);
    }
}

TEST(Text, OneLongLineTakesTheBudget) {
    Limits limits;
    limits.bytes_unpacked = 1000;
    tests::Bench bench(Level::rebuild, limits);
    const auto type = bench.run(text::plain, Type::text, as_view(std::string(5000, 'x')));
    ASSERT_FALSE(type);
    EXPECT_EQ(reason_of(type.error()), Reason::limit_bytes);
}

TEST(Text, CorpusBidiAttacksAreGone) {
    for (const std::string& path : tests::corpus_files("")) {
        if (path.find("/trojan-source/") == std::string::npos) continue;
        const Bytes input = tests::read_whole(path);
        const std::string out = cleaned(as_text(input));
        for (const char* control : {"\xE2\x80\xAE", "\xE2\x80\xAD", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA9"})
            EXPECT_EQ(out.find(control), std::string::npos) << path;
    }
}

} // namespace sekisho

namespace sekisho {

namespace {

// The characters of UTF-8 without controls, overrides and the mark, by code of the test's own.
std::u32string characters(std::string_view utf8) {
    std::u32string made;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
        i += size;
        const bool control = (point < 0x20 && point != '\t' && point != '\n' && point != '\r' && point != '\f') ||
                             (point >= 0x7F && point < 0xA0);
        const bool override = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        if (!control && !override) made += point;
    }
    return made;
}

} // namespace

// Variation sequences of names and places (IVS), gaiji, joiners, combining marks, characters beyond the first plane.
TEST(Text, NoCharacterIsEverChanged) {
    const std::string all =
        "葛\U000E0100城 辻\U000E0101 \uE000\uF8FF\U000F0000 か\u3099 👨\u200D👩\u200D👧 𠮷 ﬁ ① ㍿ ～〜 \u200B\u00AD";
    EXPECT_EQ(cleaned(all), all);
    EXPECT_EQ(characters(cleaned("\u202e" + all + "\x01")), characters(all));
    for (const char* extension : {".txt", ".csv", ".tsv", ".log"})
        for (const std::string& path : tests::corpus_files(extension)) {
            const Bytes bytes = tests::read_whole(path);
            tests::Bench bench;
            if (!bench.run(text::plain, Type::text, bytes) || bench.found(Finding::text_charset)) continue;
            std::string_view before = as_text(bytes);
            if (before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
            EXPECT_EQ(characters(as_text(bench.out.bytes())), characters(before)) << path;
        }
}

TEST(Text, TabSeparatedCellsAreDefusedAndKeepTheirKind) {
    tests::Bench bench;
    const auto type = bench.run(text::csv, Type::tsv, as_view("a\t=1+1\t-5\t2026/11/22\t+81-3-0000-0000\n"));
    ASSERT_TRUE(type);
    EXPECT_EQ(*type, Type::tsv);
    EXPECT_EQ(as_text(bench.out.bytes()), "a\t'=1+1\t-5\t2026/11/22\t+81-3-0000-0000\n");
}

} // namespace sekisho
