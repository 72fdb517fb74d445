// No public drawing shows these vectors: the samples are made here from the DXF Reference that Autodesk publishes.
#include <gtest/gtest.h>

#include "sanitizer/formats/dxf/dxf.h"
#include "sanitizer/verify/dxf/dxf.h"
#include "tests/sanitizer/samples/dxf.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using namespace tests::dxf_sample;

std::unique_ptr<tests::Bench> last;

std::string rebuilt(std::string_view input, const Limits& limits = {}) {
    last = std::make_unique<tests::Bench>(Level::rebuild, limits);
    const auto type = last->run(dxf::rebuild, Type::dxf, as_view(input));
    if (!type) return type.error().code;
    const auto good = verify::dxf(MemorySource(last->out.bytes()), {});
    EXPECT_TRUE(good) << good.error().code << "\n" << as_text(last->out.bytes()).substr(0, 4000);
    return std::string(as_text(last->out.bytes()));
}

bool found(Finding finding) {
    return last->found(finding);
}
bool found_nothing() {
    return last->report.entries().empty();
}

// What a plain search finds, no parser of ours.
bool holds(const std::string& output, std::string_view part) {
    return output.find(part) != output.npos;
}

} // namespace

TEST(Dxf, ADrawingStaysAsItIs) {
    const std::string same =
        header(
            "AC1015",
            "9 $DWGCODEPAGE\n3 ANSI_932\n9 $INSUNITS\n70 4\n9 $EXTMIN\n10 0.0\n20 0.0\n30 0.0\n9 $HANDSEED\n5 FFFF") +
        section("TABLES", "0 TABLE\n2 LAYER\n5 2\n100 AcDbSymbolTable\n70 1\n0 LAYER\n5 10\n100 AcDbSymbolTableRecord\n"
                          "100 AcDbLayerTableRecord\n2 0\n70 0\n62 7\n6 CONTINUOUS\n0 ENDTAB") +
        section("BLOCKS",
                "0 BLOCK\n5 20\n100 AcDbEntity\n8 0\n100 AcDbBlockBegin\n2 B\n70 0\n10 0.0\n20 0.0\n30 0.0\n3 B\n1 \n"
                "0 CIRCLE\n5 21\n100 AcDbEntity\n8 0\n100 AcDbCircle\n10 1.0\n20 1.0\n30 0.0\n40 0.5\n"
                "0 ENDBLK\n5 22\n100 AcDbEntity\n8 0\n100 AcDbBlockEnd") +
        entities(line + "\n0 INSERT\n5 30\n100 AcDbEntity\n8 0\n100 AcDbBlockReference\n2 B\n10 5.0\n20 5.0\n30 0.0") +
        section("OBJECTS",
                "0 DICTIONARY\n5 C\n100 AcDbDictionary\n281 1\n3 ACAD_GROUP\n350 D\n0 DICTIONARY\n5 D\n330 C\n"
                "100 AcDbDictionary\n281 1") +
        groups("0 EOF");
    EXPECT_EQ(rebuilt(same), same);
    EXPECT_TRUE(found_nothing());
}

TEST(Dxf, NumbersAreWrittenAnewAndStayTheSame) {
    const std::string out = rebuilt(drawing("0 POINT\n8 0\n10  +1.50000 \n20 1E-10\n30 123456789.123456789\n0 POINT\n8 "
                                            "0\n10 -0.0\n20 3\n30 .5\n62    256"));
    EXPECT_TRUE(holds(out, groups("10 1.5\n20 1.0e-10\n30 123456789.12345679")));
    EXPECT_TRUE(holds(out, groups("10 0.0\n20 3.0\n30 0.5\n62 256")));
    EXPECT_EQ(rebuilt(out), out);
    EXPECT_TRUE(found_nothing());
    for (const char* bad : {"inf", "nan", "1.0.0", "0x10", "1,5", "", "1e999"})
        EXPECT_EQ(rebuilt(drawing("0 POINT\n10 " + std::string(bad))), "cad.damaged") << bad;
}

