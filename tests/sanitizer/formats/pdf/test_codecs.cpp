// The CCITT decoder against libtiff's encoder, and the general filters against what they must give.
#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <tiffio.h>
#include <unistd.h>

#include "sanitizer/formats/pdf/codecs.h"
#include "sanitizer/formats/pdf/filters.h"

namespace sekisho::pdf {
namespace {

constexpr std::uint32_t width = 1003;
constexpr std::uint32_t height = 60;

// Runs of all lengths, rows like the ones above them.
Bytes drawing() {
    std::mt19937 random(7);
    const std::size_t row = (width + 7) / 8;
    Bytes bytes(row * height);
    for (std::size_t y = 0; y < height; ++y) {
        if (y % 3 != 0)
            std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>((y - 1) * row), row,
                        bytes.begin() + static_cast<std::ptrdiff_t>(y * row));
        for (std::size_t x = 0; x < width;) {
            const std::size_t run = random() % (y % 3 == 0 ? 300 : 40);
            for (std::size_t i = 0; i < run && x < width && y % 3 == 0; ++i, ++x)
                if (run % 2 == 0)
                    bytes[y * row + x / 8] = static_cast<std::uint8_t>(bytes[y * row + x / 8] | (0x80 >> (x % 8)));
            if (y % 3 != 0 && (x += run) < width)
                bytes[y * row + x / 8] = static_cast<std::uint8_t>(bytes[y * row + x / 8] ^ (0x80 >> (x % 8)));
            ++x;
        }
    }
    return bytes;
}

Bytes encoded(const Bytes& samples, std::uint16_t compression, std::uint32_t options) {
    const std::string path = std::filesystem::temp_directory_path() / ("fax-" + std::to_string(getpid()) + ".tif");
    TIFF* tiff = TIFFOpen(path.c_str(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    if (compression == COMPRESSION_CCITTFAX3) TIFFSetField(tiff, TIFFTAG_GROUP3OPTIONS, options);
    Bytes copy = samples; // libtiff may change what it is given
    TIFFWriteEncodedStrip(tiff, 0, copy.data(), static_cast<tmsize_t>(copy.size()));
    TIFFClose(tiff);
    tiff = TIFFOpen(path.c_str(), "r");
    Bytes out(samples.size() * 4 + 4096);
    out.resize(static_cast<std::size_t>(TIFFReadRawStrip(tiff, 0, out.data(), static_cast<tmsize_t>(out.size()))));
    TIFFClose(tiff);
    std::filesystem::remove(path);
    return out;
}

Bytes decoded(const Bytes& data, int k, bool align = false) {
    FaxParameters parameters;
    parameters.k = k;
    parameters.columns = width;
    parameters.black_is_1 = true;
    parameters.byte_align = align;
    return decode_fax(data, parameters, height).value_or(Bytes{});
}

TEST(PdfFax, ReadsWhatLibtiffWrites) {
    const Bytes samples = drawing();
    EXPECT_EQ(decoded(encoded(samples, COMPRESSION_CCITTFAX4, 0), -1), samples);
    EXPECT_EQ(decoded(encoded(samples, COMPRESSION_CCITTFAX3, 0), 0), samples);
    EXPECT_EQ(decoded(encoded(samples, COMPRESSION_CCITTFAX3, GROUP3OPT_2DENCODING), 1), samples);
    EXPECT_EQ(decoded(encoded(samples, COMPRESSION_CCITTRLE, 0), 0, true), samples);
}

TEST(PdfFax, SurvivesNoise) {
    std::mt19937 random(3);
    Bytes noise(5000);
    for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(random());
    for (const int k : {-1, 0, 1}) EXPECT_EQ(decoded(noise, k).size(), (width + 7) / 8 * height);
}

TEST(PdfFilters, DecodeAndStopAtTheirLimit) {
    EXPECT_EQ(as_text(decode_ascii_hex(as_view("48 65 6C6c 6f>xx"))), "Hello");
    EXPECT_EQ(as_text(decode_ascii85(as_view("87cURDZ~>"))), "Hello");
    EXPECT_EQ(as_text(*decode_run_length(as_view(std::string_view("\x02"
                                                                  "abc\xFE"
                                                                  "d\x80",
                                                                  7)),
                                         100)),
              "abcddd");
    EXPECT_FALSE(decode_run_length(as_view(std::string_view("\x81"
                                                            "a",
                                                            2)),
                                   100));
    const Bytes lzw{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}; // ISO 32000-1, 7.4.4.2, example 2
    EXPECT_EQ(to_hex(*decode_lzw(lzw, true, 100)), "2d2d2d2d2d412d2d2d42");
    EXPECT_FALSE(decode_lzw(lzw, true, 5));
    EXPECT_EQ(to_hex(*undo_predictor({2, 1, 2, 2, 1, 1}, {12, 1, 8, 2})), "01020203");
    EXPECT_EQ(to_hex(*undo_predictor({1, 1, 1, 5, 1, 1}, {2, 1, 8, 3})), "010203050607");
}

} // namespace
} // namespace sekisho::pdf
