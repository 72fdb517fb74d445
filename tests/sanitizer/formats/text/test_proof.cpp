// Per file: what comes out is what went in, character by character, without those that a finding tells of. The texts
// are drawn from everything that Japanese offices write; glibc's iconv, which shares nothing with us, encodes them.
#include <iconv.h>

#include <bit>
#include <random>

#include <gtest/gtest.h>

#include "base/text/utf8.h"
#include "sanitizer/formats/text/text.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::string utf8_of(const std::u32string& text) {
    std::string made;
    for (const char32_t point : text) append_utf8(made, point);
    return made;
}

// Nothing if the charset lacks one of the characters.
std::optional<std::string> encoded(const char* charset, const std::string& utf8) {
    const iconv_t converter = iconv_open(charset, "UTF-8");
    if (std::bit_cast<std::intptr_t>(converter) == -1) return std::nullopt;
    std::string in = utf8, out(utf8.size() * 4 + 64, '\0');
    char *from = in.data(), *to = out.data();
    std::size_t left = in.size(), room = out.size();
    const bool good = iconv(converter, &from, &left, &to, &room) == 0 &&
                      iconv(converter, nullptr, nullptr, &to, &room) == 0; // back to ASCII
    iconv_close(converter);
    out.resize(out.size() - room);
    return good ? std::optional(out) : std::nullopt;
}

class Pool {
public:
    explicit Pool(unsigned seed) : m_random(seed) {}
    char32_t between(char32_t low, char32_t high) {
        return std::uniform_int_distribution<char32_t>(low, high)(m_random);
    }
    // One character, or a sequence that belongs together.
    std::u32string honest() {
        switch (between(0, 13)) {
        case 0:
            return {between(' ', '~')};
        case 1:
            return {between(U'ァ', U'ヶ')};
        case 2:
            return {between(0xFF61, 0xFF9F)}; // half-width katakana
        case 3:
            return {between(0xFF01, 0xFF5D)};
        case 4:
            return {U'葛', between(0xE0100, 0xE01EF)}; // IVS
        case 5:
            return {between(0xE000, 0xF8FF)}; // gaiji
        case 6:
            return {between(0x20000, 0x2A6DF)}; // JIS X 0213 and beyond the first plane
        case 7:
            return {U'か', 0x309A}; // JIS X 0213 as two characters
        case 8:
            return {0x1F468, 0x200D, 0x1F469};
        case 9:
            return {between(0xF900, 0xFA6D)}; // compatibility ideographs, 﨑 and 神 among them
        case 10:
            return {between(0x2460, 0x2473)};
        case 11:
            return {U'︀', between(0xFE00, 0xFE0F)};
        case 12:
            return {U"\n\t\r\f"[between(0, 3)]};
        default:
            return {between(0x4E00, 0x9FA5)};
        }
    }
    std::u32string hostile(std::uint64_t& controls, std::uint64_t& bidi) {
        const char32_t kind = between(0, 3);
        (kind < 2 ? bidi : controls) += 1;
        if (kind == 0) return {between(0x202A, 0x202E)};
        if (kind == 1) return {between(0x2066, 0x2069)};
        return {kind == 2 ? between(1, 8) : between(0x80, 0x9F)};
    }
    std::u32string kana() { return {between(U'ぁ', U'ん')}; }

private:
    std::mt19937 m_random;
};

struct Made {
    std::string text;
    bool controls = false, bidi = false;
};

Made cleaned(const std::string& input) {
    tests::Bench bench;
    const auto type = bench.run(text::plain, Type::text, as_view(input));
    if (!type) return {type.error().code};
    return {std::string(as_text(bench.out.bytes())), bench.found(Finding::text_control),
            bench.found(Finding::text_bidi)};
}

} // namespace

// T03, and gaiji: as UTF-8 and as UTF-16 of both orders.
TEST(TextProof, NothingChangesButWhatIsTold) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        Pool pool(seed);
        std::u32string input, expected;
        std::uint64_t controls = 0, bidi = 0;
        for (int i = 0; i < 200; ++i) {
            const std::u32string one = pool.honest();
            input += one;
            expected += one;
            if (seed % 2 != 0 && pool.between(0, 9) == 0) input += pool.hostile(controls, bidi);
        }
        const std::string utf8 = utf8_of(input);
        const auto little = encoded("UTF-16LE", utf8), big = encoded("UTF-16BE", utf8);
        ASSERT_TRUE(little && big);
        for (const std::string& bytes : {utf8, "\xFF\xFE" + *little, "\xFE\xFF" + *big}) {
            const Made made = cleaned(bytes);
            ASSERT_EQ(made.text, utf8_of(expected)) << seed;
            EXPECT_EQ(made.controls, controls > 0) << seed;
            EXPECT_EQ(made.bidi, bidi > 0) << seed;
        }
    }
}

// What the older charsets have, in each of them: NEC and IBM extensions, gaiji rows, JIS X 0212 in three bytes.
TEST(TextProof, OlderCharsetsDecodeToTheirCharacters) {
    for (const char* charset : {"CP932", "EUC-JP-MS", "ISO-2022-JP"}) {
        std::size_t kinds = 0;
        for (unsigned seed = 0; seed < 100; ++seed) {
            Pool pool(seed);
            std::u32string text;
            for (int i = 0; i < 150; ++i) {
                text += pool.kana();
                const std::u32string one = pool.honest();
                // Rows 89 to 92 of EUC are NEC's characters for Windows and gaiji for Unix.
                const bool disputed = one[0] >= 0xE178 && one[0] <= 0xE2EF && charset == std::string_view("EUC-JP-MS");
                const bool own = one.size() == 1 && one[0] != U'~' && one[0] != U'\\' && one[0] != U'\f' && !disputed &&
                                 encoded(charset, utf8_of(one));
                if (own) text += one;
                kinds += own && one[0] > 0x7F;
            }
            const auto bytes = encoded(charset, utf8_of(text));
            ASSERT_TRUE(bytes);
            ASSERT_EQ(cleaned(*bytes).text, utf8_of(text)) << charset << " " << seed;
        }
        EXPECT_GT(kinds, 500U) << charset;
    }
}

// T01: of a table only apostrophes are added, and only with a finding.
TEST(TextProof, TablesGainOnlyApostrophes) {
    for (unsigned seed = 0; seed < 400; ++seed) {
        Pool pool(seed);
        std::u32string input;
        constexpr std::u32string_view signs = U",;\t\n\"=+-@＝＋－＠|! (1a";
        for (int i = 0; i < 120; ++i) {
            if (pool.between(0, 1) == 0)
                input += signs[pool.between(0, signs.size() - 1)];
            else
                input += pool.honest();
        }
        const std::string before = utf8_of(input);
        tests::Bench bench;
        ASSERT_TRUE(bench.run(text::csv, Type::csv, as_view(before))) << seed;
        std::string_view after = as_text(bench.out.bytes());
        if (after.starts_with("\xEF\xBB\xBF")) after.remove_prefix(3);
        std::size_t at = 0, added = 0;
        for (const char c : after) {
            if (at < before.size() && before[at] == c)
                ++at;
            else if (c == '\'')
                ++added;
            else
                FAIL() << seed;
        }
        EXPECT_EQ(at, before.size()) << seed;
        EXPECT_EQ(added > 0, bench.found(Finding::csv_formula)) << seed;
    }
}

} // namespace sekisho
