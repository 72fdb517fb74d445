// WebP, HEIC and JPEG 2000 with more inside than a picture: it is gone, and the receipt says so.
#include <gtest/gtest.h>

#include "sanitizer/formats/raster/raster.h"
#include "tests/sanitizer/formats/raster/coded.h"
#include "tests/sanitizer/formats/raster/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;
using Format = Result<Type> (*)(Job&);

class Containers : public testing::Test {
protected:
    static void SetUpTestSuite() { raster::warm_up(); }
};

std::string bytes_of(std::string_view base64) {
    return std::string(as_text(*from_base64(base64)));
}

std::string code_of(Bench& bench, Format format, std::string_view input) {
    const auto type = bench.run(format, Type::unknown, as_view(input));
    EXPECT_EQ(as_text(bench.out.bytes()).find("SECRET"), std::string_view::npos);
    return type ? "delivered" : type.error().code;
}

void expect_found(Format format, std::string_view input, std::initializer_list<Finding> findings) {
    Bench bench;
    EXPECT_EQ(code_of(bench, format, input), "delivered");
    for (const Finding finding : findings) EXPECT_TRUE(bench.found(finding)) << row_of(finding).code;
}

// With a place, and a second directory for a small picture.
const std::string exif("II*\0\x08\0\0\0\1\0\x25\x88\4\0\1\0\0\0\x1A\0\0\0\x1A\0\0\0SECRET", 32);

std::string chunk(std::string_view type, std::string_view content) {
    ByteWriter writer;
    writer.text(type);
    writer.u32le(static_cast<std::uint32_t>(content.size()));
    writer.text(content);
    if (content.size() % 2 != 0) writer.u8(0);
    return std::string(as_text(writer.bytes()));
}

// A box of ISO/IEC 14496-12, as HEIC and JPEG 2000 have them.
std::string box(std::string_view type, std::string_view content) {
    ByteWriter writer;
    writer.u32be(static_cast<std::uint32_t>(content.size() + 8));
    writer.text(type);
    writer.text(content);
    return std::string(as_text(writer.bytes()));
}

std::string number(std::uint64_t value, int bytes) {
    std::string made;
    for (int i = bytes; i-- > 0;) made += static_cast<char>(value >> 8 * i & 0xFF);
    return made;
}

// The picture of the sample twice, the second time as a small version of the first or beside it; and an EXIF block.
std::string crowded_heic(bool small) {
    const std::string sample = bytes_of(tests::heic_sample);
    const std::string start = sample.substr(0, sample.find("meta") - 4);
    const std::size_t properties_at = sample.find("ipco") - 4, coded_at = sample.find("mdat") + 4;
    const std::string properties = sample.substr(properties_at, sample.find("ipma") - 4 - properties_at);
    const std::string coded = sample.substr(coded_at), block = number(0, 4) + exif;
    const std::string none = number(0, 4); // version and flags
    std::string items, uses = none + number(2, 4), references = box("cdsc", number(2, 2) + number(1, 2) + number(1, 2));
    for (const unsigned item : {1U, 2U, 3U})
        items +=
            box("infe", "\2" + number(0, 3) + number(item, 2) + number(0, 2) + (item == 2 ? "Exif" : "hvc1") + '\0');
    for (const unsigned item : {1U, 3U}) uses += number(item, 2) + "\3\x81\2\x83";
    if (small) references += box("thmb", number(3, 2) + number(1, 2) + number(1, 2));
    const auto meta = [&](std::size_t at) {
        std::string places = none + "\x44" + number(0, 1) + number(3, 2);
        for (const unsigned item : {1U, 2U, 3U})
            places += number(item, 2) + number(0, 2) + number(1, 2) + number(item == 2 ? at + coded.size() : at, 4) +
                      number(item == 2 ? block.size() : coded.size(), 4);
        return box("meta", none + box("hdlr", number(0, 8) + "pict" + number(0, 13)) +
                               box("pitm", none + number(1, 2)) + box("iloc", places) +
                               box("iinf", none + number(3, 2) + items) + box("iref", none + references) +
                               box("iprp", properties + box("ipma", uses)));
    };
    const std::size_t at = start.size() + meta(0).size() + 8;
    return start + meta(at) + box("mdat", coded + block);
}

} // namespace

