// TIFF: every page comes out, in the simplest form that shows the same.
#include <gtest/gtest.h>

#include <tiffio.h>

#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

Result<Type> run(Bench& bench, View input) {
    auto type = bench.run(raster::tiff, Type::tiff, input);
    if (type) {
        const auto proof = verify::tiff(MemorySource(bench.out.bytes()), bench.context.limits());
        EXPECT_TRUE(proof) << to_line(proof.error());
    }
    return type;
}

bool has(const Bytes& bytes, std::string_view text) {
    return as_text(bytes).find(text) != std::string_view::npos;
}

} // namespace

TEST(Tiff, EveryFormShowsTheSame) {
    const std::pair<const char*, int> forms[] = {{"-compress none", 0},
                                                 {"-compress zip", 0},
                                                 {"-compress lzw", 0},
                                                 {"-compress rle", 0},
                                                 {"-monochrome -compress group4", 0},
                                                 {"-monochrome -compress fax", 0},
                                                 {"-colorspace gray -compress lzw", 0},
                                                 {"-alpha off -colorspace gray -depth 4", 0},
                                                 {"-type palette -depth 8", 1},
                                                 {"-depth 16", 1},
                                                 {"-interlace plane", 0},
                                                 {"-define tiff:tile-geometry=16x16", 0},
                                                 {"-endian MSB", 0},
                                                 {"-alpha set -channel A -evaluate set 50% +channel", 2},
                                                 {"-compress jpeg -quality 90", 40}};
    for (const auto& [options, most] : forms) {
        const Bytes input = tests::make(options, "tif");
        Bench bench;
        ASSERT_TRUE(run(bench, input)) << options;
        EXPECT_LE(tests::difference(tests::look(input, "tif"), tests::look(bench.out.bytes(), "tif")), most) << options;
        Bench second;
        ASSERT_TRUE(run(second, bench.out.bytes())) << options;
        EXPECT_TRUE(second.report.entries().empty()) << options;
        EXPECT_EQ(second.out.bytes(), bench.out.bytes()) << options;
    }
}

TEST(Tiff, AllPagesStayInOrder) {
    const Bytes input = tests::make("\\( +clone -rotate 90 \\) \\( +clone -monochrome \\)", "tif");
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    const tests::Seen seen = tests::look(bench.out.bytes(), "tif");
    EXPECT_EQ(seen.sizes, "64x48 48x64 48x64 ");
    EXPECT_LE(tests::difference(tests::look(input, "tif"), seen), 0);
}

TEST(Tiff, OrientationIsBakedIn) {
    for (const char* const kind : {"", "-monochrome -compress group4"}) {
        const Bytes input = tests::make(std::string(kind) + " -orient RightTop", "tif");
        const Bytes upright = tests::make(std::string(kind) + " -rotate 90 -orient TopLeft", "tif");
        Bench bench;
        ASSERT_TRUE(run(bench, input));
        EXPECT_EQ(tests::difference(tests::look(upright, "tif"), tests::look(bench.out.bytes(), "tif")), 0) << kind;
    }
}

TEST(Tiff, InksBecomeColours) {
    for (const char* const depth : {"-depth 8", "-depth 16"}) {
        Bench bench;
        ASSERT_TRUE(run(bench, tests::make(std::string("-colorspace cmyk ") + depth, "tif")));
        EXPECT_LE(tests::difference(tests::look(tests::make("", "tif"), "tif"), tests::look(bench.out.bytes(), "tif")),
                  3);
    }
}

TEST(Tiff, RareFormsAreNoted) {
    for (const char* const options : {"-define tiff:tile-geometry=16x16", "-interlace plane"}) {
        Bench bench;
        ASSERT_TRUE(run(bench, tests::make(options, "tif")));
        EXPECT_TRUE(bench.found(Finding::image_tiff_form)) << options;
    }
    Bench big;
    ASSERT_TRUE(run(big, tests::make("", "tiff64")));
    EXPECT_TRUE(big.found(Finding::image_tiff_form));
}