// Found by changing drawings at random: the header has no objects, so no rule to ask.
TEST(Dxf, AVariableHasNoGroupThatTheReferenceDoesNotKnow) {
    for (const char* group : {"600 1", "310 ABCD", "92 1"}) {
        const std::string out =
            rebuilt(header("AC1015", "9 $LTSCALE\n40 1.0\n" + std::string(group)) + entities(line) + groups("0 EOF"));
        EXPECT_TRUE(holds(out, groups("9 $LTSCALE\n40 1.0"))) << out;
    }
    EXPECT_TRUE(holds(rebuilt(header("AC1015", "9 $LTSCALE\n600 1") + entities(line) + groups("0 EOF")), "AcDbLine"));
    EXPECT_TRUE(found(Finding::dxf_unknown));
}

// CP932 with NEC and IBM characters, a private-use character (gaiji), a second byte that is a backslash.
TEST(Dxf, JapaneseTextStaysByteForByte) {
    const std::string words = "\x8f\x5a\x96\xaf\x95\x5b \x87\x40\xfb\xfc\xf0\x40\x83\x5c\xb1\xb2";
    const std::string same = header("AC1009", "9 $DWGCODEPAGE\n3 ANSI_932") +
                             entities("0 TEXT\n8 \x90\x7d\n10 0.0\n20 0.0\n40 3.0\n1 " + words) + groups("0 EOF");
    EXPECT_EQ(rebuilt(same), same);
    EXPECT_TRUE(found_nothing());
    const std::string undeclared = entities("0 TEXT\n1 " + words) + groups("0 EOF");
    EXPECT_EQ(rebuilt(undeclared), undeclared);
    const std::string unicode =
        header("AC1032") + entities("0 TEXT\n1 \u4f4f\u6c11\u7968 \ue000\u9089\U000E0100") + groups("0 EOF");
    EXPECT_EQ(rebuilt(unicode), unicode);
}

TEST(Dxf, TextInAnotherCharsetThanDeclaredIsConverted) {
    const std::string out = rebuilt(header("AC1027") + entities("0 TEXT\n1 \x8f\x5a\x96\xaf") + groups("0 EOF"));
    EXPECT_TRUE(holds(out, groups("1 \u4f4f\u6c11")));
    EXPECT_TRUE(found(Finding::cad_charset));
    const std::string wrong = rebuilt(header("AC1015", "9 $DWGCODEPAGE\n3 ANSI_1252") +
                                      entities("0 TEXT\n1 \x8f\x5a\x96\xaf\x82\xcc\x82\xa0") + groups("0 EOF"));
    EXPECT_TRUE(holds(wrong, groups("3 ANSI_932")));
    EXPECT_TRUE(holds(wrong, groups("1 \x8f\x5a\x96\xaf\x82\xcc\x82\xa0")));
    EXPECT_EQ(rebuilt(wrong), wrong);
}

// Umlauts in Windows-1252 are also characters of CP932: what is declared counts where it can.
TEST(Dxf, DeclaredTextIsNotGuessedAt) {
    const std::string german = header("AC1015", "9 $DWGCODEPAGE\n3 ANSI_1252") +
                               entities("0 TEXT\n1 Gr\xf6\xdf"
                                        "e \x80") +
                               groups("0 EOF");
    EXPECT_EQ(rebuilt(german), german);
    EXPECT_TRUE(found_nothing());
    const std::string kana =
        header("AC1015", "9 $DWGCODEPAGE\n3 ANSI_932") + entities("0 TEXT\n1 \xc4\xb3") + groups("0 EOF");
    EXPECT_EQ(rebuilt(kana), kana);
    const std::string modern =
        rebuilt(header("AC1015", "9 $DWGCODEPAGE\n3 ANSI_1252") + entities("0 TEXT\n1 \u5f81\u6c38") + groups("0 EOF"));
    EXPECT_TRUE(holds(modern, groups("1 \\U+5F81\\U+6C38")));
    EXPECT_TRUE(found(Finding::cad_charset));
    EXPECT_EQ(rebuilt(modern), modern);
    const std::string chinese =
        rebuilt(header("AC1015", "9 $DWGCODEPAGE\n3 ANSI_936") + entities("0 TEXT\n1 \u5f81\u6c38") + groups("0 EOF"));
    EXPECT_TRUE(holds(chinese, groups("3 ANSI_1252")));
    EXPECT_TRUE(holds(chinese, groups("1 \\U+5F81\\U+6C38")));
}

