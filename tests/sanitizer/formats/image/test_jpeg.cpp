// JPEG: the same picture comes out, and nothing but the picture.
#include <algorithm>

#include <gtest/gtest.h>

#include "sanitizer/formats/image/exif.h"
#include "sanitizer/formats/image/icc.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;
using tests::JpegRecipe;
using tests::Pixels;

constexpr int app0 = 0xE0;
constexpr int app1 = 0xE1;
constexpr int app2 = 0xE2;
constexpr int comment = 0xFE;

// Runs the format; the output, if any, must pass the verifier.
Result<Type> run(Bench& bench, View input) {
    auto type = bench.run(image::jpeg, Type::jpeg, input);
    if (type) {
        const auto proof = verify::jpeg(MemorySource(bench.out.bytes()), bench.context.limits());
        EXPECT_TRUE(proof) << to_line(proof.error());
    }
    return type;
}

// The pixel of `from` that an upright viewer shows at (x, y) of a picture with this EXIF orientation.
Pixels upright(const Pixels& from, unsigned orientation) {
    Pixels to = from;
    if (orientation >= 5) std::swap(to.width, to.height);
    for (unsigned y = 0; y < to.height; ++y)
        for (unsigned x = 0; x < to.width; ++x) {
            const unsigned right = from.width - 1;
            const unsigned bottom = from.height - 1;
            const std::pair<unsigned, unsigned> places[] = {
                {x, y}, {right - x, y},  {right - x, bottom - y}, {x, bottom - y},
                {y, x}, {y, bottom - x}, {right - y, bottom - x}, {right - y, x}};
            const auto [sx, sy] = places[orientation - 1];
            for (unsigned s = 0; s < from.samples; ++s)
                to.data[(std::size_t{y} * to.width + x) * from.samples + s] =
                    from.data[(std::size_t{sy} * from.width + sx) * from.samples + s];
        }
    return to;
}

int largest_difference(const Pixels& a, const Pixels& b) {
    if (a.width != b.width || a.height != b.height || a.samples != b.samples) return 999;
    int largest = 0;
    for (std::size_t i = 0; i < a.data.size(); ++i) largest = std::max(largest, std::abs(a.data[i] - b.data[i]));
    return largest;
}

unsigned orientation_of(View jpeg) {
    const std::string_view head = as_text(jpeg.first(std::min<std::size_t>(jpeg.size(), 65536)));
    const std::size_t at = head.find(std::string_view("Exif\0\0", 6));
    return at == std::string_view::npos ? 1 : image::parse_exif(jpeg.subspan(at + 6)).orientation;
}

std::string srgb_like_profile(std::int32_t red_x) {
    image::Profile profile;
    profile.white = {0xF6D6, 0x10000, 0xD32D};
    profile.colorants = {{{red_x, 14582, 911}, {25239, 46983, 6365}, {9378, 3976, 46800}}};
    for (image::Curve& curve : profile.curves) curve.values = {563};
    return std::string(as_text(image::write_profile(profile)));
}

std::string icc_segment(const std::string& profile) {
    return std::string("ICC_PROFILE\0\1\1", 14) + profile;
}

} // namespace

TEST(Jpeg, PixelsStayExactly) {
    for (const unsigned samples : {1U, 3U, 4U})
        for (const bool progressive : {false, true})
            for (const unsigned sampling : {1U, 2U}) {
                const Bytes input = tests::make_jpeg({.width = 61,
                                                      .height = 45,
                                                      .samples = samples,
                                                      .sampling = sampling,
                                                      .progressive = progressive,
                                                      .ycck = sampling == 2,
                                                      .restart = 2});
                Bench bench;
                ASSERT_TRUE(run(bench, input));
                EXPECT_EQ(tests::decode_jpeg(input), tests::decode_jpeg(bench.out.bytes()));
                EXPECT_TRUE(bench.report.entries().empty());
            }
}

TEST(Jpeg, SegmentsAreGone) {
    const Bytes input =
        tests::make_jpeg({.segments = {{app1, tests::exif_with_orientation(1, true) + "SECRET"},
                                       {app1, std::string("http://ns.adobe.com/xap/1.0/\0<?xpacket SECRET", 46)},
                                       {app0, std::string("JFXX\0\x10SECRET", 12)},
                                       {app2, std::string("MPF\0SECRET", 10)},
                                       {0xEB, "SECRET"},
                                       {comment, "<?php SECRET"}}});
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(as_text(bench.out.bytes()).find("SECRET"), std::string_view::npos);
    for (const Finding finding : {Finding::image_metadata, Finding::image_gps, Finding::image_thumbnail,
                                  Finding::image_comment, Finding::image_unknown_chunk})
        EXPECT_TRUE(bench.found(finding)) << row_of(finding).code;
    EXPECT_EQ(tests::decode_jpeg(input), tests::decode_jpeg(bench.out.bytes()));
}

