// BMP, WebP, HEIC, AVIF, JPEG 2000 and animated PNG: the same picture in a kind that has a verifier.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include "base/confine/confine.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/raster/coded.h"
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;
using Format = Result<Type> (*)(Job&);

class Others : public testing::Test {
protected:
    static void SetUpTestSuite() { raster::warm_up(); }
};

Result<Type> run(Bench& bench, Format format, View input) {
    auto type = bench.run(format, Type::unknown, input);
    if (type) {
        const auto proof = (*type == Type::jpeg) ? verify::jpeg(MemorySource(bench.out.bytes()), bench.context.limits())
                                                 : verify::png(MemorySource(bench.out.bytes()), bench.context.limits());
        EXPECT_TRUE(proof) << to_line(proof.error());
    }
    return type;
}

Bytes decoded(std::string_view base64) {
    return *from_base64(base64);
}

bool has(const Bytes& bytes, std::string_view text) {
    return as_text(bytes).find(text) != std::string_view::npos;
}

Bytes joined(Bytes bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    return bytes;
}

unsigned count(const Bytes& bytes, std::string_view text) {
    unsigned found = 0;
    for (std::size_t at = as_text(bytes).find(text); at != std::string_view::npos;
         at = as_text(bytes).find(text, at + 1))
        ++found;
    return found;
}

} // namespace

TEST_F(Others, BmpBecomesPngOfTheSamePixels) {
    for (const std::string options :
         {"", "-type palette", "-monochrome", "-colors 16 -type palette", "-type palette -compress RLE",
          "-alpha set -channel A -evaluate set 50% +channel", "-define bmp:subtype=RGB565", "-colorspace gray"}) {
        const Bytes input = tests::make(options, "bmp");
        Bench bench;
        const auto type = run(bench, raster::bmp, input);
        ASSERT_TRUE(type) << options;
        EXPECT_EQ(*type, Type::png);
        EXPECT_TRUE(bench.found(Finding::image_converted));
        EXPECT_LE(tests::difference(tests::look(input, "bmp"), tests::look(bench.out.bytes(), "png")), 3) << options;
    }
}

TEST_F(Others, RowsOfABmpCannotCarryAFile) {
    Bytes input = tests::make("", "bmp");
    const std::string_view payload = "PK\5\6 this would be an archive, <script>too</script>";
    std::copy(payload.begin(), payload.end(), input.end() - 200);
    Bench bench;
    ASSERT_TRUE(run(bench, raster::bmp, joined(input, "%PDF-1.4 trailing")));
    EXPECT_TRUE(bench.found(Finding::image_trailing_data));
    for (const std::string_view text : {"archive", "script", "PDF"}) EXPECT_FALSE(has(bench.out.bytes(), text)) << text;
}

TEST_F(Others, ABmpThatIsTooShortOrTooLargeEnds) {
    const Bytes input = tests::make("", "bmp");
    Bench cut;
    ASSERT_TRUE(run(cut, raster::bmp, View(input).first(input.size() / 2)));
    EXPECT_TRUE(cut.found(Finding::image_damaged));
    Bytes large = input;
    for (const std::size_t at : {18U, 22U}) {
        large[at + 2] = 0xFF; // millions of pixels a side
        large[at + 3] = 0x0F;
    }
    Bench bench;
    EXPECT_EQ(reason_of(run(bench, raster::bmp, large).error()), Reason::limit_pixels);
}

TEST_F(Others, WebpByHowItWasCoded) {
    const Bytes lossless = tests::make("-define webp:lossless=true", "webp");
    Bench plain;
    EXPECT_EQ(*run(plain, raster::webp, lossless), Type::png);
    EXPECT_EQ(tests::difference(tests::look(lossless, "webp"), tests::look(plain.out.bytes(), "png")), 0);
    const Bytes lossy = tests::make("-quality 90", "webp");
    Bench photo;
    EXPECT_EQ(*run(photo, raster::webp, lossy), Type::jpeg);
    EXPECT_LE(tests::difference(tests::look(lossy, "webp"), tests::look(photo.out.bytes(), "jpg")), 40);
    const Bytes alpha = tests::make("-alpha set -channel A -evaluate set 50% +channel", "webp");
    Bench half;
    EXPECT_EQ(*run(half, raster::webp, alpha), Type::png);
    EXPECT_EQ(tests::difference(tests::look(alpha, "webp"), tests::look(half.out.bytes(), "png")), 0);
}

TEST_F(Others, AnAnimatedWebpBecomesAnAnimatedPng) {
    Bench bench;
    EXPECT_EQ(*run(bench, raster::webp, decoded(tests::webp_animated)), Type::png);
    EXPECT_TRUE(has(bench.out.bytes(), std::string_view("acTL\0\0\0\2\0\0\0\2", 12)));
    EXPECT_EQ(count(bench.out.bytes(), "fcTL"), 2U);
    EXPECT_EQ(count(bench.out.bytes(), "fdAT"), 1U);
    EXPECT_TRUE(has(bench.out.bytes(), std::string_view("\0\x64\x03\xE8", 4))); // 100/1000 of a second
    EXPECT_TRUE(has(bench.out.bytes(), std::string_view("\0\xC8\x03\xE8", 4)));
    // As a PNG it stays animated, and nothing is found.
    Bench second;
    ASSERT_TRUE(run(second, image::png, bench.out.bytes()));
    EXPECT_EQ(second.out.bytes(), bench.out.bytes());
    EXPECT_TRUE(second.report.entries().empty());
}