TEST_F(Containers, Webp) {
    const std::string animation = bytes_of(tests::webp_animated);
    const std::size_t at = animation.find("VP8L"), size = static_cast<unsigned char>(animation[at + 4]);
    const std::string picture = animation.substr(at, 8 + size);
    const std::string head = chunk("VP8X", std::string("\x0C\0\0\0\x2B\1\0\xC7\0\0", 10)); // EXIF and XMP
    const auto file = [&](const std::string& chunks, std::string_view behind) {
        return chunk("RIFF", "WEBP" + chunks) + std::string(behind);
    };
    expect_found(
        raster::webp,
        file(head + picture + chunk("EXIF", exif) + chunk("XMP ", "SECRET") + chunk("ABCD", "SECRET"), "SECRET behind"),
        {Finding::image_metadata, Finding::image_gps, Finding::image_thumbnail, Finding::image_unknown_chunk,
         Finding::image_trailing_data, Finding::image_converted});
    expect_found(raster::webp, file(head + picture + chunk("XMP ", "SECRET"), ""), {Finding::image_metadata});
    Limits limits;
    limits.bytes_in_memory = 400'000; // 300 x 200 pixels of four bytes, four times
    Bench bench(Level::rebuild, limits);
    EXPECT_EQ(code_of(bench, raster::webp, animation), "limit.memory");
}

TEST_F(Containers, Heic) {
    const std::string plain = bytes_of(tests::heic_sample);
    for (const bool small : {false, true})
        expect_found(raster::heif, crowded_heic(small),
                     {Finding::image_metadata, Finding::image_gps, Finding::image_thumbnail, Finding::image_converted});
    expect_found(raster::heif, plain + box("moov", "SECRET"), {Finding::image_animation});
    expect_found(raster::heif, plain + box("abcd", "SECRET"), {Finding::image_unknown_chunk});
}

TEST_F(Containers, Jpeg2000) {
    const std::string plain(as_text(tests::make("-quality 100 -define jp2:rate=1", "jp2")));
    expect_found(raster::jp2, plain + box("xml ", "SECRET") + box("abcd", "SECRET"),
                 {Finding::image_metadata, Finding::image_unknown_chunk, Finding::image_converted});
    // By itself the stream begins with its sizes (ISO/IEC 15444-1 A.5.1), which count from `at`.
    const std::string stream = plain.substr(plain.find("\xFF\x4F\xFF\x51"));
    constexpr std::size_t at = 4, count_at = at + 36, samples_at = at + 38;
    const auto samples = static_cast<std::size_t>(stream[count_at + 1]);
    std::string six = stream, none = stream;
    for (std::size_t more = samples; more < 6; ++more) six.insert(samples_at, stream.substr(samples_at, 3));
    six[at + 1] = static_cast<char>(38 + 6 * 3);
    six[count_at + 1] = 6;
    none[at + 15] = 1; // begins at the second column, of which no sample of every 255th is left
    for (std::size_t i = 0; i < samples; ++i) none[samples_at + 3 * i + 1] = '\xFF';
    Limits limits;
    limits.bytes_in_memory = 64 * 48 * (samples + 1); // enough for the picture, not for four bytes of each sample
    Bench whole, many, empty, cut, large(Level::rebuild, limits);
    EXPECT_EQ(code_of(large, raster::jp2, plain), "limit.memory");
    EXPECT_EQ(code_of(whole, raster::jp2, stream), "delivered");
    EXPECT_EQ(code_of(many, raster::jp2, six), "image.unsupported");
    EXPECT_EQ(code_of(empty, raster::jp2, none), "image.unsupported");
    EXPECT_EQ(code_of(cut, raster::jp2, stream.substr(0, 20)), "input.damaged");
}

// OpenJPEG fills the rest with a colour and only warns: the receipt has to say that something is missing.
TEST_F(Containers, ACutJpeg2000IsNotTakenForAWholeOne) {
    const std::string plain(as_text(tests::make("-quality 100 -define jp2:rate=1", "jp2")));
    Bench whole, cut;
    EXPECT_EQ(code_of(whole, raster::jp2, plain), "delivered");
    EXPECT_FALSE(whole.found(Finding::image_damaged));
    EXPECT_EQ(code_of(cut, raster::jp2, plain.substr(0, plain.size() / 2)), "delivered");
    EXPECT_TRUE(cut.found(Finding::image_damaged));
}

} // namespace sekisho