TEST(Jpeg, BytesBehindTheEndAreGone) {
    Bytes input = tests::make_jpeg({});
    const Bytes clean = input;
    for (const char letter : std::string_view("MZ evil PK\x03\x04")) input.push_back(static_cast<std::uint8_t>(letter));
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_TRUE(bench.found(Finding::image_trailing_data));
    EXPECT_EQ(as_text(bench.out.bytes()).find("evil"), std::string_view::npos);
    Bench without;
    ASSERT_TRUE(run(without, clean));
    EXPECT_FALSE(without.found(Finding::image_trailing_data));
    EXPECT_EQ(without.out.bytes(), bench.out.bytes());
}

TEST(Jpeg, OrientationIsBakedInExactlyWhereBlocksFit) {
    for (const unsigned samples : {1U, 3U})
        for (unsigned orientation = 1; orientation <= 8; ++orientation) {
            const Bytes input =
                tests::make_jpeg({.width = 64,
                                  .height = 32,
                                  .samples = samples,
                                  .segments = {{app1, tests::exif_with_orientation(orientation, false)}}});
            Bench bench;
            ASSERT_TRUE(run(bench, input));
            const Pixels expected = upright(tests::decode_jpeg(input), orientation);
            // The inverse cosine transform rounds a little differently when transposed.
            EXPECT_LE(largest_difference(expected, tests::decode_jpeg(bench.out.bytes())), 2) << orientation;
        }
}

TEST(Jpeg, OrientationIsBakedInThroughPixelsElsewhere) {
    for (unsigned orientation = 2; orientation <= 8; ++orientation) {
        const Bytes input = tests::make_jpeg(
            {.width = 59, .height = 37, .segments = {{app1, tests::exif_with_orientation(orientation, false)}}});
        Bench bench;
        ASSERT_TRUE(run(bench, input));
        const Pixels expected = upright(tests::decode_jpeg(input), orientation);
        EXPECT_LE(largest_difference(expected, tests::decode_jpeg(bench.out.bytes())), 24) << orientation;
        EXPECT_FALSE(bench.found(Finding::image_damaged));
    }
}

TEST(Jpeg, FourColoursKeepTheirMeaning) {
    const auto adobe = [](const Bytes& jpeg) {
        const auto markers = tests::jpeg_markers(jpeg);
        return std::ranges::find(markers, 0xEEU) != markers.end();
    };
    Bench plain;
    ASSERT_TRUE(run(plain, tests::make_jpeg({.samples = 4, .ycck = false})));
    EXPECT_FALSE(adobe(plain.out.bytes()));
    Bench ycck;
    ASSERT_TRUE(run(ycck, tests::make_jpeg({.samples = 4, .ycck = true})));
    EXPECT_TRUE(adobe(ycck.out.bytes()));
}

TEST(Jpeg, APlainProfileIsWrittenAnew) {
    const std::string profile = srgb_like_profile(40000);
    std::string hidden = profile;
    hidden[64] = 'X'; // a field that no reader needs
    Bench bench;
    ASSERT_TRUE(run(bench, tests::make_jpeg({.segments = {{app2, icc_segment(hidden)}}})));
    EXPECT_NE(as_text(bench.out.bytes()).find(profile), std::string_view::npos);
    EXPECT_FALSE(bench.found(Finding::image_icc));
}

TEST(Jpeg, OtherProfilesAreDropped) {
    std::string lut = srgb_like_profile(40000);
    lut.replace(16, 4, "CMYK");
    for (const std::string& profile : {lut, std::string("nonsense"), std::string()}) {
        Bench bench;
        ASSERT_TRUE(run(bench, tests::make_jpeg({.segments = {{app2, icc_segment(profile)}}})));
        EXPECT_TRUE(bench.found(Finding::image_icc));
        EXPECT_EQ(as_text(bench.out.bytes()).find("ICC_PROFILE"), std::string_view::npos);
    }
}

TEST(Jpeg, ACutPictureShowsWhatIsThere) {
    Bytes input = tests::make_jpeg({.width = 320, .height = 240, .sampling = 1});
    input.resize(input.size() / 2);
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_TRUE(bench.found(Finding::image_damaged));
    const Pixels out = tests::decode_jpeg(bench.out.bytes());
    EXPECT_EQ(out.width, 320U);
    EXPECT_LE(std::abs(out.data[0] - tests::decode_jpeg(input).data[0]), 6);
}

TEST(Jpeg, AMissingEndIsRepairedWithoutLoss) {
    Bytes input = tests::make_jpeg({});
    const Pixels before = tests::decode_jpeg(input);
    input.resize(input.size() - 2);
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(tests::decode_jpeg(bench.out.bytes()), before);
}

TEST(Jpeg, AQuantiserOfNoughtIsDamage) {
    Bytes input = tests::make_jpeg({});
    input[as_text(input).find("\xFF\xDB") + 5] = 0;
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_TRUE(bench.found(Finding::image_damaged));
}

