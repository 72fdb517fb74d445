// Does a photograph's place stay if, and only if, that was chosen, and nothing else with it?
#include <cstdio>
#include <fstream>
#include <regex>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sanitizer/formats/image/image.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/image/samples.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;
using verify::Location;

void entry(ByteWriter& block, std::uint16_t tag, std::uint16_t type, std::uint32_t count, std::uint32_t value) {
    block.u16le(tag);
    block.u16le(type);
    block.u32le(count);
    block.u32le(value);
}

void rationals(ByteWriter& block, std::initializer_list<std::uint32_t> numbers) {
    for (const std::uint32_t number : numbers) block.u32le(number);
}

// A camera's block: its maker, a place with a method and a date, hidden words behind it.
std::string camera_block(std::uint32_t degrees = 35) {
    ByteWriter block;
    block.raw(as_view(std::string_view("Exif\0\0II*\0\x08\0\0\0\2\0", 16)));
    entry(block, 0x010F, 2, 8, 38); // Make
    entry(block, 0x8825, 4, 1, 46);
    block.u32le(0);
    block.raw(as_view(std::string_view("SECRETLY", 8)));
    block.u16le(8);
    entry(block, 1, 2, 2, 'S');
    entry(block, 2, 5, 3, 148);
    entry(block, 3, 2, 2, 'E');
    entry(block, 4, 5, 3, 172);
    entry(block, 5, 1, 1, 1);
    entry(block, 6, 5, 1, 196);
    entry(block, 0x1B, 7, 4, 0x54524353); // GPSProcessingMethod
    entry(block, 0x1D, 2, 4, 0x54454353); // GPSDateStamp
    block.u32le(0);
    rationals(block, {degrees, 1, 41, 1, 2225, 100});
    rationals(block, {139, 1, 415, 10, 0, 0});
    rationals(block, {123, 10});
    return std::string(as_text(block.bytes())) + "SECRET";
}

Bytes photograph(const std::string& block) {
    return tests::make_jpeg({.segments = {{0xE1, block}}});
}

// What ImageMagick reads, a line each.
std::string place_of(View jpeg) {
    const std::string path = "/tmp/sekisho-place-" + std::to_string(getpid()) + ".jpg";
    std::ofstream(path, std::ios::binary) << as_text(jpeg);
    std::string said;
    FILE* pipe = popen(("identify -format '%[EXIF:*]' " + path).c_str(), "r");
    for (int c = 0; pipe && (c = std::fgetc(pipe)) != EOF;) said += static_cast<char>(c);
    pclose(pipe);
    unlink(path.c_str());
    // ImageMagick 7 leaves out the blanks of 6 and shows bytes as characters; the verifier's tests hold those.
    std::erase(said, ' ');
    return std::regex_replace(said, std::regex("(AltitudeRef|VersionID)=[^\n]*"), "$1=?");
}

Result<Type> kept(Bench& bench, View input) {
    bench.context.choose({.keep_place = true});
    return bench.run(image::jpeg, Type::jpeg, input);
}

Action action_of(const Bench& bench, Finding finding) {
    for (const Entry& entry : bench.report.entries())
        if (entry.finding == finding) return entry.action;
    return Action::count;
}

} // namespace

TEST(Place, IsRemovedUnlessChosen) {
    Bench bench;
    ASSERT_TRUE(bench.run(image::jpeg, Type::jpeg, photograph(camera_block())));
    EXPECT_EQ(place_of(bench.out.bytes()), "");
    EXPECT_EQ(action_of(bench, Finding::image_gps), Action::removed);
    EXPECT_TRUE(verify::jpeg(MemorySource(bench.out.bytes()), {}));
}

