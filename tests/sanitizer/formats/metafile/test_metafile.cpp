// Handmade metafiles, looked at as pixels by libpng through Cairo.
#include <cairo.h>
#include <gtest/gtest.h>

#include "sanitizer/formats/metafile/metafile.h"
#include "sanitizer/verify/image/image.h"
#include "tests/sanitizer/formats/metafile/maker.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::EmfMaker, tests::Record;

constexpr std::uint32_t red = 0xFFFF0000, blue = 0xFF0000FF, nothing = 0;

struct Stream {
    View rest;
};

cairo_status_t read_stream(void* closure, unsigned char* into, unsigned length) {
    auto& stream = *static_cast<Stream*>(closure);
    if (length > stream.rest.size()) return CAIRO_STATUS_READ_ERROR;
    std::copy_n(stream.rest.begin(), length, into);
    stream.rest = stream.rest.subspan(length);
    return CAIRO_STATUS_SUCCESS;
}

class Metafile : public testing::Test {
protected:
    ~Metafile() override { cairo_surface_destroy(m_picture); }

    std::string convert(const Bytes& file) {
        cairo_surface_destroy(m_picture);
        m_picture = nullptr;
        m_bench = std::make_unique<tests::Bench>();
        const auto type = m_bench->run(metafile::to_png, Type::metafile, file);
        if (!type) return type.error().code;
        EXPECT_EQ(*type, Type::png);
        EXPECT_TRUE(m_bench->found(Finding::image_metafile));
        EXPECT_TRUE(verify::png(MemorySource(m_bench->out.bytes()), Limits()));
        Stream stream{m_bench->out.bytes()};
        m_picture = cairo_image_surface_create_from_png_stream(read_stream, &stream);
        return "";
    }
    // The pixel at a part of the width and height.
    std::uint32_t at(double x, double y) const {
        const int column = static_cast<int>(x * cairo_image_surface_get_width(m_picture));
        const int row = static_cast<int>(y * cairo_image_surface_get_height(m_picture));
        std::uint32_t pixel = 0;
        std::memcpy(
            &pixel,
            cairo_image_surface_get_data(m_picture) + row * cairo_image_surface_get_stride(m_picture) + 4 * column, 4);
        return pixel;
    }
    // How many pixels are at least half there.
    unsigned inked() const {
        unsigned count = 0;
        for (int y = 0; y < cairo_image_surface_get_height(m_picture); ++y)
            for (int x = 0; x < cairo_image_surface_get_width(m_picture); ++x)
                count += cairo_image_surface_get_data(
                             m_picture)[y * cairo_image_surface_get_stride(m_picture) + 4 * x + 3] > 127;
        return count;
    }

    std::unique_ptr<tests::Bench> m_bench;
    cairo_surface_t* m_picture = nullptr;
};

TEST_F(Metafile, ARedRectangleIsRedWhereItShouldBe) {
    ASSERT_EQ(convert(EmfMaker().brush(0x0000FF).rectangle(10, 10, 50, 40).done()), "");
    EXPECT_EQ(at(0.3, 0.5), red);
    EXPECT_EQ(at(0.12, 0.22), red);
    EXPECT_EQ(at(0.48, 0.78), red);
    EXPECT_EQ(at(0.52, 0.5), nothing);
    EXPECT_EQ(at(0.3, 0.1), nothing);
    EXPECT_FALSE(m_bench->found(Finding::image_damaged));
}

TEST_F(Metafile, WindowAndViewportScale) {
    EmfMaker maker;
    maker.add(17, Record().i(8)).add(9, Record().i(1000).i(-500)).add(11, Record().i(100).i(50));
    maker.add(10, Record().i(0).i(500)).brush(0xFF0000).rectangle(0, 500, 500, 250);
    ASSERT_EQ(convert(maker.done()), "");
    EXPECT_EQ(at(0.25, 0.25), blue);
    EXPECT_EQ(at(0.25, 0.75), nothing);
    EXPECT_EQ(at(0.75, 0.25), nothing);
}

