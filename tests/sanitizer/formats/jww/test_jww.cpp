#include <gtest/gtest.h>

#include "sanitizer/formats/jww/jww.h"
#include "sanitizer/verify/jww/jww.h"
#include "tests/sanitizer/samples/jww.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using Drawing = tests::JwwSample;

std::unique_ptr<tests::Bench> last;

std::string rebuilt(std::string_view input) {
    last = std::make_unique<tests::Bench>();
    const auto type = last->run(jww::rebuild, Type::jww, as_view(input));
    if (!type) return type.error().code;
    const auto good = verify::jww(MemorySource(last->out.bytes()), {});
    EXPECT_TRUE(good) << good.error().code;
    return std::string(as_text(last->out.bytes()));
}
bool found(Finding finding) {
    return last->found(finding);
}
bool found_nothing() {
    return last->report.entries().empty();
}
bool verified(const std::string& output) {
    return verify::jww(MemorySource(as_view(output)), {}).has_value();
}

// One of each class, a block and its use.
std::string whole(std::uint32_t version) {
    Drawing drawing(version);
    drawing.count(9);
    drawing.line();
    drawing.line();
    drawing.arc();
    drawing.point(1);
    drawing.point(100);
    // NEC and IBM characters, a private-use character (gaiji), a second byte that is a backslash, half-width kana.
    drawing.words("\x8f\x5a\x96\xaf\x95\x5c \x87\x40\xfb\xfc\xf0\x40\xb1 " + std::string(300, 'x'));
    drawing.dimension("1,500");
    drawing.solid(10);
    drawing.insert(7);
    drawing.count(1);
    drawing.block(7, 2);
    drawing.line();
    drawing.solid(3);
    drawing.end();
    return drawing.file();
}

std::string one_text(std::string_view words) {
    Drawing drawing(700);
    drawing.count(2);
    drawing.words(words);
    drawing.line();
    drawing.count(0);
    drawing.end();
    return drawing.file();
}

std::string only_line() {
    Drawing drawing(700);
    drawing.count(1);
    drawing.line();
    drawing.count(0);
    drawing.end();
    return drawing.file();
}

} // namespace

TEST(Jww, DrawingsOfAllVersionsStayAsTheyAre) {
    for (const std::uint32_t version : {230U, 300U, 351U, 420U, 600U, 700U}) {
        EXPECT_EQ(rebuilt(whole(version)), whole(version)) << version;
        EXPECT_TRUE(found_nothing()) << version;
    }
    for (const std::uint32_t version : {0U, 229U, 231U, 299U, 701U, 0xFFFFFFFFU})
        EXPECT_FALSE(rebuilt(Drawing(version).file()).starts_with("JwwData.")) << version;
}

TEST(Jww, TextInUnicodeStays) {
    Drawing drawing(700);
    drawing.count(1);
    drawing.object("CDataMoji");
    drawing.base();
    drawing.reals(4);
    drawing.numbers(1);
    drawing.reals(4);
    drawing.text("");
    drawing.out.text("\xff\xfe\xff\x03");
    drawing.out.u16le(0x9089);
    drawing.out.u16le(0xDB40); // a variation selector
    drawing.out.u16le(0xDD00);
    drawing.count(0);
    drawing.end();
    EXPECT_EQ(rebuilt(drawing.file()), drawing.file());
    EXPECT_TRUE(found_nothing());
}

// T12: a text that begins so loads the picture of that path when the drawing is opened.
TEST(Jww, TextsThatLoadFilesGo) {
    for (const char* words : {"^@BM\\\\evil\\share\\a.bmp,100,50", "^@BM%temp%a.bmp,1,1", "x^@BMa", "^@BZa"}) {
        EXPECT_EQ(rebuilt(one_text(words)).find("^@B"), std::string::npos);
        EXPECT_EQ(last->out.bytes().size(), only_line().size()) << words;
        EXPECT_TRUE(found(Finding::jww_external)) << words;
        EXPECT_FALSE(verified(one_text(words))) << words;
    }
    Drawing drawing(700);
    drawing.count(1);
    drawing.dimension("^@BMevil");
    drawing.count(0);
    drawing.end();
    const std::string out = rebuilt(drawing.file());
    EXPECT_EQ(out.find("evil"), std::string::npos);
    EXPECT_TRUE(found(Finding::jww_external));
    EXPECT_EQ(rebuilt(out), out);
}

// T12
TEST(Jww, PicturesAndWhatFollowsGo) {
    std::string pictures = only_line();
    pictures.replace(pictures.size() - 4, 4, std::string("\1\0\0\0\5a.bmp\4\0\0\0evil", 17));
    EXPECT_EQ(rebuilt(pictures), only_line());
    EXPECT_TRUE(found(Finding::jww_picture));
    EXPECT_EQ(rebuilt(only_line() + "evil"), only_line());
    EXPECT_TRUE(found(Finding::jww_trailing));
    EXPECT_FALSE(verified(pictures));
    EXPECT_FALSE(verified(only_line() + "evil"));
}