TEST(Dxf, ControlsAndReversedTextGo) {
    const std::string out = rebuilt(header("AC1032") +
                                    entities("0 TEXT\n1 a\u202eb\x1b"
                                             "c") +
                                    groups("0 EOF"));
    EXPECT_TRUE(holds(out, groups("1 abc")));
    EXPECT_TRUE(found(Finding::cad_text));
}

// T10
TEST(Dxf, ExternalReferencesGo) {
    const std::string out = rebuilt(
        header("AC1015") +
        section("BLOCKS", "0 BLOCK\n8 0\n2 X\n70 4\n10 0.0\n20 0.0\n30 0.0\n3 X\n1 \\\\evil\\share\\x.dwg\n0 ENDBLK") +
        entities(line + "\n0 INSERT\n8 0\n2 X\n10 0.0\n20 0.0\n0 IMAGE\n5 31\n340 32\n0 PDFUNDERLAY\n5 33\n340 34") +
        section("OBJECTS", "0 DICTIONARY\n5 C\n3 ACAD_IMAGE_DICT\n350 32\n3 KEPT\n350 D\n0 DICTIONARY\n5 D\n"
                           "0 IMAGEDEF\n5 32\n1 http://evil/x.png\n0 PDFDEFINITION\n5 34\n1 \\\\evil\\x.pdf") +
        groups("0 EOF"));
    EXPECT_TRUE(found(Finding::dxf_external));
    for (const char* part : {"evil", "IMAGE", "PDF", "http", "\\\\"}) EXPECT_FALSE(holds(out, part)) << part;
    EXPECT_TRUE(holds(out, groups("3 KEPT\n350 D")));
    EXPECT_TRUE(holds(out, groups("2 X\n70 0")));
    EXPECT_EQ(rebuilt(out), out);
    EXPECT_TRUE(found_nothing());
}

// T10: a font or plot style on another machine makes the program log on there.
TEST(Dxf, PathsLoseTheirFolders) {
    const std::string out = rebuilt(
        header("AC1015") +
        section("TABLES", "0 TABLE\n2 STYLE\n70 1\n0 STYLE\n2 S\n70 0\n3 \\\\evil\\share\\txt.shx\n4 C:/f/bigfont.shx\n"
                          "1001 ACAD\n1000 \\\\evil\\f\\MS Gothic\n1071 0\n0 ENDTAB") +
        entities(line) +
        section(
            "OBJECTS",
            "0 LAYOUT\n5 50\n100 AcDbPlotSettings\n1 p\n2 \\\\evil\\printer\n7 \\\\evil\\a.ctb\n100 AcDbLayout\n1 L") +
        groups("0 EOF"));
    EXPECT_TRUE(found(Finding::dxf_path));
    EXPECT_FALSE(holds(out, "evil"));
    EXPECT_TRUE(holds(out, groups("3 txt.shx\n4 bigfont.shx")));
    EXPECT_TRUE(holds(out, groups("1000 MS Gothic")));
    EXPECT_EQ(rebuilt(out), out);
}

// T10
TEST(Dxf, LinksStayIfTheyLeadToAPage) {
    const auto linked = [](std::string_view address) {
        return drawing(line + "\n1001 PE_URL\n1000 " + std::string(address) + "\n1002 {\n1000 words\n1002 }");
    };
    const std::string good = linked("https://www.example.lg.jp/plan");
    EXPECT_EQ(rebuilt(good), good);
    EXPECT_TRUE(found_nothing());
    for (const char* bad :
         {"file:///c:/windows/calc.exe", "javascript:x", "\\\\evil\\share", "calc.exe", "ms-msdt:/id"}) {
        const std::string out = rebuilt(linked(bad));
        EXPECT_TRUE(found(Finding::dxf_hyperlink)) << bad;
        EXPECT_FALSE(holds(out, "PE_URL")) << bad;
        EXPECT_FALSE(holds(out, bad)) << bad;
        EXPECT_FALSE(holds(out, "words")) << bad;
    }
}

