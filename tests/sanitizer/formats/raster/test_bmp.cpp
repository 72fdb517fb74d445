// BMP by hand: what is refused, and what the receipt says of the rest.
#include <gtest/gtest.h>

#include "sanitizer/formats/raster/raster.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

// The header that Windows has written since 1990, or a longer one; rows without filler: 4 x 2 pixels of 24 bits.
struct Bmp {
    std::int32_t width = 4, height = 2;
    std::uint16_t bits = 24;
    std::uint32_t header = 40, compression = 0, gap = 0;
    std::string rest = std::string(84, '\0'); // of a longer header
    std::string rows = std::string(24, 'p');
    std::uint32_t pixels_at = 0; // 0: where they are

    Bytes file() const {
        const std::string more = rest.substr(0, header > 40 ? header - 40 : 0) + std::string(gap, 'S');
        ByteWriter out;
        out.text("BM");
        for (int i = 0; i < 2; ++i) out.u32le(0);
        out.u32le(pixels_at != 0 ? pixels_at : static_cast<std::uint32_t>(54 + more.size()));
        out.u32le(header);
        out.u32le(static_cast<std::uint32_t>(width));
        out.u32le(static_cast<std::uint32_t>(height));
        out.u16le(1);
        out.u16le(bits);
        out.u32le(compression);
        for (int i = 0; i < 5; ++i) out.u32le(0);
        out.text(more);
        out.text(rows);
        return out.take();
    }
};

std::string code_of(Bench& bench, const Bmp& bmp) {
    const auto type = bench.run(raster::bmp, Type::bmp, bmp.file());
    return type ? "delivered" : type.error().code;
}

std::string code_of(const Bmp& bmp) {
    Bench bench;
    return code_of(bench, bmp);
}

} // namespace

TEST(Bmp, HeadersThatContradictTheFormat) {
    EXPECT_EQ(code_of({}), "delivered");
    EXPECT_EQ(code_of({.header = 124}), "delivered");
    EXPECT_EQ(code_of({.width = -4}), "input.damaged");
    EXPECT_EQ(code_of({.height = 0}), "input.damaged");
    EXPECT_EQ(code_of({.pixels_at = 20}), "input.damaged") << "pixels within the header";
    EXPECT_EQ(code_of({.pixels_at = 10'000}), "input.damaged") << "pixels behind the end";
    EXPECT_EQ(code_of({.width = 1000, .height = 1}), "input.short") << "not even one row";
    EXPECT_EQ(code_of({.header = 128, .rest = std::string(88, '\0')}), "image.unsupported");
    EXPECT_EQ(code_of({.bits = 5}), "image.unsupported");
    EXPECT_EQ(code_of({.compression = 4}), "image.unsupported") << "a JPEG inside";
}

TEST(Bmp, WhatTheReceiptSays) {
    std::string linked(84, '\0');
    linked.replace(16, 4, "KNIL"); // a path to a profile in place of one
    Bench profile;
    EXPECT_EQ(code_of(profile, {.header = 124, .rest = linked}), "delivered");
    EXPECT_TRUE(profile.found(Finding::image_icc));
    Bench gap;
    EXPECT_EQ(code_of(gap, {.gap = 100}), "delivered");
    EXPECT_TRUE(gap.found(Finding::image_unknown_chunk));
}

} // namespace sekisho
