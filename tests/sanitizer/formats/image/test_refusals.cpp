// What is refused, and what of it the receipt says.
#include <gtest/gtest.h>

#include <zlib.h>

#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/image/jpeg_encode.h"
#include "sanitizer/formats/image/png_animation.h"
#include "sanitizer/formats/image/png_encode.h"
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

std::string numbers(std::initializer_list<std::uint32_t> values) {
    ByteWriter writer;
    for (const std::uint32_t value : values) writer.u32be(value);
    return std::string(as_text(writer.bytes()));
}

std::string header(std::uint32_t width, std::uint32_t height, const char* rest) {
    return numbers({width, height}) + std::string(rest, 5);
}

// A file from its chunks; the checksums are right.
Bytes png_of(const std::vector<std::pair<std::string, std::string>>& chunks) {
    std::string file = "\x89PNG\r\n\x1A\n";
    for (const auto& [type, content] : chunks) file += tests::png_chunk(type, content);
    return to_bytes(file);
}

std::string packed(const std::string& rows) {
    Bytes out(compressBound(rows.size()));
    uLongf size = out.size();
    compress2(out.data(), &size, as_view(rows).data(), rows.size(), 9);
    return std::string(as_text(View(out).first(size)));
}

std::string code_of(const Result<Type>& type) {
    return type ? "delivered" : type.error().code;
}

std::string code_of(Result<Type> (*format)(Job&), View input, const Limits& limits = {}) {
    Bench bench(Level::rebuild, limits);
    return code_of(bench.run(format, Type::unknown, input));
}

std::string frame(std::uint32_t sequence, std::uint32_t width, std::uint32_t height) {
    return numbers({sequence, width, height, 0, 0}) + std::string("\0\1\0\1\0\0", 6);
}

} // namespace

TEST(PngRefusals, ChunksThatContradictTheFormat) {
    const std::string grey = header(2, 2, "\x08\0\0\0\0"), colours = header(2, 2, "\x08\3\0\0\0");
    const std::string grey_rows = packed(std::string(6, '\0')), three("\1\2\3\4\5\6", 6);
    const std::pair<std::string, std::string> data{"IDAT", grey_rows}, end{"IEND", ""};
    EXPECT_EQ(code_of(image::png, png_of({{"IHDR", grey}, data, end})), "delivered");
    EXPECT_EQ(code_of(image::png, png_of({{"IHDR", colours}, {"PLTE", three}, data, end})), "delivered");
    struct Row {
        const char* what;
        std::vector<std::pair<std::string, std::string>> chunks;
    };
    for (const Row& row :
         {Row{"another chunk in the place of the header", {{"tEXt", grey}, data, end}},
          Row{"no width", {{"IHDR", header(0, 2, "\x08\0\0\0\0")}, data, end}},
          Row{"a depth that the colour does not have", {{"IHDR", header(2, 2, "\x04\2\0\0\0")}, data, end}},
          Row{"a way of packing that does not exist", {{"IHDR", header(2, 2, "\x08\0\1\0\0")}, data, end}},
          Row{"a way of filtering that does not exist", {{"IHDR", header(2, 2, "\x08\0\0\1\0")}, data, end}},
          Row{"a header with a byte too many", {{"IHDR", grey + "x"}, data, end}},
          Row{"a name with a digit", {{"IHDR", grey}, {"te1t", "x"}, data, end}},
          Row{"a palette of a colour and a third", {{"IHDR", colours}, {"PLTE", "abcd"}, data, end}},
          Row{"two palettes", {{"IHDR", colours}, {"PLTE", three}, {"PLTE", three}, data, end}},
          Row{"a palette in a grey picture", {{"IHDR", grey}, {"PLTE", three}, data, end}},
          Row{"no palette", {{"IHDR", colours}, data, end}}, Row{"no pixels", {{"IHDR", grey}, end}},
          Row{"pixels with something in between", {{"IHDR", grey}, data, {"tEXt", "x"}, {"IDAT", "x"}, end}},
          Row{"a profile larger than any", {{"IHDR", grey}, {"iCCP", std::string((1U << 20) + 1, 'x')}, data, end}}})
        EXPECT_EQ(code_of(image::png, png_of(row.chunks)), "input.damaged") << row.what;
}

TEST(PngRefusals, AChecksumThatIsWrong) {
    Bytes input = tests::make_png({});
    input[24 + 5] ^= 1; // of the header
    EXPECT_EQ(code_of(image::png, input), "input.damaged");
}