// T10: one object of each kind that goes, and what it is called.
TEST(Dxf, ObjectsOfOtherProgramsGo) {
    const std::vector<std::pair<std::string, Finding>> rows{
        {"0 OLE2FRAME\n70 2\n90 4\n310 4D5A9000", Finding::dxf_ole},
        {"0 ACAD_PROXY_ENTITY\n5 99\n90 498\n310 FFFF", Finding::dxf_proxy},
        {"0 3DSOLID\n5 99\n70 1\n1 nok jlj\n310 FFFF", Finding::dxf_solid},
        {"0 FIELD\n5 99\n2 AcDiesel\n1 $(eval)", Finding::dxf_field},
        {"0 LIGHT\n5 99\n1 lamp", Finding::dxf_appearance},
        {"0 X_CUSTOM\n5 99\n1 payload", Finding::dxf_unknown}};
    for (const auto& [object, finding] : rows) {
        const std::string out = rebuilt(drawing(line + "\n" + object));
        EXPECT_TRUE(found(finding)) << object;
        EXPECT_EQ(out, drawing(line)) << object;
    }
    const std::string out = rebuilt(
        header("AC1015") + entities(line) +
        section("OBJECTS", "0 VBA_PROJECT\n5 90\n90 4\n310 D0CF11E0\n0 XRECORD\n5 91\n1 (startapp)") + groups("0 EOF"));
    EXPECT_TRUE(found(Finding::dxf_macro));
    EXPECT_TRUE(found(Finding::dxf_extended));
    EXPECT_FALSE(holds(out, "D0CF11E0"));
    EXPECT_FALSE(holds(out, "startapp"));
}

// T10
TEST(Dxf, DataBesideTheDrawingGoes) {
    const std::string out = rebuilt(
        groups("999 (load \"evil.lsp\")") +
        header("AC1015", "9 $MENU\n1 \\\\evil\\acad.mnu\n9 $HYPERLINKBASE\n1 http://evil/\n9 $LTSCALE\n40 1.0") +
        entities(line + "\n92 4\n310 FFFF\n1001 EVIL_APP\n1000 payload\n1004 FFFF\n102 {EVIL\n1 payload\n102 }") +
        section("THUMBNAILIMAGE", "90 4\n310 28000000") + groups("0 EOF") + "payload");
    for (const Finding finding : {Finding::cad_comment, Finding::dxf_unknown, Finding::dxf_extended, Finding::dxf_proxy,
                                  Finding::dxf_thumbnail})
        EXPECT_TRUE(found(finding)) << row_of(finding).code;
    for (const char* part : {"evil", "EVIL", "payload", "FFFF", "2800", "MENU"}) EXPECT_FALSE(holds(out, part)) << part;
    EXPECT_TRUE(holds(out, "$LTSCALE"));
    EXPECT_EQ(rebuilt(out), out);
    EXPECT_TRUE(found_nothing());
}

TEST(Dxf, TextThatAProgramWouldComputeGoes) {
    const std::string out = rebuilt(drawing(line + "\n0 MTEXT\n5 2B\n1 %<\\AcDiesel $(getenv,PATH)>%"));
    EXPECT_FALSE(holds(out, "%<"));
    EXPECT_TRUE(found(Finding::dxf_field));
}

TEST(Dxf, HandlesAreUniqueAndLeadSomewhere) {
    EXPECT_EQ(rebuilt(drawing(line + "\n" + line)), "cad.damaged");
    const std::string out = rebuilt(drawing(line + "\n0 LEADER\n5 2B\n340 2A\n340 DEAD"));
    EXPECT_TRUE(holds(out, groups("340 2A")));
    EXPECT_FALSE(holds(out, "DEAD"));
    EXPECT_TRUE(found(Finding::dxf_reference));
}

TEST(Dxf, BinaryFormBecomesText) {
    std::string bytes("AutoCAD Binary DXF\r\n\x1a\0", 22);
    const auto code = [&](int value) { bytes += {static_cast<char>(value & 255), static_cast<char>(value >> 8)}; };
    const auto word = [&](int group, std::string_view value) {
        code(group);
        bytes += value;
        bytes += '\0';
    };
    word(0, "SECTION");
    word(2, "HEADER");
    word(9, "$ACADVER");
    word(1, "AC1015");
    word(0, "ENDSEC");
    word(0, "SECTION");
    word(2, "ENTITIES");
    word(0, "POINT");
    word(5, "2A");
    code(10);
    bytes += std::string("\0\0\0\0\0\0\xf8\x3f", 8); // 1.5
    code(62);
    bytes += std::string("\xff\xff", 2); // -1
    code(310);
    bytes += "\3\1\2\3";
    word(0, "ENDSEC");
    word(0, "EOF");
    const std::string out = rebuilt(bytes);
    EXPECT_EQ(out, drawing("0 POINT\n5 2A\n10 1.5\n62 -1"));
    EXPECT_TRUE(found(Finding::dxf_binary));
    EXPECT_TRUE(found(Finding::dxf_proxy));
    for (std::size_t size = 22; size < bytes.size(); ++size)
        EXPECT_FALSE(rebuilt(bytes.substr(0, size)).starts_with("  0")) << size;
}

