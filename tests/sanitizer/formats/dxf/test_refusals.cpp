// Each rule by itself: what is refused and why, and what of a drawing that passes is on the receipt.
#include <bit>
#include <limits>

#include <gtest/gtest.h>

#include "sanitizer/formats/dxf/dxf.h"
#include "tests/sanitizer/samples/dxf.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using namespace tests::dxf_sample;

std::string code_of(tests::Bench& bench, std::string_view input) {
    const auto type = bench.run(dxf::rebuild, Type::dxf, as_view(input));
    return type ? "delivered" : type.error().code;
}

std::string code_of(std::string_view input) {
    tests::Bench bench;
    return code_of(bench, input);
}

std::string with_section(std::string_view name, std::string_view lines) {
    return header("AC1015") + section(name, lines) + entities(line) + groups("0 EOF");
}

// A drawing in the binary form, of a line with `more` behind it.
std::string binary(std::string_view more) {
    std::string bytes("AutoCAD Binary DXF\r\n\x1a\0", 22);
    for (const std::string_view word : {"\0\0SECTION", "\2\0ENTITIES", "\0\0LINE"})
        bytes += std::string(word.data(), 2) + std::string(word.data() + 2) + '\0';
    return bytes + std::string(more) + std::string("\0\0ENDSEC\0\0\0EOF\0", 15);
}

} // namespace

TEST(DxfRefusals, WhatContradictsTheFormat) {
    constexpr std::size_t too_long = (1U << 20) + 1;
    const double no_number = std::numeric_limits<double>::quiet_NaN();
    ByteWriter real;
    real.u16le(59); // of no line
    real.u64le(std::bit_cast<std::uint64_t>(no_number));
    struct Row {
        const char* what;
        std::string file;
        const char* code;
    };
    for (const Row& row :
         {Row{"an end without a last line", header("AC1015") + entities(line), "input.short"},
          Row{"a line that is longer than any", drawing(line + "\n1 " + std::string(too_long, 'x')), "cad.damaged"},
          Row{"a code in letters", drawing(line + "\nx 0"), "cad.damaged"},
          Row{"a code that no group has", drawing(line + "\n1072 0"), "cad.damaged"},
          Row{"a group before the first object", drawing("10 0.0\n" + line), "cad.damaged"},
          Row{"an object in the header", header("AC1015", "0 LINE") + entities(line) + groups("0 EOF"), "cad.damaged"},
          Row{"an end within a section", groups("0 SECTION\n2 ENTITIES\n" + line + "\n0 EOF"), "input.short"},
          Row{"a section that has no name", groups("0 SECTION\n3 OBJECTS\n0 ENDSEC") + drawing(line), "cad.damaged"},
          Row{"a handle that is none", drawing("0 LINE\n5 xyz"), "cad.damaged"},
          Row{"a handle of nought", drawing("0 LINE\n5 0"), "cad.damaged"},
          Row{"a handle to go on from that is none",
              header("AC1015", "9 $HANDSEED\n5 xyz") + entities(line) + groups("0 EOF"), "cad.damaged"},
          Row{"a colour that is no number", drawing(line + "\n62 red"), "cad.damaged"},
          Row{"an owner that is no handle", drawing(line + "\n330 xyz"), "cad.damaged"},
          Row{"columns that are no number", drawing(line + "\n0 INSERT\n2 B\n70 x"), "cad.damaged"},
          Row{"flags that are no number", with_section("BLOCKS", "0 BLOCK\n2 B\n70 x\n0 ENDBLK"), "cad.damaged"},
          Row{"an entry that leads to no handle", with_section("OBJECTS", "0 DICTIONARY\n5 C\n3 NAME\n350 xyz"),
              "cad.damaged"},
          Row{"binary: a text that is longer than any",
              binary(std::string("\1\0", 2) + std::string(too_long, 'x') + '\0'), "cad.damaged"},
          Row{"binary: what is no number", binary(as_text(real.bytes())), "cad.damaged"}})
        EXPECT_EQ(code_of(row.file), row.code) << row.what;
    EXPECT_EQ(code_of(drawing(line)), "delivered");
    EXPECT_EQ(code_of(binary("")), "delivered");
}

TEST(DxfRefusals, WhatTheReceiptSays) {
    struct Row {
        const char* what;
        std::string file;
        Finding finding;
    };
    const std::string block = "0 BLOCK\n8 0\n2 B\n70 0\n10 0.0\n20 0.0\n3 B\n1 \n0 ENDBLK";
    std::string external = block, path = block;
    external.replace(external.find("70 0"), 4, "70 4");
    path.replace(path.find("\n1 "), 3, "\n1 \\\\evil\\x.dwg");
    for (const Row& row :
         {Row{"something behind the end", drawing(line) + "evil", Finding::dxf_unknown},
          Row{"a variable on no list", header("AC1015", "9 $MENU\n1 evil") + entities(line) + groups("0 EOF"),
              Finding::dxf_unknown},
          Row{"a list of somebody's own", drawing(line + "\n102 {EVIL\n1 evil\n102 }"), Finding::dxf_unknown},
          Row{"a group that the object does not have", drawing(line + "\n1 evil"), Finding::dxf_unknown},
          Row{"an object in the object", drawing(line + "\n101 Embedded Object\n1 evil"), Finding::dxf_unknown},
          Row{"a class of somebody's own", drawing(line + "\n100 EvilDb"), Finding::dxf_unknown},
          Row{"a picture of a block", with_section("TABLES", "0 TABLE\n2 BLOCK_RECORD\n0 BLOCK_RECORD\n2 B\n310 FFFF"),
              Finding::dxf_thumbnail},
          Row{"a block from outside", with_section("BLOCKS", external), Finding::dxf_external},
          Row{"where a block is from", with_section("BLOCKS", path), Finding::dxf_external},
          Row{"an entry that leads nowhere", with_section("OBJECTS", "0 DICTIONARY\n5 C\n3 EVIL\n350 DEAD"),
              Finding::dxf_reference},
          Row{"bytes behind the data of a known program", drawing(line + "\n1001 ACAD\n1004 FFFF"),
              Finding::dxf_extended}}) {
        tests::Bench bench;
        EXPECT_EQ(code_of(bench, row.file), "delivered") << row.what;
        ASSERT_EQ(bench.report.entries().size(), 1U) << row.what;
        EXPECT_TRUE(bench.found(row.finding)) << row.what;
        for (const std::string_view gone : {"evil", "EVIL", "FFFF", "DEAD", "Embedded"})
            EXPECT_EQ(as_text(bench.out.bytes()).find(gone), std::string_view::npos) << row.what;
    }
    tests::Bench bench;
    EXPECT_EQ(code_of(bench, with_section("BLOCKS", block)), "delivered");
    EXPECT_TRUE(bench.report.entries().empty());
}

} // namespace sekisho
