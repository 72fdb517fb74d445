// GIF: frames, delays, loops and transparency stay; nothing else does.
#include <gtest/gtest.h>

#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

Result<Type> run(Bench& bench, View input) {
    auto type = bench.run(raster::gif, Type::gif, input);
    if (type) {
        const auto proof = verify::gif(MemorySource(bench.out.bytes()), bench.context.limits());
        EXPECT_TRUE(proof) << to_line(proof.error());
    }
    return type;
}

bool has(const Bytes& bytes, std::string_view text) {
    return as_text(bytes).find(text) != std::string_view::npos;
}

const std::string frames = "-delay 20 \\( +clone -negate \\) \\( +clone -flip -repage 64x48+0+0 \\) -loop 3";

} // namespace

TEST(Gif, AnAnimationStaysWhatItIs) {
    for (const std::string& options : {std::string(), std::string("-interlace GIF"), std::string("-layers optimize")}) {
        const Bytes input = tests::make(frames + " " + options, "gif");
        Bench bench;
        ASSERT_TRUE(run(bench, input)) << options;
        EXPECT_EQ(tests::difference(tests::look(input, "gif"), tests::look(bench.out.bytes(), "gif")), 0);
        const std::string_view loop("NETSCAPE2.0\3\1\2\0\0", 16);
        EXPECT_TRUE(has(bench.out.bytes(), loop));
        EXPECT_TRUE(has(bench.out.bytes(), std::string_view("\x21\xF9\4", 3)));
    }
}

TEST(Gif, TransparencyStays) {
    const Bytes input = tests::make("-transparent '#102030'", "gif");
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    const tests::Seen seen = tests::look(bench.out.bytes(), "gif");
    EXPECT_EQ(tests::difference(tests::look(input, "gif"), seen), 0);
    EXPECT_EQ(seen.pixels.at(3), 0);
}

TEST(Gif, CommentsAndOtherBlocksGo) {
    const Bytes input =
        tests::make_gif(std::string("\x21\xFE\7<script\0", 11) + std::string("\x21\xFF\x0BXMP DataXMP\3GPS\0", 19) +
                            std::string("\x21\xFF\x0BMYPAYLOAD12\4evil\0", 20),
                        "PK\3\4 a program");
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_TRUE(bench.found(Finding::image_comment));
    EXPECT_TRUE(bench.found(Finding::image_metadata));
    EXPECT_TRUE(bench.found(Finding::image_unknown_chunk));
    EXPECT_TRUE(bench.found(Finding::image_trailing_data));
    for (const std::string_view text : {"<script", "GPS", "evil", "PK\3\4", "program", "XMP"})
        EXPECT_FALSE(has(bench.out.bytes(), text)) << text;
    EXPECT_EQ(tests::difference(tests::look(input, "gif"), tests::look(bench.out.bytes(), "gif")), 0);
}

TEST(Gif, ColoursThatNoPixelHasGo) {
    Bench bench;
    ASSERT_TRUE(run(bench, tests::make_gif("", "")));
    EXPECT_TRUE(bench.found(Finding::image_palette));
    EXPECT_FALSE(has(bench.out.bytes(), "xyz"));
}

TEST(Gif, ASecondTimeNothingIsFound) {
    Bench first;
    ASSERT_TRUE(run(first, tests::make(frames, "gif")));
    Bench second;
    ASSERT_TRUE(run(second, first.out.bytes()));
    EXPECT_TRUE(second.report.entries().empty());
    EXPECT_EQ(first.out.bytes(), second.out.bytes());
}

TEST(Gif, ACutFileKeepsWhatWasThere) {
    const Bytes input = tests::make(frames, "gif");
    Bench bench;
    ASSERT_TRUE(run(bench, View(input).first(input.size() / 2)));
    EXPECT_TRUE(bench.found(Finding::image_damaged));
    Bench nothing;
    EXPECT_EQ(reason_of(run(nothing, View(input).first(20)).error()), Reason::input_short);
}

TEST(Gif, BombsEndBeforeTheyAreDecoded) {
    Bytes input = tests::make_gif("", "");
    // The frame's size: 65535 x 65535.
    for (std::size_t at = 25 + 5; at < 25 + 9; ++at) input[at] = 0xFF;
    Bench large;
    EXPECT_EQ(reason_of(run(large, input).error()), Reason::limit_pixels);
    Bytes screen = tests::make_gif("", ""); // a small frame on a screen of 65535 x 65535
    for (std::size_t at = 6; at < 10; ++at) screen[at] = 0xFF;
    Bench wide;
    EXPECT_EQ(reason_of(run(wide, screen).error()), Reason::limit_pixels);
    const Bytes one = tests::make_gif("", "");
    std::string many(as_text(one));
    const std::string frame = many.substr(25, 16);
    many.pop_back();
    Limits limits;
    limits.members = 1000;
    for (int i = 0; i < 2000; ++i) many += frame;
    Bench bench(Level::rebuild, limits);
    EXPECT_EQ(reason_of(run(bench, as_view(many + ";")).error()), Reason::limit_members);
}

TEST(Gif, FilesThatContradictTheFormat) {
    const std::string good(as_text(tests::make_gif("", "")));
    constexpr std::size_t flags_at = 10, palette_at = 13, palette_size = 12, frame_at = 25;
    std::string other = good, narrow = good, outside = good, colourless = good;
    other[4] = '8'; // GIF88a
    narrow[frame_at + 5] = 0;
    outside[frame_at + 1] = outside[frame_at + 2] = '\xFF';
    colourless[flags_at] = 0;
    colourless.erase(palette_at, palette_size);
    struct Row {
        const char* what;
        std::string file;
    };
    for (const Row& row : {Row{"another version", other}, Row{"no frame", good.substr(0, frame_at) + ";"},
                           Row{"a frame without a width", narrow}, Row{"only a frame outside of every screen", outside},
                           Row{"no colours", colourless}}) {
        Bench bench;
        const auto type = run(bench, as_view(row.file));
        EXPECT_EQ(type ? "delivered" : type.error().code, "input.damaged") << row.what;
    }
}

TEST(Gif, EveryFileOfTheCorpus) {
    for (const std::string& path : tests::corpus_files(".gif")) {
        const Bytes input = tests::read_whole(path);
        Bench bench;
        ASSERT_TRUE(run(bench, input)) << path;
        constexpr std::size_t small = 3000; // ImageMagick takes its time
        if (input.size() > small) continue;
        EXPECT_EQ(tests::difference(tests::look(input, "gif"), tests::look(bench.out.bytes(), "gif")), 0) << path;
    }
}

// Whatever byte of an output is changed, it is refused or it is a colour, a place or a time.
TEST(Gif, TheVerifierReadsEveryByte) {
    Bench bench;
    ASSERT_TRUE(run(bench, tests::make_gif("", "")));
    const Bytes good = bench.out.bytes();
    const Limits limits;
    const auto refused = [&](Bytes bytes) { return !verify::gif(MemorySource(bytes), limits); };
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_TRUE(refused(longer));
    EXPECT_TRUE(refused(Bytes(good.begin(), good.end() - 1)));
    Bytes comment(good.begin(), good.end() - 1);
    for (const char c : std::string_view("\x21\xFE\4evil\0;", 9)) comment.push_back(static_cast<std::uint8_t>(c));
    EXPECT_TRUE(refused(comment));
    for (std::size_t at = good.size() - 2; at < good.size(); ++at) { // the end of the data and of the file
        Bytes changed = good;
        changed[at] ^= 0x80;
        EXPECT_TRUE(refused(changed)) << at;
    }
}

} // namespace sekisho