TEST(Dxf, DamagedOnesAreRefused) {
    const std::string whole = drawing(line);
    for (std::size_t size = 0; size + 6 < whole.size(); ++size)
        EXPECT_FALSE(rebuilt(whole.substr(0, size)).starts_with("  0")) << size;
    EXPECT_EQ(rebuilt(header("AC1099") + entities(line) + groups("0 EOF")), "cad.version");
    EXPECT_EQ(rebuilt(entities(line) + entities("0 POINT\n10 0.0") + groups("0 EOF")), "cad.damaged");
    EXPECT_EQ(rebuilt(groups("0 LINE\n0 EOF")), "cad.damaged");
    EXPECT_EQ(rebuilt(groups("0 SECTION\n2 ENTITIES\n0 SECTION\n2 TABLES\n0 ENDSEC\n0 EOF")), "cad.damaged");
    EXPECT_EQ(rebuilt(drawing("0 IMAGE\n5 1")), "cad.empty");
}

// Blocks of blocks: a small file that a program would draw for days.
TEST(Dxf, BlocksThatMultiplyAreRefused) {
    std::string blocks;
    for (int level = 0; level < 12; ++level) {
        const std::string name = std::to_string(level), next = std::to_string(level + 1);
        blocks += "0 BLOCK\n2 B" + name + "\n70 0\n";
        for (int i = 0; i < 10; ++i) blocks += level == 11 ? "0 POINT\n10 0.0\n" : "0 INSERT\n2 b" + next + "\n";
        blocks += "0 ENDBLK\n";
    }
    blocks.pop_back();
    EXPECT_EQ(rebuilt(section("BLOCKS", blocks) + entities(line) + groups("0 EOF")), "cad.nesting");
    EXPECT_EQ(rebuilt(section("BLOCKS", "0 BLOCK\n2 A\n0 INSERT\n2 A\n0 ENDBLK") + entities(line) + groups("0 EOF")),
              "cad.nesting");
    EXPECT_EQ(rebuilt(section("BLOCKS", "0 BLOCK\n2 A\n0 POINT\n10 0.0\n0 ENDBLK") +
                      entities("0 INSERT\n2 A\n70 32000\n71 32000") + groups("0 EOF")),
              "cad.nesting");
}

TEST(Dxf, MillionsOfObjectsReachALimit) {
    std::string many = groups("0 SECTION\n2 ENTITIES");
    const std::string point = groups("0 POINT");
    for (int i = 0; i < 4'100'000; ++i) many += point;
    EXPECT_EQ(rebuilt(many + groups("0 ENDSEC\n0 EOF")), "limit.members");
}

