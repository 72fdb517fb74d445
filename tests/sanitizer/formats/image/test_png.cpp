// PNG: the same picture comes out, and nothing but the picture.
#include <gtest/gtest.h>

#include <zlib.h>

#include "sanitizer/formats/image/icc.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

Result<Type> run(Bench& bench, View input) {
    auto type = bench.run(image::png, Type::png, input);
    if (type) {
        const auto proof = verify::png(MemorySource(bench.out.bytes()), bench.context.limits());
        EXPECT_TRUE(proof) << to_line(proof.error());
    }
    return type;
}

std::string icc_content(const std::string& profile) {
    std::string packed(compressBound(profile.size()), '\0');
    uLongf size = packed.size();
    Bytes out(packed.size());
    compress2(out.data(), &size, as_view(profile).data(), profile.size(), 9);
    out.resize(size);
    return std::string("name\0\0", 6) + std::string(as_text(out));
}

std::string wide_profile() {
    image::Profile profile;
    profile.version = 4;
    profile.white = {0xF6D6, 0x10000, 0xD32D};
    profile.adaptation = std::array<std::int32_t, 9>{68674, 1502, -3290, 1939, 64912, -1119, -605, 988, 49262};
    profile.colorants = {{{33760, 15808, -69}, {19156, 45363, 2744}, {10298, 4366, 68611}}};
    for (image::Curve& curve : profile.curves) {
        curve.parametric = true;
        curve.function = 3;
        curve.values = {157286, 62119, 3417, 5072, 2651};
    }
    return std::string(as_text(image::write_profile(profile)));
}

} // namespace

TEST(Png, EveryColourAndDepthStaysExactly) {
    const std::pair<unsigned, std::vector<unsigned>> kinds[] = {
        {0, {1, 2, 4, 8, 16}}, {2, {8, 16}}, {3, {1, 2, 4, 8}}, {4, {8, 16}}, {6, {8, 16}}};
    for (const auto& [colour, depths] : kinds)
        for (const unsigned depth : depths)
            for (const bool interlaced : {false, true}) {
                const Bytes input = tests::make_png({.depth = depth, .colour = colour, .interlaced = interlaced});
                Bench bench;
                ASSERT_TRUE(run(bench, input)) << colour << " " << depth;
                EXPECT_EQ(tests::decode_png(input), tests::decode_png(bench.out.bytes())) << colour << " " << depth;
                EXPECT_EQ(bench.out.bytes()[24], depth);
                EXPECT_EQ(bench.out.bytes()[25], colour);
                EXPECT_EQ(bench.out.bytes()[28], 0);
                EXPECT_TRUE(bench.report.entries().empty());
            }
}

TEST(Png, TransparencyGammaAndDensityStay) {
    const Bytes input = tests::make_png({.depth = 4,
                                         .colour = 3,
                                         .before = {{"tRNS", std::string("\x10\x20\xFF\x00", 4)},
                                                    {"pHYs", std::string("\0\0\x0B\x13\0\0\x0B\x13\1", 9)}}});
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(tests::decode_png(input), tests::decode_png(bench.out.bytes()));
    EXPECT_EQ(tests::png_chunks(bench.out.bytes()),
              (std::vector<std::string>{"IHDR", "PLTE", "tRNS", "pHYs", "IDAT", "IEND"}));
    const Bytes colours =
        tests::make_png({.before = {{"gAMA", std::string("\0\0\xB1\x8F", 4)}, {"sRGB", std::string(1, '\0')}}});
    Bench second;
    ASSERT_TRUE(run(second, colours));
    EXPECT_EQ(tests::png_chunks(second.out.bytes()),
              (std::vector<std::string>{"IHDR", "sRGB", "gAMA", "IDAT", "IEND"}));
}

TEST(Png, OtherChunksAreGone) {
    const Bytes input =
        tests::make_png({.before = {{"tEXt", std::string("Comment\0SECRET", 14)},
                                    {"iTXt", "SECRET"},
                                    {"eXIf", tests::exif_with_orientation(1, true).substr(6) + "SECRET"},
                                    {"acTL", std::string(8, '\1')},
                                    {"vpAg", "SECRET"},
                                    {"tIME", std::string(7, '\1')}},
                         .after = {{"fdAT", "SECRET"}, {"zTXt", "SECRET"}}});
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(tests::png_chunks(bench.out.bytes()), (std::vector<std::string>{"IHDR", "IDAT", "IEND"}));
    EXPECT_EQ(as_text(bench.out.bytes()).find("SECRET"), std::string_view::npos);
    for (const Finding finding : {Finding::image_metadata, Finding::image_gps, Finding::image_comment,
                                  Finding::image_animation, Finding::image_unknown_chunk})
        EXPECT_TRUE(bench.found(finding)) << row_of(finding).code;
}