TEST(PngRefusals, AFrameBeyondTheMemory) {
    Limits limits;
    limits.bytes_in_memory = 10'000;
    const auto animated = [&](unsigned width, unsigned height, const std::string& behind) {
        const std::string rows(std::size_t{height} * (1 + 4 * width), '\0');
        return tests::make_png({.width = width,
                                .height = height,
                                .before = {{"acTL", numbers({2, 0})}, {"fcTL", frame(0, width, height)}},
                                .after = {{"fcTL", frame(1, width, height)},
                                          {"fdAT", numbers({2}) + packed(rows)},
                                          {"fdAT", numbers({3}) + behind}}});
    };
    EXPECT_EQ(code_of(image::png, animated(20, 10, ""), limits), "delivered");
    EXPECT_EQ(code_of(image::png, animated(300, 200, ""), limits), "limit.memory");
    EXPECT_EQ(code_of(image::png, animated(20, 10, std::string(20'000, 'x')), limits), "limit.memory");
}

TEST(PngRefusals, WhatTheReceiptSays) {
    Bytes endless = tests::make_png({});
    endless.resize(endless.size() - 12); // IEND
    Bench cut;
    EXPECT_EQ(code_of(cut.run(image::png, Type::png, endless)), "delivered");
    EXPECT_TRUE(cut.found(Finding::image_damaged));
    const std::string second_directory("II*\0\x08\0\0\0\0\0\x1A\0\0\0SECRET", 20);
    Bench small;
    EXPECT_EQ(code_of(small.run(image::png, Type::png, tests::make_png({.before = {{"eXIf", second_directory}}}))),
              "delivered");
    EXPECT_TRUE(small.found(Finding::image_thumbnail));
    EXPECT_EQ(as_text(small.out.bytes()).find("SECRET"), std::string_view::npos);
}

TEST(JpegRefusals, BytesBetweenSegmentsAreGone) {
    Bytes input = tests::make_jpeg({});
    const std::string_view stray = "SECRET";
    input.insert(input.begin() + static_cast<std::ptrdiff_t>(as_text(input).find("\xFF\xDB")), stray.begin(),
                 stray.end());
    Bench bench;
    EXPECT_EQ(code_of(bench.run(image::jpeg, Type::jpeg, input)), "delivered");
    EXPECT_TRUE(bench.found(Finding::image_unknown_chunk));
    EXPECT_FALSE(bench.found(Finding::image_damaged));
    EXPECT_EQ(as_text(bench.out.bytes()).find(stray), std::string_view::npos);
}

TEST(JpegRefusals, ColoursWithoutAMeaning) {
    // 8 by 8, one block in each of two components.
    ByteWriter input;
    input.raw(*from_hex("ffd8ffdb004300"));
    for (int i = 0; i < 64; ++i) input.u8(1);
    input.raw(*from_hex("ffc0000e080008000802011100021100"
                        "ffc400140001000000000000000000000000000000"
                        "00"
                        "ffc400151001010000000000000000000000000000"
                        "000d"
                        "ffda000a0201000200003f00"
                        "0f"
                        "ffd9"));
    EXPECT_EQ(code_of(image::jpeg, input.bytes()), "image.unsupported");
}

TEST(JpegRefusals, TurningNeedsTheWholePictureInMemory) {
    Limits limits;
    limits.bytes_in_memory = 100'000;
    for (const unsigned orientation : {1U, 6U}) {
        const Bytes input = tests::make_jpeg(
            {.width = 640, .height = 480, .segments = {{0xE1, tests::exif_with_orientation(orientation, false)}}});
        EXPECT_EQ(code_of(image::jpeg, input, limits), orientation == 1 ? "delivered" : "limit.memory");
    }
}

// The other rooms hand over what they decoded: what does not fit its size is never written.
TEST(PictureRefusals, PixelsThatDoNotFitTheirSize) {
    Bench bench;
    image::Picture picture;
    picture.width = picture.height = 2;
    picture.pixels = Bytes(11);
    const auto reason = [](const auto& done) { return done ? Reason::none : reason_of(done.error()); };
    EXPECT_EQ(reason(image::encode_jpeg(picture, bench.context)), Reason::internal);
    EXPECT_EQ(reason(image::encode_png(picture, bench.context, bench.out)), Reason::internal);
    picture.samples = 0;
    picture.pixels = Bytes(4);
    EXPECT_EQ(reason(image::encode_png(picture, bench.context, bench.out)), Reason::internal);
    image::AnimationWriter writer(2, 2, bench.context, bench.out);
    EXPECT_EQ(reason(writer.add(Bytes(15), 0)), Reason::internal);
}

TEST(PictureRefusals, SizesAndProfiles) {
    Bench bench;
    Limits limits;
    limits.bytes_in_memory = 1000;
    image::Picture picture;
    const auto code = [&](std::uint32_t width, std::uint32_t height) {
        picture.width = width;
        picture.height = height;
        const auto done = image::reserve_pixels(picture, limits);
        return done ? "" : done.error().code;
    };
    EXPECT_EQ(code(10, 10), "");
    EXPECT_EQ(code(0, 10), "input.damaged");
    EXPECT_EQ(code(100, 10), "limit.memory");
    image::take_profile(picture, as_view("nonsense"), bench.context);
    EXPECT_TRUE(bench.found(Finding::image_icc));
    EXPECT_FALSE(picture.profile);
}

} // namespace sekisho
