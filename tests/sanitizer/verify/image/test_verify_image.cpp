// The picture verifier against files that the sanitiser would never write.
#include <gtest/gtest.h>

#include <zlib.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/image/icc.h"
#include "sanitizer/verify/image/icc.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/image/samples.h"

namespace sekisho {

namespace {

Reason verdict(Result<> (*check)(const Source&, const Limits&), View input, const Limits& limits = {}) {
    const auto result = check(MemorySource(input), limits);
    return result ? Reason::none : reason_of(result.error());
}

Reason jpeg_verdict(View input) {
    return verdict(verify::jpeg, input);
}
Reason png_verdict(View input) {
    return verdict(verify::png, input);
}

Bytes with(Bytes bytes, std::size_t at, std::string_view inserted) {
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), inserted.begin(), inserted.end());
    return bytes;
}

std::size_t find(View bytes, std::string_view what) {
    return as_text(bytes).find(what);
}

} // namespace

TEST(VerifyJpeg, AcceptsPlainPictures) {
    for (const unsigned samples : {1U, 3U, 4U})
        EXPECT_EQ(jpeg_verdict(tests::make_jpeg(
                      {.width = 61, .height = 45, .samples = samples, .sampling = samples == 1 ? 1U : 2U})),
                  Reason::none);
}

TEST(VerifyJpeg, RefusesOtherSegments) {
    for (const int marker : {0xE1, 0xE3, 0xED, 0xFE})
        EXPECT_EQ(jpeg_verdict(tests::make_jpeg({.segments = {{marker, "x"}}})), Reason::verify_jpeg_marker);
    EXPECT_EQ(jpeg_verdict(tests::make_jpeg({.segments = {{0xE0, "JFXX"}}})), Reason::verify_jpeg_segment);
    EXPECT_EQ(jpeg_verdict(tests::make_jpeg({.segments = {{0xE2, "MPF"}}})), Reason::verify_jpeg_segment);
    EXPECT_EQ(jpeg_verdict(tests::make_jpeg({.progressive = true})), Reason::verify_jpeg_marker);
    EXPECT_EQ(jpeg_verdict(tests::make_jpeg({.restart = 1})), Reason::verify_jpeg_marker);
}

TEST(VerifyJpeg, RefusesBytesBehindTheEndAndBetween) {
    const Bytes good = tests::make_jpeg({});
    EXPECT_EQ(jpeg_verdict(with(good, good.size(), "x")), Reason::verify_jpeg_after_end);
    EXPECT_EQ(jpeg_verdict(with(good, good.size() - 2, "x")), Reason::verify_jpeg_data);
    EXPECT_EQ(jpeg_verdict(with(good, good.size() - 2, std::string_view("\xFF\x00", 2))), Reason::verify_jpeg_data);
    EXPECT_NE(jpeg_verdict(with(good, 2, "\xFF")), Reason::none);
}

TEST(VerifyJpeg, RefusesDataThatDoesNotDecodeExactly) {
    const Bytes good = tests::make_jpeg({.width = 200, .height = 200});
    Bytes taller = good;
    const std::size_t frame = find(good, "\xFF\xC0");
    taller[frame + 6] = static_cast<std::uint8_t>(taller[frame + 6] + 16);
    EXPECT_EQ(jpeg_verdict(taller), Reason::verify_jpeg_data);
    Bytes shorter = good;
    shorter[frame + 6] = static_cast<std::uint8_t>(shorter[frame + 6] - 16);
    EXPECT_EQ(jpeg_verdict(shorter), Reason::verify_jpeg_data);
    EXPECT_NE(jpeg_verdict(View(good).first(good.size() - 40)), Reason::none);
}

TEST(VerifyJpeg, RefusesBadTables) {
    Bytes zero = tests::make_jpeg({});
    zero[find(zero, "\xFF\xDB") + 5] = 0; // a quantiser of nought
    EXPECT_EQ(jpeg_verdict(zero), Reason::verify_jpeg_table);
    Bytes full = tests::make_jpeg({});
    const std::size_t counts = find(full, "\xFF\xC4") + 5; // of codes of 1, 2, 3 ... bits
    full[counts] = 2;                                      // two codes of one bit: none is left for more
    full[counts + 2] = static_cast<std::uint8_t>(full[counts + 2] - 2);
    EXPECT_EQ(jpeg_verdict(full), Reason::verify_jpeg_table);
}

TEST(VerifyJpeg, RefusesLargePictures) {
    Limits limits;
    limits.pixels_one = 100;
    EXPECT_EQ(verdict(verify::jpeg, tests::make_jpeg({}), limits), Reason::verify_picture_size);
}

TEST(VerifyJpeg, NoChangeOfAByteCrashes) {
    const Bytes good = tests::make_jpeg({.width = 24, .height = 24});
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const unsigned change : {0x01U, 0x80U, 0xFFU}) {
            Bytes changed = good;
            changed[at] = static_cast<std::uint8_t>(changed[at] ^ change);
            (void)jpeg_verdict(changed);
            (void)jpeg_verdict(View(changed).first(at));
        }
}

