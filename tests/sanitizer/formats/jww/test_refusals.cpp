// What is refused, and why.
#include <gtest/gtest.h>

#include "sanitizer/formats/jww/jww.h"
#include "tests/sanitizer/samples/jww.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using Drawing = tests::JwwSample;

std::string code_of(std::string_view input, const Limits& limits = {}) {
    tests::Bench bench(Level::rebuild, limits);
    const auto type = bench.run(jww::rebuild, Type::jww, as_view(input));
    return type ? "delivered" : type.error().code;
}

// A drawing of one text, which is as it stands in a file.
std::string words(std::string_view bytes) {
    Drawing drawing(700);
    drawing.count(1);
    drawing.object("CDataMoji");
    drawing.base();
    drawing.reals(4);
    drawing.numbers(1);
    drawing.reals(4);
    drawing.text("");
    drawing.out.text(bytes);
    drawing.count(0);
    drawing.end();
    return drawing.file();
}

std::string in_unicode(std::initializer_list<std::uint16_t> units) {
    ByteWriter out;
    out.text("\xFF\xFE\xFF");
    out.u8(static_cast<std::uint8_t>(units.size()));
    for (const std::uint16_t unit : units) out.u16le(unit);
    return words(as_text(out.bytes()));
}

} // namespace

TEST(JwwRefusals, TextsThatAreNone) {
    const auto of_length = [](std::uint32_t size) {
        ByteWriter out;
        out.text("\xFF\xFF\xFF");
        out.u32le(size);
        return words(std::string(as_text(out.bytes())) + std::string(size, 'x'));
    };
    EXPECT_EQ(code_of(of_length(1U << 20)), "delivered");
    EXPECT_EQ(code_of(of_length((1U << 20) + 1)), "cad.damaged");
    EXPECT_EQ(code_of(in_unicode({0xD842, 0xDFB7})), "delivered");
    EXPECT_EQ(code_of(in_unicode({0xDFB7, 'a'})), "text.charset") << "a second half";
    EXPECT_EQ(code_of(in_unicode({0xD842})), "text.charset") << "a first half at the end";
    EXPECT_EQ(code_of(in_unicode({0xD842, 'a'})), "text.charset") << "a first half";
}

TEST(JwwRefusals, VersionsAndSizes) {
    const auto drawing_of = [](std::uint32_t version) {
        Drawing drawing(version);
        drawing.count(1);
        drawing.line();
        drawing.count(0);
        drawing.end();
        return drawing.file();
    };
    for (const std::uint32_t version : {230U, 300U, 700U}) EXPECT_EQ(code_of(drawing_of(version)), "delivered");
    for (const std::uint32_t version : {229U, 231U, 299U, 701U})
        EXPECT_EQ(code_of(drawing_of(version)), "cad.version") << version;
    Limits limits;
    limits.bytes_in_memory = 1000;
    EXPECT_EQ(code_of(drawing_of(700), limits), "limit.memory");
}

TEST(JwwRefusals, ObjectsOutOfPlace) {
    Drawing again(700);
    again.count(2);
    again.line();
    again.out.u16le(1); // the number of the class, but not as one
    again.bare_line();
    again.count(0);
    again.end();
    EXPECT_EQ(code_of(again.file()), "cad.damaged");
    Drawing line(700);
    line.count(0);
    line.count(1);
    line.object("CDataSen"); // with all that a block has
    line.base();
    line.numbers(3);
    line.text("");
    line.count(0);
    line.end();
    EXPECT_EQ(code_of(line.file()), "cad.damaged");
}

// Two millions, of which the sheet alone has almost all: the blocks and what is in them count as well.
TEST(JwwRefusals, ObjectsOfAllListsCountTogether) {
    constexpr int in_sheet = 1'999'998;
    Drawing start(230), point(230), blocks(230);
    const std::size_t head = start.file().size();
    start.out.u16le(0xFFFF);
    start.out.u32le(in_sheet);
    start.point(1);
    point.bare_point();
    blocks.count(2);
    for (int i = 0; i < 2; ++i) {
        blocks.object("CDataList");
        blocks.base();
        blocks.numbers(3);
        blocks.text("");
        blocks.count(1);
        blocks.point(1);
    }
    std::string file = start.file();
    const std::string next = "\1\x80" + point.file().substr(head); // of the class that was numbered first
    for (int i = 1; i < in_sheet; ++i) file += next;
    EXPECT_EQ(code_of(file + blocks.file().substr(head)), "limit.members");
}

} // namespace sekisho
