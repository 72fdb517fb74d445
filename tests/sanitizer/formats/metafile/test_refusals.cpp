// Records that contradict themselves: the drawing ends there, and one in which nothing was drawn before is refused.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "sanitizer/formats/metafile/metafile.h"
#include "tests/sanitizer/formats/metafile/maker.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::EmfMaker, tests::Record;

std::string code_of(const Bytes& file) {
    tests::Bench bench;
    const auto type = bench.run(metafile::to_png, Type::metafile, file);
    return type ? "drawn" : type.error().code;
}

// Numbers from `offset` on replaced.
Bytes with(Bytes file, std::size_t offset, const Record& numbers) {
    std::ranges::copy(numbers.bytes.bytes(), file.begin() + static_cast<std::ptrdiff_t>(offset));
    return file;
}

// Where they stand in the header of EmfMaker.
constexpr std::size_t type_at = 0, size_at = 4, bounds_at = 8, frame_at = 24, signature_at = 40, device_at = 72;

Bytes rectangle() {
    return EmfMaker().brush(0xFF).rectangle(10, 10, 50, 40).done();
}

TEST(MetafileRefusals, HeadersOfEnhancedMetafiles) {
    ASSERT_EQ(code_of(rectangle()), "drawn");
    EXPECT_EQ(code_of(with(rectangle(), frame_at, Record().i(0).i(0).i(0).i(0))), "drawn"); // the bounds count
    const Bytes no_frame = with(rectangle(), frame_at, Record().i(0).i(0).i(0).i(0));
    struct Row {
        const char* what;
        Bytes file;
    };
    for (const Row& row :
         {Row{"another first record", with(rectangle(), type_at, Record().i(2))},
          Row{"another signature", with(rectangle(), signature_at, Record().i(0))},
          // In the bounds stands a comment that leads to the first record.
          Row{"a header that ends before it says all",
              with(with(rectangle(), size_at, Record().i(8)), bounds_at, Record().i(70).i(80))},
          Row{"a device without pixels", with(rectangle(), device_at, Record().i(0))},
          Row{"bounds that end before they begin", with(no_frame, bounds_at, Record().i(0).i(0).i(-5).i(-5))}})
        EXPECT_EQ(code_of(row.file), "input.damaged") << row.what;
}