TEST(Png, BytesBehindTheEndAreGone) {
    Bytes input = tests::make_png({});
    for (const char letter : std::string_view("PK\x03\x04 evil")) input.push_back(static_cast<std::uint8_t>(letter));
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_TRUE(bench.found(Finding::image_trailing_data));
    EXPECT_EQ(as_text(bench.out.bytes()).find("evil"), std::string_view::npos);
}

TEST(Png, ProfilesAreWrittenAnewOrDropped) {
    Bench kept;
    ASSERT_TRUE(run(kept, tests::make_png({.before = {{"iCCP", icc_content(wide_profile())}}})));
    EXPECT_EQ(tests::png_chunks(kept.out.bytes())[1], "iCCP");
    EXPECT_FALSE(kept.found(Finding::image_icc));
    Bench dropped;
    ASSERT_TRUE(run(dropped, tests::make_png({.before = {{"iCCP", icc_content("nonsense")}}})));
    EXPECT_EQ(tests::png_chunks(dropped.out.bytes())[1], "IDAT");
    EXPECT_TRUE(dropped.found(Finding::image_icc));
}

TEST(Png, DamageIsRefused) {
    const Bytes input = tests::make_png({});
    const std::size_t data = as_text(input).find("IDAT");
    Bytes wrong_crc = input;
    wrong_crc[data + 20] ^= 1;
    Bytes cut = input;
    cut.resize(data + 20);
    Bytes critical = tests::make_png({.before = {{"ABCD", "x"}}});
    const std::pair<Bytes, Reason> cases[] = {{wrong_crc, Reason::input_damaged},
                                              {cut, Reason::input_short},
                                              {critical, Reason::image_unsupported},
                                              {to_bytes("\x89PNG\r\n\x1A\n"), Reason::input_short},
                                              {to_bytes("hello"), Reason::input_damaged}};
    for (const auto& [bytes, reason] : cases) {
        Bench bench;
        const auto type = run(bench, bytes);
        ASSERT_FALSE(type);
        EXPECT_EQ(reason_of(type.error()), reason);
    }
}

TEST(Png, SizesAreCheckedBeforeDecoding) {
    Limits limits;
    limits.pixels_one = 500;
    Bench bench(Level::rebuild, limits);
    const auto type = run(bench, tests::make_png({}));
    ASSERT_FALSE(type);
    EXPECT_EQ(reason_of(type.error()), Reason::limit_pixels);
}

TEST(Png, MorePixelsThanMemoryStreamThrough) {
    Limits limits;
    limits.bytes_in_memory = 10'000;
    const Bytes input = tests::make_png({.width = 300, .height = 200});
    Bench bench(Level::rebuild, limits);
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(tests::decode_png(input), tests::decode_png(bench.out.bytes()));
    Bench interlaced(Level::rebuild, limits);
    const auto refused = run(interlaced, tests::make_png({.width = 300, .height = 200, .interlaced = true}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::limit_memory);
}

TEST(Png, EveryPrefixAndEveryChangedByteIsHandled) {
    const Bytes input =
        tests::make_png({.width = 9, .height = 9, .before = {{"gAMA", std::string("\0\0\xB1\x8F", 4)}}});
    for (std::size_t at = 0; at < input.size(); ++at) {
        Bench prefix;
        (void)run(prefix, View(input).first(at));
        Bytes changed = input;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ 0x5A);
        Bench bench;
        const auto type = run(bench, changed);
        EXPECT_TRUE(type || reason_of(type.error()) != Reason::internal);
    }
}

TEST(Png, CorpusPicturesLookTheSame) {
    for (const std::string& path : tests::corpus_files(".png")) {
        const Bytes input = tests::read_whole(path);
        Bench bench;
        const auto type = run(bench, input);
        if (!type) {
            EXPECT_EQ(row_of(reason_of(type.error())).kind, ErrorKind::reject) << path;
            std::printf("refused %s: %s\n", path.c_str(), to_line(type.error()).c_str());
            continue;
        }
        if (bench.found(Finding::image_icc)) continue; // libpng would use the profile
        EXPECT_EQ(tests::decode_png(input), tests::decode_png(bench.out.bytes())) << path;
    }
}

} // namespace sekisho