TEST(Dxf, TheVerifierSeesItWithoutUs) {
    const auto verified = [](const std::string& output) {
        return verify::dxf(MemorySource(as_view(output)), {}).has_value();
    };
    EXPECT_TRUE(verified(drawing(line)));
    for (const char* bad : {"0 IMAGE\n5 2B",
                            "0 OLE2FRAME",
                            "0 3DSOLID",
                            "0 X",
                            "0 POINT\n310 FF",
                            "0 POINT\n1 text",
                            "0 POINT\n999 x",
                            "0 POINT\n102 {X",
                            "0 POINT\n340 DEAD",
                            "0 POINT\n5 2A",
                            "0 POINT\n10 1",
                            "0 POINT\n10 1.0 ",
                            "0 POINT\n62 1.5",
                            "0 POINT\n1001 EVIL\n1000 x",
                            "0 POINT\n1001 PE_URL\n1000 file:///x",
                            "0 POINT\n1001 PE_URL\n1071 1",
                            "0 TEXT\n1 %<\\AcVar x>%",
                            "0 TEXT\n1 a\x1b",
                            "0 TEXT\n1 \x81",
                            "0 BLOCK\n2 X",
                            "0 SECTION",
                            "0 POINT\n100 x"})
        EXPECT_FALSE(verified(drawing(line + "\n" + bad))) << bad;
    EXPECT_FALSE(verified(section("BLOCKS", "0 BLOCK\n2 X\n70 4\n0 ENDBLK") + groups("0 EOF")));
    EXPECT_FALSE(verified(section("BLOCKS", "0 BLOCK\n2 X\n70 0\n1 x.dwg\n0 ENDBLK") + groups("0 EOF")));
    EXPECT_FALSE(verified(section("TABLES", "0 STYLE\n2 X\n3 \\\\evil\\x.shx") + groups("0 EOF")));
    EXPECT_FALSE(verified(section("HEADER", "9 $MENU\n1 x") + groups("0 EOF")));
    EXPECT_FALSE(verified(section("THUMBNAILIMAGE", "90 0") + groups("0 EOF")));
    EXPECT_FALSE(verified(drawing(line) + " "));
    EXPECT_FALSE(verified(drawing(line).substr(0, drawing(line).size() - 10)));
}

namespace {

std::string words_of(std::string_view input) {
    tests::Bench bench(Level::text);
    const auto type = bench.run(dxf::text, Type::dxf, as_view(input));
    if (!type) return type.error().code;
    EXPECT_EQ(*type, Type::text);
    return std::string(as_text(bench.out.bytes()));
}

} // namespace

TEST(Dxf, ItsWordsAreALineEachInTheirOrder) {
    const std::string text = "\n0 TEXT\n5 31\n100 AcDbEntity\n8 0\n100 AcDbText\n10 0.0\n20 0.0\n40 1.0\n1 ";
    const std::string formatted = "\n0 MTEXT\n5 32\n100 AcDbEntity\n8 0\n100 AcDbMText\n10 0.0\n20 0.0\n40 1.0\n";
    const std::string dimension = "\n0 DIMENSION\n5 33\n100 AcDbEntity\n8 0\n100 AcDbDimension\n2 *D1\n3 STANDARD\n1 ";
    const std::string japanese = header("AC1021") +
                                 entities(line + text + "配置図" + formatted +
                                          "3 {\\fMS Gothic|b0;一階\\P\n1 二\\C1;階}" + dimension + "約 <>") +
                                 groups("0 EOF");
    EXPECT_EQ(words_of(japanese), "配置図\n一階\n二階\n約 <>\n");
    EXPECT_EQ(words_of(drawing(line)), "\n");
    EXPECT_EQ(words_of("0\nSECTION\n"), rebuilt("0\nSECTION\n")) << "refused as the drawing is";
}

// T12: what a program would run or load is not among them.
TEST(Dxf, ItsWordsAreOnlyWords) {
    const std::string text = "\n0 TEXT\n5 31\n100 AcDbEntity\n8 0\n100 AcDbText\n10 0.0\n20 0.0\n40 1.0\n1 ";
    const std::string out = words_of(drawing(line + text + "a%<\\AcVar evil>%\x1b[2J" +
                                             "\n0 IMAGEDEF\n5 35\n100 AcDbRasterImageDef\n1 \\\\evil\\share.png"));
    EXPECT_FALSE(holds(out, "%<")) << out;
    EXPECT_FALSE(holds(out, "\x1b"));
    EXPECT_FALSE(holds(out, "share.png"));
}

TEST(Dxf, CodesOfMultilineTextAreNotWords) {
    const std::string text = "\n0 MTEXT\n5 32\n100 AcDbEntity\n8 0\n100 AcDbMText\n10 0.0\n20 0.0\n40 1.0\n1 ";
    EXPECT_EQ(words_of(drawing(line + text + "\\A1;{\\H2.5x;a}\\~b \\S1^2; \\\\ \\{x\\} \\Lc\\l")),
              "a b 1/2 \\ {x} c\n");
    EXPECT_EQ(words_of(drawing(line + text + "a\\")), "a\\\n");
    EXPECT_EQ(words_of(drawing(line + text + "a\\H2")), "a\n") << "a code without an end";
}

} // namespace sekisho
