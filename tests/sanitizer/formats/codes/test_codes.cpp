// Does whoever receives a picture learn where its QR code leads, without being led there?
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/archive_foreign/samples.h"
#include "tests/sanitizer/samples/qr.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

constexpr std::string_view address = "https://evil.example/login?user=tanaka";

// ImageMagick: `options` as on its command line.
Bytes converted(View input, const std::string& from, const std::string& options, const std::string& to) {
    const tests::Workbench bench;
    bench.write("in", as_text(input));
    EXPECT_TRUE(bench.run("convert " + from + ":in " + options + " " + to + ":out")) << options;
    return to_bytes(bench.read("out"));
}

struct Sanitized {
    Reason reason = Reason::none;
    Type type = Type::unknown;
    Bytes bytes;
    std::vector<std::string> addresses; // that were reported
};

Result<> verified(Type type, View output) {
    const MemorySource source(output);
    const auto verify = type == Type::png ? verify::png : type == Type::gif ? verify::gif : verify::tiff;
    return type == Type::jpeg ? verify::jpeg(source, {}) : verify(source, {});
}

Sanitized sanitized(View input, const std::string& kind) {
    using Format = Result<Type> (*)(Job&);
    static const std::map<std::string, std::pair<Format, Type>> formats{
        {"png", {image::png, Type::png}},     {"jpg", {image::jpeg, Type::jpeg}}, {"gif", {raster::gif, Type::gif}},
        {"tiff", {raster::tiff, Type::tiff}}, {"bmp", {raster::bmp, Type::bmp}},  {"webp", {raster::webp, Type::webp}},
        {"jp2", {raster::jp2, Type::jp2}}};
    const auto [format, type] = formats.at(kind);
    tests::Bench bench;
    Sanitized made;
    const auto result = bench.run(format, type, input);
    if (!result) {
        made.reason = reason_of(result.error());
        return made;
    }
    made.type = *result;
    made.bytes = bench.out.take();
    EXPECT_TRUE(verified(made.type, made.bytes));
    for (const Entry& entry : bench.report.entries()) {
        if (entry.finding != Finding::image_code) continue;
        EXPECT_EQ(entry.action, Action::kept);
        made.addresses.push_back(entry.detail);
    }
    return made;
}

// What ImageMagick's pixels of a picture say to a reader of QR codes.
std::string read_back(View picture, Type type) {
    const Bytes raw = converted(picture, std::string(row_of(type).extension),
                                "-background white -alpha remove -resize 800x800 -size 800x800", "pgm");
    const std::string_view text = as_text(raw);
    std::istringstream head{std::string(text.substr(0, 64))};
    std::string kind;
    std::uint32_t width = 0, height = 0, most = 0;
    head >> kind >> width >> height >> most;
    codes::Grey grey(width, height);
    const View pixels = View(raw).subspan(raw.size() - std::size_t{width} * height);
    for (std::size_t y = 0; y < height; ++y) grey.add_row(pixels.subspan(y * width, width), 1);
    const auto codes = codes::read_codes(grey);
    return codes.empty() ? "" : std::string(as_text(codes.front()));
}

struct Picture {
    std::string options; // of ImageMagick
    std::string kind;
};

} // namespace

TEST(Codes, TheAddressIsReportedOfEveryKindOfPicture) {
    const Picture pictures[] = {
        {"", "png"},
        {"-depth 16 -define png:bit-depth=16", "png"},
        {"-type bilevel -define png:bit-depth=1", "png"},
        {"-interlace PNG", "png"},
        {"-fill '#104070' -opaque black -type palette", "png"},
        {"-transparent white", "png"}, // black modules on nothing
        {"-negate", "png"},
        {"-flop", "png"},
        {"-rotate 30", "png"},
        {"-quality 85", "jpg"},
        {"-quality 85 -interlace JPEG", "jpg"},
        {"-quality 90 -colorspace CMYK", "jpg"},
        {"-quality 90 -colorspace RGB -set colorspace sRGB -sampling-factor 4:2:0 -fill '#104070' -opaque black",
         "jpg"},
        {"-gravity center -background '#808080' -extent 4000x3000 -quality 90", "jpg"},
        {"-gravity center -background '#808080' -extent 3001x2003", "png"},
        {"", "gif"},
        {"-type bilevel -compress Group4", "tiff"},
        {"-compress LZW", "tiff"},
        {"-compress JPEG", "tiff"},
        {"", "bmp"},
        {"", "webp"},
        {"", "jp2"},
    };
    const Bytes code = tests::qr_code(address, 8);
    for (const Picture& picture : pictures) {
        SCOPED_TRACE(picture.kind + " " + picture.options);
        const Sanitized made = sanitized(converted(code, "pgm", picture.options, picture.kind), picture.kind);
        ASSERT_EQ(made.reason, Reason::none) << row_of(made.reason).code;
        EXPECT_EQ(made.addresses, std::vector<std::string>{std::string(address)});
    }
}