TEST(Jww, ControlsAndReversedTextGo) {
    const std::string out = rebuilt(one_text("a\x1b[2J\r\nb"));
    EXPECT_NE(out.find("a[2Jb"), std::string::npos);
    EXPECT_TRUE(found(Finding::cad_text));
    EXPECT_FALSE(verified(one_text("a\x1b")));
}

TEST(Jww, WhatIsNotListedIsRefused) {
    Drawing drawing(700);
    drawing.count(1);
    drawing.object("CDataEvil");
    drawing.base();
    EXPECT_EQ(rebuilt(drawing.file()), "cad.damaged");
    Drawing nested(700);
    nested.count(1);
    nested.block(1, 0);
    EXPECT_EQ(rebuilt(nested.file()), "cad.damaged");
    Drawing again(700);
    again.count(2);
    again.line();
    again.out.u16le(2); // the first line once more
    EXPECT_EQ(rebuilt(again.file()), "cad.damaged");
    Drawing foreign(700);
    foreign.count(1);
    foreign.words("\x81"); // half a character
    EXPECT_EQ(rebuilt(foreign.file()), "text.charset");
}

TEST(Jww, BlocksThatMultiplyAreRefused) {
    Drawing bomb(700);
    bomb.count(1);
    bomb.insert(0);
    bomb.count(12);
    for (std::uint32_t level = 0; level < 12; ++level) {
        bomb.block(level, 10);
        for (int i = 0; i < 10; ++i) {
            if (level == 11)
                bomb.line();
            else
                bomb.insert(level + 1);
        }
    }
    bomb.end();
    EXPECT_EQ(rebuilt(bomb.file()), "cad.nesting");
    Drawing circle(700);
    circle.count(0);
    circle.count(1);
    circle.block(1, 1);
    circle.insert(1);
    circle.end();
    EXPECT_EQ(rebuilt(circle.file()), "cad.nesting");
}

TEST(Jww, DamagedOnesAreRefused) {
    for (const std::uint32_t version : {230U, 700U}) {
        const std::string file = whole(version);
        const std::size_t end = version == 700 ? 4 : 0; // the count of pictures may be missing
        for (std::size_t size = 0; size < file.size() - end; size += size < 200 || size + 2000 > file.size() ? 1 : 97)
            EXPECT_FALSE(rebuilt(file.substr(0, size)).starts_with("JwwData.")) << version << " " << size;
    }
    Drawing many(700);
    many.out.u16le(0xFFFF);
    many.out.u32le(1'000'000);
    EXPECT_EQ(rebuilt(many.file()), "input.short");
}

TEST(Jww, MillionsOfObjectsReachALimit) {
    Drawing many(700);
    many.out.u16le(0xFFFF);
    many.out.u32le(2'100'000);
    many.line();
    EXPECT_EQ(rebuilt(many.file()), "limit.members");
}

TEST(Jww, TheVerifierSeesItWithoutUs) {
    EXPECT_TRUE(verified(whole(700)));
    EXPECT_TRUE(verified(whole(230)));
    for (std::size_t size = 0; size < only_line().size(); size += 13)
        EXPECT_FALSE(verified(only_line().substr(0, size)));
    Drawing endless(700);
    endless.count(1);
    endless.object("CDataSen");
    endless.base();
    endless.reals(3);
    endless.real(1.0 / 0.0);
    endless.count(0);
    endless.end();
    EXPECT_FALSE(verified(endless.file()));
    EXPECT_TRUE(verified(rebuilt(endless.file())));
}

TEST(Jww, ItsWordsAreALineEachInTheirOrder) {
    const auto words_of = [](std::string_view input) {
        tests::Bench bench(Level::text);
        const auto made = bench.run(jww::text, Type::jww, as_view(input));
        return made ? std::string(as_text(bench.out.bytes())) : made.error().code;
    };
    Drawing drawing(700);
    drawing.count(3);
    drawing.words("\x8f\x5a\x96\xaf");
    drawing.dimension("1,500");
    drawing.words("last");
    drawing.count(0);
    drawing.end();
    EXPECT_EQ(words_of(drawing.file()), "住民\n1,500\nlast\n");
    EXPECT_EQ(words_of(only_line()), "\n");
    EXPECT_EQ(words_of(one_text("^@BMevil.bmp,1,1")), "\n") << "what loads a file is no text";
    EXPECT_EQ(words_of("JwwData."), rebuilt("JwwData."));
}

} // namespace sekisho
