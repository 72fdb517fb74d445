// TIFF by hand: what is refused, and what the receipt says of the rest.
#include <gtest/gtest.h>

#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/formats/raster/tiff_pages.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;

// 8 x 4 pixels in one strip.
struct Page {
    std::uint32_t width = 8, height = 4;
    std::uint16_t compression = 1, colours = 1, samples = 1; // none, black is nought, grey
    std::string pixels = std::string(32, 'p');
    std::vector<std::pair<std::uint16_t, std::uint32_t>> more = {}; // tags that do not fit between, of one number
    std::uint16_t kind = 0;                                         // 1: a smaller version of another
    std::vector<std::uint16_t> palette = {};
    std::uint32_t strip_at = 0; // 0: where it is
};

void entry(ByteWriter& out, std::uint16_t tag, std::uint16_t type, std::uint32_t count, std::uint32_t value) {
    out.u16le(tag);
    out.u16le(type);
    out.u32le(count);
    out.u32le(value);
}

Bytes file_of(const std::vector<Page>& pages) {
    ByteWriter out;
    out.text(std::string_view("II*\0\x08\0\0\0", 8));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const Page& page = pages[i];
        const std::size_t count = 10 + page.more.size() + (page.palette.empty() ? 0 : 1);
        const auto values = static_cast<std::uint32_t>(out.size() + 2 + 12 * count + 4);
        const auto map = values + 8, strip = static_cast<std::uint32_t>(map + 2 * page.palette.size());
        const auto next = static_cast<std::uint32_t>(strip + page.pixels.size());
        out.u16le(static_cast<std::uint16_t>(count));
        entry(out, 254, 4, 1, page.kind);
        entry(out, 256, 4, 1, page.width);
        entry(out, 257, 4, 1, page.height);
        if (page.samples == 1) // each of eight bits
            entry(out, 258, 3, 1, 8);
        else
            entry(out, 258, 3, page.samples, values);
        entry(out, 259, 3, 1, page.compression);
        entry(out, 262, 3, 1, page.colours);
        entry(out, 273, 4, 1, page.strip_at != 0 ? page.strip_at : strip);
        entry(out, 277, 3, 1, page.samples);
        entry(out, 278, 4, 1, page.height);
        entry(out, 279, 4, 1, static_cast<std::uint32_t>(page.pixels.size()));
        if (!page.palette.empty()) entry(out, 320, 3, static_cast<std::uint32_t>(page.palette.size()), map);
        for (const auto& [tag, value] : page.more) entry(out, tag, 4, 1, value);
        out.u32le(i + 1 < pages.size() ? next : 0);
        for (int sample = 0; sample < 4; ++sample) out.u16le(8);
        for (const std::uint16_t value : page.palette) out.u16le(value);
        out.text(page.pixels);
    }
    return out.take();
}

std::string code_of(Bench& bench, const std::vector<Page>& pages) {
    const auto type = bench.run(raster::tiff, Type::tiff, file_of(pages));
    return type ? "delivered" : type.error().code;
}

std::string code_of(const Page& page, const Limits& limits = {}) {
    Bench bench(Level::rebuild, limits);
    return code_of(bench, {page});
}

} // namespace

TEST(TiffByHand, WhatTheReceiptSays) {
    struct Row {
        const char* what;
        std::vector<Page> pages;
        Finding finding;
    };
    std::vector<std::uint16_t> palette(3 * 256, 0);
    palette['p'] = 0xFF00;
    Page hidden{.colours = 3, .palette = palette};
    hidden.palette['q'] = 0x5300;
    for (const Row& row : {Row{"a place", {{.more = {{34853, 8}}}}, Finding::image_gps},
                           Row{"a tag of somebody's own", {{.more = {{65000, 8}}}}, Finding::image_unknown_chunk},
                           Row{"a small version", {{}, {.kind = 1}}, Finding::image_thumbnail},
                           Row{"a colour that no pixel has", {hidden}, Finding::image_palette},
                           Row{"a page without pixels", {{}, {.strip_at = 1'000'000}}, Finding::image_damaged}}) {
        Bench with;
        EXPECT_EQ(code_of(with, row.pages), "delivered") << row.what;
        EXPECT_TRUE(with.found(row.finding)) << row.what;
    }
    Bench without;
    EXPECT_EQ(code_of(without, {{}, {.colours = 3, .palette = palette}}), "delivered");
    EXPECT_TRUE(without.report.entries().empty());
}

TEST(TiffByHand, PagesThatCannotBeRead) {
    const Page inks{.colours = 5, .samples = 4, .pixels = std::string(128, 'p')};
    EXPECT_EQ(code_of({}), "delivered");
    EXPECT_EQ(code_of(inks), "delivered");
    EXPECT_EQ(code_of({.width = 0}), "input.damaged");
    EXPECT_EQ(code_of({.compression = 34661}), "image.unsupported") << "JBIG";
    EXPECT_EQ(code_of({.strip_at = 1'000'000}), "input.damaged") << "no grey pixel";
    Page nowhere = inks;
    nowhere.strip_at = 1'000'000;
    EXPECT_EQ(code_of(nowhere), "input.damaged") << "no ink";
    EXPECT_EQ(code_of({.kind = 1}), "input.damaged") << "a small version of nothing";
    Bench bench;
    EXPECT_EQ(bench.run(raster::tiff, Type::tiff, as_view("II, and then nothing")).error().code, "input.damaged");
    Limits limits;
    limits.pages = 2;
    Bench two(Level::rebuild, limits), three(Level::rebuild, limits);
    EXPECT_EQ(code_of(two, {{}, {}}), "delivered");
    EXPECT_EQ(code_of(three, {{}, {}, {}}), "limit.pages");
}

TEST(TiffByHand, MoreThanTheMemory) {
    Limits limits;
    limits.bytes_in_memory = 10'000;
    const Page grey{.width = 200, .height = 100, .pixels = std::string(20'000, 'p')};
    const Page colours{.width = 100, .height = 100, .colours = 2, .samples = 3, .pixels = std::string(30'000, 'p')};
    for (const Page& page : {grey, colours}) {
        EXPECT_EQ(code_of(page), "delivered");
        EXPECT_EQ(code_of(page, limits), "limit.memory");
    }
}

// Places in the file are numbers of 32 bits.
TEST(TiffByHand, AFileThatGrowsBeyondItsOffsets) {
    class Nowhere final : public Sink {
    public:
        Result<> write(View) override { return {}; }
        using Sink::write;
    } nowhere;
    raster::TiffWriter writer(nowhere);
    ASSERT_TRUE(writer.start());
    raster::PackedPage page;
    page.page.width = page.page.height = page.rows_per_strip = 1;
    page.strips.emplace_back(64U << 20);
    Result<> done;
    int pages = 0;
    while (done && pages < 100) done = writer.add(page, false), ++pages;
    EXPECT_EQ(pages, 64);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "limit.bytes");
}

} // namespace sekisho