TEST(Codes, TheCodeItselfStays) {
    const Bytes code = tests::qr_code(address);
    for (const char* kind : {"png", "jpg", "gif", "tiff"}) {
        const Sanitized made = sanitized(converted(code, "pgm", "", kind), kind);
        ASSERT_EQ(made.reason, Reason::none);
        EXPECT_EQ(read_back(made.bytes, made.type), address) << kind;
    }
}

TEST(Codes, ADamagedOrTurnedPhotographIsReadToo) {
    const Bytes code = tests::qr_code(address, 8);
    const Bytes whole = converted(code, "pgm", "-bordercolor white -border 5x61", "jpg");
    const Sanitized cut = sanitized(View(whole).first(whole.size() - 100), "jpg"); // goes through pixels
    EXPECT_EQ(cut.addresses.size(), 1U);
    const Sanitized turned =
        sanitized(converted(code, "pgm", "-bordercolor white -border 5x61 -orient RightTop", "jpg"), "jpg");
    EXPECT_EQ(turned.addresses.size(), 1U);
}

TEST(Codes, AFrameOfAnAnimationIsReadToo) {
    const Bytes code = tests::qr_code(address);
    for (const char* kind : {"gif", "webp"}) {
        const tests::Workbench bench;
        bench.write("in", as_text(code));
        ASSERT_TRUE(bench.run(std::string("convert -delay 50 -size 200x200 xc:white pgm:in ") + kind + ":out"));
        EXPECT_EQ(sanitized(to_bytes(bench.read("out")), kind).addresses.size(), 1U) << kind;
    }
}

TEST(Codes, WhatLeadsNowhereIsNotReported) {
    for (const char* text : {"12345", "WIFI:T:WPA;S:office;P:secret;;", "BEGIN:VCARD\nN:Tanaka\nEND:VCARD",
                             "MECARD:N:Tanaka;;", "Room 4: the key is here", ":x", "ABC"}) {
        const Sanitized made = sanitized(converted(tests::qr_code(text), "pgm", "", "png"), "png");
        EXPECT_EQ(made.reason, Reason::none);
        EXPECT_TRUE(made.addresses.empty()) << text;
    }
    for (const char* text : {"HTTP://EXAMPLE.COM/", "www.example.com", "mailto:a@example.com", "tel:0312345678",
                             "javascript:alert(1)", "intent:#Intent;end", "paypay://pay?x"})
        EXPECT_TRUE(codes::is_address(to_bytes(text))) << text;
}

TEST(Codes, TheAddressCannotDisguiseItself) {
    EXPECT_EQ(detail_of(to_bytes("https://a/\xE2\x80\xAEgpj\r\n b")), "https://a/%E2%80%AEgpj%0D%0A%20b");
    const Sanitized made =
        sanitized(converted(tests::qr_code("https://a/" + std::string(300, 'x')), "pgm", "", "png"), "png");
    ASSERT_EQ(made.addresses.size(), 1U);
    EXPECT_EQ(made.addresses[0].size(), longest_detail);
    EXPECT_TRUE(made.addresses[0].ends_with("xxx..."));
}

TEST(Codes, OneReportHoldsSoManyAddressesAndNoMore) {
    Report report;
    for (std::uint32_t i = 0; i < 40; ++i) {
        Path path;
        path.length = 1;
        path.steps[0] = {Place::picture, i % 20 + 1};
        report.add(Finding::image_code, Action::kept, path, "https://example.com/" + std::to_string(i % 20));
    }
    std::size_t details = 0;
    for (const Entry& entry : report.entries()) {
        EXPECT_EQ(entry.count, 2U);
        details += entry.detail.empty() ? 0 : 1;
    }
    EXPECT_EQ(report.entries().size(), 20U);
    EXPECT_EQ(details, Report::most_details);
}

TEST(Codes, AJobLooksAtSoManyPixelsAndNoMore) {
    Budget budget{Limits{}};
    EXPECT_TRUE(budget.take_look(codes::Grey::most_pixels));
    EXPECT_FALSE(budget.take_look(1ULL << 40));
    EXPECT_FALSE(budget.take_look(codes::Grey::most_pixels));
}

} // namespace sekisho