TEST_F(Metafile, ClipsAndSavedStates) {
    EmfMaker maker;
    maker.brush(0x0000FF).add(33, Record()).add(30, Record().i(0).i(0).i(50).i(50)).rectangle(0, 0, 100, 25);
    maker.add(34, Record().i(-1)).rectangle(0, 25, 100, 50);
    ASSERT_EQ(convert(maker.done()), "");
    EXPECT_EQ(at(0.25, 0.25), red);
    EXPECT_EQ(at(0.75, 0.25), nothing);
    EXPECT_EQ(at(0.75, 0.75), red);
}

TEST_F(Metafile, PolygonsOfSixteenBitsAndPaths) {
    EmfMaker maker;
    maker.brush(0x0000FF);
    maker.add(86, Record().i(0).i(0).i(0).i(0).i(3).s(0).s(0).s(50).s(0).s(0).s(50));
    maker.add(59, Record()).add(27, Record().i(100).i(0)).add(54, Record().i(100).i(50)).add(54, Record().i(50).i(50));
    maker.add(61, Record()).add(60, Record()).add(62, Record().i(0).i(0).i(0).i(0));
    ASSERT_EQ(convert(maker.done()), "");
    EXPECT_EQ(at(0.1, 0.2), red);
    EXPECT_EQ(at(0.9, 0.8), red);
    EXPECT_EQ(at(0.5, 0.5), nothing);
}

Record text_record(std::u16string_view text, int options = 0) {
    Record record;
    record.i(0).i(0).i(0).i(0).i(1).i(0).i(0);
    record.i(5).i(5).i(static_cast<std::int64_t>(text.size())).i(76).i(options).i(0).i(0).i(0).i(0).i(0);
    for (const char16_t unit : text) record.s(unit);
    if (text.size() % 2 != 0) record.s(0);
    return record;
}

TEST_F(Metafile, TextIsThere) {
    EmfMaker maker;
    maker.add(18, Record().i(1)).add(84, text_record(u"住民票"));
    ASSERT_EQ(convert(maker.done()), "");
    EXPECT_GT(inked(), 500U);
    // Blanks leave no ink: what was counted is glyphs.
    EmfMaker blank;
    blank.add(18, Record().i(1)).add(84, text_record(u"   "));
    ASSERT_EQ(convert(blank.done()), "");
    EXPECT_EQ(inked(), 0U);
}

Record font_record(std::u16string name) {
    Record record;
    record.i(1).i(-16).i(0).i(0).i(0).i(400).i(0).i(0); // height, ..., weight, styles and charset, quality
    name.resize(32);
    for (const char16_t unit : name) record.s(unit);
    return record;
}

// Numbers of glyphs are characters in the fonts whose order is known, and nothing in others.
TEST_F(Metafile, TextOfGlyphNumbers) {
    constexpr int glyphs = 0x10;
    const auto inked_by = [&](const char16_t* font, std::u16string text, int options) {
        if (options != 0)
            for (char16_t& unit : text) unit = static_cast<char16_t>(unit - 29);
        EmfMaker maker;
        maker.add(18, Record().i(1)).add(82, font_record(font)).add(37, Record().i(1));
        maker.add(84, text_record(text, options));
        EXPECT_EQ(convert(maker.done()), "");
        return inked();
    };
    for (const char16_t* font : {u"Arial", u"Times New Roman", u"Courier New"}) {
        const std::size_t said = inked_by(font, u"Total 12%", 0);
        EXPECT_GT(said, 100U);
        EXPECT_EQ(inked_by(font, u"Total 12%", glyphs), said);
        EXPECT_NE(inked_by(font, u"Iota1 12%", glyphs), said);
    }
    EXPECT_EQ(inked_by(u"MS Gothic", u"Total", glyphs), 0U);
}

