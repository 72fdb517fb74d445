// CSV: formulas lose their trigger, everything else stays as it was.
#include <gtest/gtest.h>

#include "sanitizer/formats/text/text.h"
#include "sanitizer/verify/text/text.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

struct Delivered {
    std::string text;
    bool formula = false;
};

Delivered delivered(std::string_view input) {
    tests::Bench bench;
    const auto type = bench.run(text::csv, Type::csv, as_view(input));
    EXPECT_TRUE(type) << to_line(type.error());
    const MemorySource out(bench.out.bytes());
    const auto proof = verify::csv(out, {});
    EXPECT_TRUE(proof) << to_line(proof.error()) << " for " << input;
    return {std::string(as_text(bench.out.bytes())), bench.found(Finding::csv_formula)};
}

} // namespace

TEST(Csv, ExcelGetsAMarkUnlessAllIsAscii) {
    EXPECT_EQ(delivered("a,b\r\n1,2\r\n").text, "a,b\r\n1,2\r\n");
    EXPECT_EQ(delivered("氏名,住所\r\n").text, "\xEF\xBB\xBF氏名,住所\r\n");
    EXPECT_EQ(delivered("\xEF\xBB\xBF氏名,住所\r\n").text, "\xEF\xBB\xBF氏名,住所\r\n");
    EXPECT_EQ(delivered("\x8E\x81\x96\xBC,1\r\n").text, "\xEF\xBB\xBF氏名,1\r\n");
}

TEST(Csv, FormulasAreDefused) {
    const std::pair<const char*, const char*> cases[] = {
        {"=1+1", "'=1+1"},
        {"a,=cmd|' /C calc'!A0,b", "a,'=cmd|' /C calc'!A0,b"},
        {"a,\"=HYPERLINK(\"\"http://x\"\")\"", "a,\"'=HYPERLINK(\"\"http://x\"\")\""},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"},
        {"@SUM(1+1)*cmd|' /C calc'!A0", "'@SUM(1+1)*cmd|' /C calc'!A0"},
        {"a;=1", "a;'=1"},
        {"a\t=1", "a\t'=1"},
        {"\"\t=1\"", "\"\t'=1\""},
        {"  =1", "  '=1"},
        {"a, \"=1\"", "a, \"'=1\""},
        {"\"-1,cmd|' /C calc'!A0\"", "\"'-1,cmd|' /C calc'!A0\""},
        {"x,\"a;=1\"", "x,\"a;'=1\""},
        {"\"x\n=1\"", "\"x\n'=1\""},
    };
    for (const auto& [input, expected] : cases) {
        const Delivered got = delivered(input);
        EXPECT_EQ(got.text, expected) << input;
        EXPECT_TRUE(got.formula) << input;
    }
}

TEST(Csv, FullWidthFormulasAreDefused) {
    EXPECT_EQ(delivered("あ,＝1+1").text, "\xEF\xBB\xBFあ,'＝1+1");
    EXPECT_EQ(delivered("－ＨＹＰＥＲＬＩＮＫ（1）").text, "\xEF\xBB\xBF'－ＨＹＰＥＲＬＩＮＫ（1）");
    EXPECT_TRUE(delivered("＠SUM(1)").formula);
    EXPECT_TRUE(delivered("＋cmd｜x").formula);
}

TEST(Csv, NumbersDatesTelephonesAndWordsStay) {
    for (const char* input : {"-12.5", "-1,234", "\"-1,234\"", "+81-3-1234-5678", "2024-01-01", "-", "---", "+",
                              "====", "-5円,ABC(x)", "-5%", "-1.5E+3", "▲5", "a-b,c=d,e@f.example", "-港湾,(株)ABC",
                              "\"- 項目\n- 項目\"", "1,-0.5,2", "\"====\n----\"", "'=1"}) {
        const Delivered got = delivered(input);
        EXPECT_FALSE(got.formula) << input;
        EXPECT_TRUE(got.text.ends_with(input)) << input;
    }
}

TEST(Csv, DeliveringTwiceChangesNothing) {
    const std::string once = delivered("=1,-cmd|x,\"@a\nb\",－1;=2\tx\r\n").text;
    EXPECT_EQ(delivered(once).text, once);
    EXPECT_FALSE(delivered(once).formula);
}

TEST(Csv, AFormulaAcrossChunksIsDefused) {
    for (std::size_t shift = 0; shift < 16; ++shift) {
        std::string input(256 * 1024 - 8 + shift - 3, 'x');
        input += ",-cmd|' /C calc'!A0\r\n" + std::string(5000, 'y') + ",=1";
        const std::string out = delivered(input).text;
        EXPECT_NE(out.find(",'-cmd"), std::string::npos) << shift;
        EXPECT_TRUE(out.ends_with(",'=1")) << shift;
    }
}

TEST(Csv, ALongCellBehindASignIsAFormula) {
    EXPECT_TRUE(delivered("-" + std::string(3000, '1') + "cmd|x").formula);
}

TEST(Csv, CorpusFilesKeepTheirText) {
    for (const std::string& path : tests::corpus_files(".csv")) {
        const Bytes input = tests::read_whole(path);
        tests::Bench bench;
        const auto type = bench.run(text::csv, Type::csv, input);
        if (!type) {
            EXPECT_NE(reason_of(type.error()), Reason::internal) << path;
            continue;
        }
        EXPECT_TRUE(verify::csv(MemorySource(bench.out.bytes()), {})) << path;
        const bool formula = path.find("dde-in-csv") != std::string::npos;
        if (formula || path.find("yaizu") != std::string::npos) {
            EXPECT_EQ(bench.found(Finding::csv_formula), formula) << path;
        }
    }
}

} // namespace sekisho