TEST_F(Others, AnAnimationThatLiesBecomesAPicture) {
    Bench bench;
    ASSERT_TRUE(run(bench, raster::webp, decoded(tests::webp_animated)));
    Bytes lies = bench.out.bytes();
    const std::size_t at = as_text(lies).find("acTL");
    lies[at + 7] = 3; // three frames; its checksum is made right by hand below
    Bench wrong;
    EXPECT_FALSE(run(wrong, image::png, lies)); // the checksum
    Bytes cut = bench.out.bytes();
    const std::size_t frame = as_text(cut).find("fdAT");
    cut.resize(frame - 4);
    Bench half;
    const auto type = run(half, image::png, cut);
    ASSERT_TRUE(type);
    EXPECT_TRUE(half.found(Finding::image_animation));
    EXPECT_EQ(count(half.out.bytes(), "fcTL"), 0U);
}

TEST_F(Others, HeicAndAvifWithoutThreadsOrFiles) {
    for (const std::string_view sample : {tests::heic_sample, tests::avif_ten_bits}) {
        Bench bench;
        EXPECT_EQ(*run(bench, raster::heif, decoded(sample)), Type::jpeg);
        const tests::Seen seen = tests::look(bench.out.bytes(), "jpg");
        EXPECT_EQ(seen.sizes, "300x200 ");
        EXPECT_GT(seen.pixels[0], 230); // red above
        EXPECT_LT(seen.pixels[2], 25);
        EXPECT_GT(seen.pixels[seen.pixels.size() - 2], 230); // blue below
    }
    for (const std::string_view sample : {tests::heic_half_transparent, tests::avif_half_transparent}) {
        Bench bench;
        EXPECT_EQ(*run(bench, raster::heif, decoded(sample)), Type::png);
        EXPECT_NEAR(tests::look(bench.out.bytes(), "png").pixels[3], 128, 2);
    }
}

// As a worker of the sanitiser is: no file can be opened, no thread started, a gigabyte of memory.
TEST_F(Others, EveryDecoderWorksConfined) {
    const Bytes webp = tests::make("", "webp");
    const Bytes jp2 = tests::make("", "jp2");
    const Bytes tiff = tests::make("-compress jpeg", "tif");
    const pid_t child = fork();
    if (child == 0) {
        Confinement confinement;
        confinement.process = "test";
        confinement.groups = {SyscallGroup::base, SyscallGroup::messages, SyscallGroup::memory_file};
        confinement.most_memory = 1ULL << 30;
        if (!confine(confinement)) _exit(1);
        const auto works = [](Format format, View input) {
            Bench bench;
            return bench.run(format, Type::unknown, input).has_value();
        };
        const bool done = works(raster::heif, decoded(tests::heic_sample)) &&
                          works(raster::heif, decoded(tests::avif_ten_bits)) && works(raster::webp, webp) &&
                          works(raster::jp2, jp2) && works(raster::tiff, tiff);
        _exit(done ? 0 : 2);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << "signal " << WTERMSIG(status);
}

TEST_F(Others, BytesBehindAHeicGo) {
    Bench bench;
    ASSERT_TRUE(run(bench, raster::heif, joined(decoded(tests::heic_sample), "PK\3\4 behind the end")));
    EXPECT_TRUE(bench.found(Finding::image_trailing_data));
    EXPECT_FALSE(has(bench.out.bytes(), "behind"));
}

TEST_F(Others, AHeicThatClaimsToBeHugeEnds) {
    Bytes input = decoded(tests::heic_sample);
    const std::size_t at = as_text(input).find("ispe");
    ASSERT_NE(at, std::string_view::npos);
    for (const std::size_t i : {at + 8, at + 12}) input[i + 2] = 0x70; // 28,000 pixels a side
    Bench bench;
    const auto type = run(bench, raster::heif, input);
    ASSERT_FALSE(type);
    EXPECT_TRUE(type.error().code.starts_with("limit.")) << type.error().code;
}

TEST_F(Others, Jpeg2000ByHowItWasCoded) {
    const Bytes input = tests::make("-quality 100 -define jp2:rate=1", "jp2");
    Bench bench;
    const auto type = run(bench, raster::jp2, input);
    ASSERT_TRUE(type);
    EXPECT_LE(tests::difference(tests::look(input, "jp2"),
                                tests::look(bench.out.bytes(), *type == Type::png ? "png" : "jpg")),
              12);
    Bench behind;
    ASSERT_TRUE(run(behind, raster::jp2, joined(input, "no box behind")));
    EXPECT_TRUE(behind.found(Finding::image_trailing_data));
}

TEST_F(Others, FilesOfTheCorpus) {
    for (const auto& [extension, format] :
         {std::pair<const char*, Format>{".jp2", raster::jp2}, {".HEIC", raster::heif}, {".webp", raster::webp}})
        for (const std::string& path : tests::corpus_files(extension)) {
            Bench bench;
            EXPECT_TRUE(run(bench, format, tests::read_whole(path))) << path;
        }
}

} // namespace sekisho