TEST(VerifyIcc, AcceptsOnlyTheOneShape) {
    image::Profile profile;
    profile.white = {0xF6D6, 0x10000, 0xD32D};
    for (image::Curve& curve : profile.curves) curve.values = {563};
    for (const std::uint8_t version : {std::uint8_t{2}, std::uint8_t{4}}) {
        profile.version = version;
        const Bytes good = image::write_profile(profile);
        EXPECT_TRUE(verify::check_icc(good, 3));
        EXPECT_FALSE(verify::check_icc(good, 1));
        EXPECT_FALSE(verify::check_icc(View(good).first(good.size() - 1), 3));
        std::size_t accepted = 0;
        for (std::size_t at = 0; at < good.size(); ++at) {
            Bytes changed = good;
            changed[at] = static_cast<std::uint8_t>(changed[at] ^ 0x55);
            accepted += verify::check_icc(changed, 3) ? 1U : 0U;
        }
        // Only the numbers are free: a white point, nine places, three gammas.
        EXPECT_EQ(accepted, 12U + 36U + 6U);
    }
    profile.grey = true;
    EXPECT_TRUE(verify::check_icc(image::write_profile(profile), 1));
    EXPECT_FALSE(verify::check_icc(Bytes(70'000), 3));
}

TEST(VerifyPng, AcceptsPlainPictures) {
    for (const unsigned colour : {0U, 2U, 3U, 4U, 6U})
        EXPECT_EQ(png_verdict(tests::make_png({.colour = colour})), Reason::none);
}

TEST(VerifyPng, RefusesOtherChunksAndOrders) {
    for (const char* type : {"tEXt", "eXIf", "fcTL", "fdAT", "vpAg", "ABCD"})
        EXPECT_EQ(png_verdict(tests::make_png({.before = {{type, "x"}}})), Reason::verify_png_chunk);
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"acTL", "x"}}})), Reason::verify_png_field);
    const std::string one_frame("\0\0\0\1\0\0\0\0", 8);
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"acTL", one_frame}}})), Reason::verify_png_chunk); // and no frame
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"acTL", one_frame}, {"fcTL", "x"}}})), Reason::verify_png_field);
    EXPECT_EQ(png_verdict(tests::make_png({.after = {{"gAMA", "1234"}}})), Reason::verify_png_chunk);
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"gAMA", "1234"}, {"gAMA", "1234"}}})), Reason::verify_png_chunk);
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"gAMA", "12345"}}})), Reason::verify_png_field);
    EXPECT_EQ(png_verdict(tests::make_png({.interlaced = true})), Reason::verify_png_field);
    EXPECT_EQ(png_verdict(tests::make_png({.before = {{"iCCP", "icc"}}})), Reason::verify_icc);
}

TEST(VerifyPng, RefusesDamage) {
    const Bytes good = tests::make_png({});
    const std::size_t data = find(good, "IDAT");
    Bytes crc = good;
    crc[data + 10] ^= 1;
    EXPECT_EQ(png_verdict(crc), Reason::verify_png_crc);
    EXPECT_EQ(png_verdict(with(good, good.size(), "x")), Reason::verify_png_after_end);
    EXPECT_EQ(png_verdict(tests::make_png({.after = {{"IDAT", "more"}}})), Reason::verify_png_data);
    EXPECT_NE(png_verdict(View(good).first(data - 4)), Reason::none);
}

TEST(VerifyPng, RefusesMoreOrFewerRowsThanTheHeaderSays) {
    const std::string good(as_text(tests::make_png({})));
    for (const int change : {1, -1}) {
        std::string header = good.substr(16, 13);
        header[7] = static_cast<char>(header[7] + change);
        const std::string other = good.substr(0, 8) + tests::png_chunk("IHDR", header) + good.substr(33);
        EXPECT_EQ(png_verdict(as_view(other)), Reason::verify_png_data);
    }
}

TEST(VerifyPng, RefusesAFilterThatDoesNotExist) {
    Bytes packed(100);
    uLongf size = packed.size();
    const Bytes rows = {5, 0, 0, 0};
    ASSERT_EQ(compress(packed.data(), &size, rows.data(), rows.size()), Z_OK);
    const std::string header("\0\0\0\1\0\0\0\1\x08\2\0\0\0", 13);
    const std::string png = std::string("\x89PNG\r\n\x1A\n", 8) + tests::png_chunk("IHDR", header) +
                            tests::png_chunk("IDAT", std::string(as_text(View(packed).first(size)))) +
                            tests::png_chunk("IEND", "");
    EXPECT_EQ(png_verdict(as_view(png)), Reason::verify_png_data);
}

} // namespace sekisho