TEST(Tiff, TextsPlaceAndPrivateTagsGo) {
    TIFF* const file = TIFFOpen("/tmp/raster-tags.tif", "w");
    ASSERT_NE(file, nullptr);
    TIFFSetField(file, TIFFTAG_IMAGEWIDTH, 8);
    TIFFSetField(file, TIFFTAG_IMAGELENGTH, 1);
    TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(file, TIFFTAG_IMAGEDESCRIPTION, "<script>alert(1)</script>");
    TIFFSetField(file, TIFFTAG_ARTIST, "Hanako of Room 7");
    TIFFSetField(file, TIFFTAG_PHOTOSHOP, 11, "8BIMpayload");
    TIFFSetField(file, TIFFTAG_XMLPACKET, 7, "<x:xmp>");
    std::string row("12345678");
    TIFFWriteScanline(file, row.data(), 0);
    TIFFClose(file);
    Bytes input = tests::read_whole("/tmp/raster-tags.tif");
    std::remove("/tmp/raster-tags.tif");
    for (const char c : std::string_view("PK\3\4 trailing")) input.push_back(static_cast<std::uint8_t>(c));
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    for (const Finding finding : {Finding::image_comment, Finding::image_metadata, Finding::image_trailing_data})
        EXPECT_TRUE(bench.found(finding)) << row_of(finding).code;
    for (const std::string_view text : {"script", "Hanako", "8BIM", "xmp", "trailing"})
        EXPECT_FALSE(has(bench.out.bytes(), text)) << text;
}

TEST(Tiff, ColoursThatNoPixelHasGo) {
    const Bytes input = tests::make("-colors 8 -type palette -depth 8", "tif");
    Bench bench;
    ASSERT_TRUE(run(bench, input));
    EXPECT_EQ(tests::difference(tests::look(input, "tif"), tests::look(bench.out.bytes(), "tif")), 0);
}

TEST(Tiff, SizesThatNobodyHasEndAtOnce) {
    Bytes input = tests::make("-compress none", "tif");
    // ImageWidth and ImageLength, wherever they stand.
    const std::string width("\x00\x01\x03\x00\x01\x00\x00\x00", 8);
    const std::size_t at = as_text(input).find(width);
    ASSERT_NE(at, std::string_view::npos);
    for (const std::size_t entry : {at, at + 12}) {
        input[entry + 2] = 4;
        input[entry + 8] = 0xFF;
        input[entry + 9] = 0x7F;
    }
    Bench bench;
    EXPECT_EQ(reason_of(run(bench, input).error()), Reason::limit_pixels);
}

TEST(Tiff, EveryFileOfTheCorpus) {
    for (const char* const extension : {".tif", ".tiff"})
        for (const std::string& path : tests::corpus_files(extension)) {
            Bench bench;
            const auto type = run(bench, tests::read_whole(path));
            if (type) continue;
            const Reason reason = reason_of(type.error());
            EXPECT_TRUE(reason == Reason::input_damaged || reason == Reason::image_unsupported) << path;
        }
}

TEST(Tiff, TheVerifierReadsTagsAndLayout) {
    Bench bench;
    ASSERT_TRUE(run(bench, tests::make("-monochrome", "tif")));
    const Bytes good = bench.out.bytes();
    const Limits limits;
    const auto refused = [&](const Bytes& bytes) { return !verify::tiff(MemorySource(bytes), limits); };
    Bytes longer = good;
    longer.push_back(0);
    longer.push_back(0);
    EXPECT_TRUE(refused(longer));
    unsigned accepted = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        Bytes changed = good;
        changed[at] ^= 0x10;
        accepted += refused(changed) ? 0U : 1U;
    }
    EXPECT_LT(accepted, good.size() / 4); // pixels in literal codes, densities
    Bytes tag = good;
    tag[10] = 0x0E; // the first tag becomes ImageDescription
    EXPECT_TRUE(refused(tag));
}

} // namespace sekisho