TEST(Place, StaysAloneIfChosen) {
    Bench bench;
    ASSERT_TRUE(kept(bench, photograph(camera_block())));
    const Bytes& made = bench.out.bytes();
    EXPECT_EQ(place_of(made), "exif:GPSAltitude=1230/100\n"
                              "exif:GPSAltitudeRef=?\n"
                              "exif:GPSInfo=26\n"
                              "exif:GPSLatitude=35/1,41/1,222500/10000\n"
                              "exif:GPSLatitudeRef=S\n"
                              "exif:GPSLongitude=139/1,41/1,300000/10000\n"
                              "exif:GPSLongitudeRef=E\n"
                              "exif:GPSVersionID=?\n");
    EXPECT_EQ(as_text(made).find("SEC"), std::string_view::npos);
    EXPECT_EQ(action_of(bench, Finding::image_gps), Action::kept);
    EXPECT_EQ(action_of(bench, Finding::image_metadata), Action::removed);
    EXPECT_TRUE(verify::jpeg(MemorySource(made), {}, Location::allowed));
    EXPECT_FALSE(verify::jpeg(MemorySource(made), {}));

    Bench again;
    ASSERT_TRUE(kept(again, made));
    EXPECT_TRUE(again.out.bytes() == made);
    EXPECT_EQ(again.report.entries().size(), 1U) << "our own block is no camera's";
}

TEST(Place, AnImpossibleOneIsRemoved) {
    Bench bench;
    ASSERT_TRUE(kept(bench, photograph(camera_block(91))));
    EXPECT_EQ(place_of(bench.out.bytes()), "");
    EXPECT_EQ(action_of(bench, Finding::image_gps), Action::removed);
}

TEST(Place, InsideOfAnotherFileItIsRemoved) {
    const auto nested = [](const Source& in, Sink& out, std::string_view, Context& context) {
        Job job{in, out, Type::jpeg, context};
        return image::jpeg(job);
    };
    Bench bench(Level::rebuild, {}, nested);
    bench.context.choose({.keep_place = true});
    const Bytes input = photograph(camera_block());
    ASSERT_TRUE(bench.context.sanitize_nested(MemorySource(input), bench.out, "a.jpg"));
    EXPECT_EQ(place_of(bench.out.bytes()), "");
}

TEST(Place, TheVerifierTakesNoOtherBlock) {
    Bench bench;
    ASSERT_TRUE(kept(bench, photograph(camera_block())));
    const Bytes made = bench.out.bytes();
    const std::size_t block = as_text(made).find("Exif");
    ASSERT_NE(block, std::string_view::npos);
    const std::size_t numbers = block + 116 + 6;
    for (std::size_t at = block; at < numbers; ++at) {
        Bytes changed = made;
        changed[at] ^= 0x10;
        EXPECT_FALSE(verify::jpeg(MemorySource(changed), {}, Location::allowed)) << at - block;
    }
    for (std::size_t at = numbers; at < numbers + 56; at += 4) {
        Bytes changed = made;
        changed[at] = 0xFF;
        EXPECT_FALSE(verify::jpeg(MemorySource(changed), {}, Location::allowed)) << at - block;
    }
    EXPECT_FALSE(verify::jpeg(MemorySource(photograph(camera_block())), {}, Location::allowed));
}

TEST(Place, OfARealPhotographIsTheSameToOtherPrograms) {
    const auto path = tests::corpus_file("gps/DSCN0010.jpg");
    if (!path) GTEST_SKIP() << "no corpus";
    Bench bench;
    ASSERT_TRUE(kept(bench, tests::read_whole(*path)));
    const std::string place = place_of(bench.out.bytes());
    EXPECT_NE(place.find("GPSLatitude=43/1,28/1,28140/10000"), std::string::npos) << place;
    EXPECT_NE(place.find("GPSLongitude=11/1,53/1,64560/10000"), std::string::npos) << place;
    EXPECT_EQ(place.find("Make"), std::string::npos);
    EXPECT_EQ(place.find("GPSImgDirection"), std::string::npos);
    EXPECT_TRUE(verify::jpeg(MemorySource(bench.out.bytes()), {}, Location::allowed));
}

} // namespace sekisho