TEST_F(Metafile, ABitmapIsDrawnTheRightWayUp) {
    Record record;
    record.i(0).i(0).i(0).i(0).i(0).i(0).i(0).i(0).i(1).i(2).i(80).i(40).i(120).i(8).i(0).i(0xCC0020).i(100).i(50);
    record.i(40).i(1).i(2).s(1).s(24).i(0).i(8).i(0).i(0).i(0).i(0);
    record.i(0x0000FF).i(0xFF0000); // the lower row is blue, the upper one red
    ASSERT_EQ(convert(EmfMaker().add(81, record).done()), "");
    EXPECT_EQ(at(0.5, 0.25), red);
    EXPECT_EQ(at(0.5, 0.75), blue);
}

TEST_F(Metafile, Wmf) {
    const Record rectangle = Record().i(7).s(0x041B).s(25).s(50).s(0).s(0);
    ASSERT_EQ(convert(tests::make_wmf(rectangle)), "");
    EXPECT_EQ(at(0.25, 0.25), red);
    EXPECT_EQ(at(0.75, 0.25), nothing);
    EXPECT_EQ(at(0.25, 0.75), nothing);
}

TEST_F(Metafile, HostileCountsAreRefused) {
    const Record points = Record().i(0).i(0).i(0).i(0).i(0xFFFFFFFF).i(1).i(1);
    for (const std::uint32_t type : {2U, 3U, 4U, 5U, 6U, 56U, 85U, 86U, 87U, 92U})
        EXPECT_EQ(convert(EmfMaker().add(type, points).done()), "input.damaged") << type;
    const Record many = Record().i(0).i(0).i(0).i(0).i(1).i(1).i(0x7FFFFFFF).i(1);
    for (const std::uint32_t type : {7U, 8U, 90U, 91U})
        EXPECT_EQ(convert(EmfMaker().add(type, many).done()), "input.damaged") << type;
    EXPECT_EQ(convert(EmfMaker().add(39, Record().i(70000).i(0).i(0).i(0)).done()), "input.damaged");
    EXPECT_EQ(convert(EmfMaker().add(75, Record().i(48).i(5).i(32).i(1).i(0x10000000).i(0).i(0).i(0).i(0).i(0)).done()),
              "input.damaged");
    EXPECT_EQ(convert(Bytes(40)), "input.damaged");
}

TEST_F(Metafile, AWrongLengthEndsTheDrawing) {
    EXPECT_EQ(convert(EmfMaker().add(43, Record(), 4).done()), "input.damaged");
    ASSERT_EQ(convert(EmfMaker().brush(0x0000FF).rectangle(0, 0, 50, 50).add(43, Record(), 0x7FFFFFF8).cut()), "");
    EXPECT_TRUE(m_bench->found(Finding::image_damaged));
    EXPECT_EQ(at(0.25, 0.5), red);
}

TEST_F(Metafile, EmfPlusAloneAndEmptyOnesAreRefused) {
    const Record plus = Record().i(32).i(0x2B464D45).s(0x4001).s(0).i(28).i(16).i(0).i(0).i(0).i(0);
    EXPECT_EQ(convert(EmfMaker().add(70, plus).brush(0xFF).rectangle(0, 0, 9, 9).done()), "image.unsupported");
    EXPECT_EQ(convert(EmfMaker().done()), "image.unsupported");
}

TEST_F(Metafile, ExtremeNumbersAreHarmless) {
    EmfMaker maker;
    maker.add(35, Record().i(0x7F7FFFFF).i(0x7F7FFFFF).i(0x7FC00000).i(0x7F800000).i(0).i(0));
    maker.brush(0xFF).rectangle(-0x7FFFFFFF, -0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF);
    maker.add(42, Record().i(-0x7FFFFFFF).i(1).i(0x7FFFFFFF).i(2)).add(84, text_record(u"A"));
    const std::string outcome = convert(maker.done());
    EXPECT_TRUE(outcome.empty() || outcome == "input.damaged") << outcome;
}

} // namespace
} // namespace sekisho