TEST(Jpeg, CoefficientsThatNoScanCanHoldAreDamage) {
    // 8 by 8, grey, one block: DC nought, one AC value of 13 bits, end of block. Decodes without a warning.
    ByteWriter input;
    input.raw(*from_hex("ffd8ffdb004300"));
    for (int i = 0; i < 64; ++i) input.u8(1);
    input.raw(*from_hex("ffc0000b080008000801011100"
                        "ffc400140001000000000000000000000000000000"
                        "00"
                        "ffc400151001010000000000000000000000000000"
                        "000d"
                        "ffda0008010100003f00"
                        "5fff007f"
                        "ffd9"));
    Bench bench;
    ASSERT_TRUE(run(bench, input.bytes())); // and run() asks the verifier
    EXPECT_TRUE(bench.found(Finding::image_damaged));
}

TEST(Jpeg, SizesAreCheckedBeforeDecoding) {
    Limits limits;
    limits.pixels_one = 1000;
    Bench bench(Level::rebuild, limits);
    const auto type = bench.run(image::jpeg, Type::jpeg, tests::make_jpeg({}));
    ASSERT_FALSE(type);
    EXPECT_EQ(reason_of(type.error()), Reason::limit_pixels);
}

TEST(Jpeg, MorePixelsThanMemoryStreamThrough) {
    Limits limits;
    limits.bytes_in_memory = 100'000;
    const Bytes input = tests::make_jpeg({.width = 640, .height = 480});
    Bench bench(Level::rebuild, limits);
    ASSERT_TRUE(run(bench, input));
    EXPECT_LE(largest_difference(tests::decode_jpeg(input), tests::decode_jpeg(bench.out.bytes())), 16);
    Bench progressive(Level::rebuild, limits);
    const auto refused = run(progressive, tests::make_jpeg({.width = 640, .height = 480, .progressive = true}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::limit_memory);
}

TEST(Jpeg, AScanBombIsRefused) {
    const Bytes input = tests::make_jpeg({.width = 256, .height = 256, .progressive = true});
    // Repeats the last scan (with its table) often.
    const std::string_view text = as_text(input);
    std::size_t last = text.rfind("\xFF\xC4");
    const std::string scan(text.substr(last, text.size() - 2 - last));
    std::string bomb(text.substr(0, text.size() - 2));
    for (int i = 0; i < 300; ++i) bomb += scan;
    bomb += "\xFF\xD9";
    Bench bench;
    const auto type = run(bench, as_view(bomb));
    ASSERT_FALSE(type);
    EXPECT_TRUE(reason_of(type.error()) == Reason::image_scans || reason_of(type.error()) == Reason::input_damaged);
}

TEST(Jpeg, NonsenseIsRefused) {
    for (const std::string_view input : {std::string_view(""), std::string_view("\xFF\xD8"), std::string_view("hello"),
                                         std::string_view("\xFF\xD8\xFF\xD9")}) {
        Bench bench;
        const auto type = run(bench, as_view(input));
        ASSERT_FALSE(type);
        EXPECT_EQ(reason_of(type.error()), Reason::input_damaged);
    }
}

TEST(Jpeg, EveryPrefixAndEveryChangedByteIsHandled) {
    const Bytes input = tests::make_jpeg(
        {.width = 40, .height = 24, .progressive = true, .segments = {{app1, tests::exif_with_orientation(6, true)}}});
    for (std::size_t size = 0; size < input.size(); size += 3) {
        Bench bench;
        (void)run(bench, View(input).first(size));
    }
    for (std::size_t at = 0; at < input.size(); ++at) {
        Bytes changed = input;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ 0x5A);
        Bench bench;
        const auto type = run(bench, changed);
        EXPECT_TRUE(type || reason_of(type.error()) != Reason::internal);
    }
}

TEST(Jpeg, CorpusPhotosLookTheSame) {
    std::vector<std::string> paths = tests::corpus_files(".jpg");
    for (const std::string& path : tests::corpus_files(".jpeg")) paths.push_back(path);
    for (const std::string& path : paths) {
        const Bytes input = tests::read_whole(path);
        Bench bench;
        const auto type = run(bench, input);
        if (!type) {
            EXPECT_EQ(row_of(reason_of(type.error())).kind, ErrorKind::reject) << path;
            std::printf("refused %s: %s\n", path.c_str(), to_line(type.error()).c_str());
            continue;
        }
        if (bench.found(Finding::image_damaged)) continue;
        const Pixels before = tests::decode_jpeg(input);
        const Pixels after = tests::decode_jpeg(bench.out.bytes());
        ASSERT_FALSE(before.data.empty()) << path;
        const unsigned turned = orientation_of(input);
        EXPECT_LE(largest_difference(upright(before, turned), after), turned == 1 ? 0 : 24) << path;
    }
}

} // namespace sekisho