TEST(MetafileRefusals, RecordsOfEnhancedMetafiles) {
    struct Row {
        const char* what;
        Bytes file;
    };
    const Record corners = Record().i(0).i(0).i(0).i(50).i(50).i(0).i(0); // two of a gradient, after bounds and counts
    const auto gradient = [&](std::uint32_t count, std::uint32_t pieces, int mode, int last_corner) {
        Record record;
        record.i(0).i(0).i(0).i(0).i(count).i(pieces).i(mode);
        record.i(0).i(0).i(0).i(0).i(50).i(50).i(0).i(0).i(0).i(last_corner);
        return EmfMaker().add(118, record).done();
    };
    ASSERT_EQ(code_of(gradient(2, 1, 0, 1)), "drawn");
    Record many_rectangles;
    many_rectangles.i(48).i(5).i(32).i(1).i(100'001).i(0).i(0).i(0).i(0).i(0);
    for (int i = 0; i < 100'001; ++i) many_rectangles.i(0).i(0).i(100).i(50);
    Record many_points;
    many_points.i(0).i(0).i(0).i(0).i(2'000'001);
    for (int i = 0; i < 2'000'001; ++i) many_points.s(0).s(0);
    for (const Row& row :
         {Row{"a record that is shorter than its fields", EmfMaker().add(43, Record().i(0).i(0).i(50)).done()},
          Row{"a length that is no multiple of four",
              EmfMaker().brush(0xFF).add(43, Record().i(0).i(0).i(50).i(50).s(0)).done()},
          Row{"a gradient of a kind that does not exist", gradient(2, 1, 3, 1)},
          Row{"more corners than there are", gradient(0x0FFFFFFF, 1, 0, 1)},
          Row{"more pieces than there are", gradient(2, 1000, 0, 1)},
          Row{"a corner that is not there", gradient(2, 1, 0, 1000)},
          Row{"more figures than there are", EmfMaker().add(8, Record().i(0).i(0).i(0).i(0).i(1000).i(0)).done()},
          Row{"a curve that ends in its middle",
              EmfMaker().add(56, Record().i(0).i(0).i(0).i(0).i(1).i(9).i(9).i(4)).done()},
          Row{"more points than one path may have", EmfMaker().add(87, many_points).done()},
          Row{"more rectangles than a region may have",
              EmfMaker().brush(0xFF).add(75, many_rectangles).rectangle(0, 0, 50, 50).done()},
          Row{"text that begins in the head of its record",
              EmfMaker()
                  .add(84,
                       Record().i(0).i(0).i(0).i(0).i(1).i(0).i(0).i(5).i(5).i(1).i(4).i(0).i(0).i(0).i(0).i(0).i(0))
                  .done()},
          Row{"text that is longer than its record",
              EmfMaker().add(108, Record().i(0).i(0).i(1000).i(0x300).i(1).i(0).i(0).i(0x41414141)).done()}})
        EXPECT_EQ(code_of(row.file), "input.damaged") << row.what;
}

// The head of a bitmap of 1 x 2 pixels.
Record bitmap(std::uint32_t header_size, int width = 1) {
    Record record;
    record.i(header_size).i(width).i(2).s(1).s(24).i(0).i(8).i(0).i(0).i(0).i(0);
    return record;
}

Bytes stretched(const Record& head, std::uint32_t bits_size, int header_at = 80) {
    Record record;
    record.i(0).i(0).i(0).i(0).i(0).i(0).i(0).i(0).i(1).i(2).i(header_at);
    record.i(static_cast<std::int64_t>(head.bytes.size())).i(80 + static_cast<std::int64_t>(head.bytes.size()));
    record.i(bits_size).i(0).i(0xCC0020).i(100).i(50);
    record.bytes.raw(head.bytes.bytes());
    record.i(0x0000FF).i(0xFF0000);
    return EmfMaker().add(81, record).done();
}

TEST(MetafileRefusals, Bitmaps) {
    ASSERT_EQ(code_of(stretched(bitmap(40), 8)), "drawn");
    EXPECT_EQ(code_of(stretched(bitmap(40, 0), 8)), "input.damaged") << "no width";
    EXPECT_EQ(code_of(stretched(bitmap(40), 0)), "input.damaged") << "no pixels";
    EXPECT_EQ(code_of(stretched(bitmap(40), 8, 4)), "input.damaged") << "a header in the head of its record";
    Record long_header = bitmap(128);
    for (int i = 0; i < 22; ++i) long_header.i(0);
    EXPECT_EQ(code_of(stretched(long_header, 8)), "input.damaged") << "a header of a kind that does not exist";
    const Record brush = Record().i(1).i(0).i(4).i(40).i(4).i(8);
    EXPECT_EQ(code_of(EmfMaker().add(94, brush).brush(0xFF).rectangle(0, 0, 50, 50).done()), "input.damaged");
}

TEST(MetafileRefusals, RecordsOfOldMetafiles) {
    const Record rectangle = Record().i(7).s(0x041B).s(25).s(50).s(0).s(0);
    ASSERT_EQ(code_of(tests::make_wmf(rectangle)), "drawn");
    EXPECT_EQ(code_of(tests::make_wmf(rectangle, 0)), "input.damaged") << "no units per inch";
    // Not placed: the first window says what is to be seen.
    const auto in_window = [&](int width) {
        Record file;
        file.s(1).s(9).s(0x300).i(0).s(4).i(0).s(0);
        file.i(5).s(0x020C).s(50).s(width);
        file.bytes.raw(rectangle.bytes.bytes());
        return file.i(3).s(0).bytes.bytes();
    };
    ASSERT_EQ(code_of(in_window(100)), "drawn");
    EXPECT_EQ(code_of(in_window(0)), "input.damaged") << "a window without a width";
    struct Row {
        const char* what;
        Record record;
    };
    for (const Row& row :
         {Row{"a rectangle of two sides", Record().i(5).s(0x041B).s(25).s(50)},
          Row{"a blackening without a place", Record().i(5).s(0x0F43).i(0x42)},
          Row{"a pattern without a place", Record().i(5).s(0x061D).i(0x42)},
          Row{"a brush of a picture that is not there", Record().i(5).s(0x0142).i(0).i(7).s(0x041B).s(25).s(50).i(0)},
          Row{"text without a place", Record().i(5).s(0x0521).s(1).s('A')},
          Row{"text that is longer than its record", Record().i(7).s(0x0A32).s(5).s(5).s(100).s(0)}})
        EXPECT_EQ(code_of(tests::make_wmf(row.record)), "input.damaged") << row.what;
}

// Text that could not be shown must not vanish from a picture.
TEST(MetafileRefusals, TextWithoutAnyFontDeathTest) {
    GTEST_FLAG_SET(death_test_style, "threadsafe"); // a process of its own: the fonts are looked for once
    const auto outcome = [] {
        const auto path = std::filesystem::temp_directory_path() / ("no-fonts-" + std::to_string(getpid()));
        std::ofstream(path) << "<fontconfig></fontconfig>";
        setenv("FONTCONFIG_FILE", path.c_str(), 1);
        const Record text =
            Record().i(0).i(0).i(0).i(0).i(1).i(0).i(0).i(5).i(5).i(1).i(76).i(0).i(0).i(0).i(0).i(0).i(0);
        const std::string code = code_of(EmfMaker().add(84, Record(text).s('A').s(0)).done());
        std::filesystem::remove(path);
        _exit(code == "image.unsupported" ? 0 : 1);
    };
    EXPECT_EXIT(outcome(), testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace sekisho
