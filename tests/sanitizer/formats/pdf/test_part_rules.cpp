// Parts that a document holds: each rule on the smallest part that breaks it.
#include <gtest/gtest.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/calculator.h"
#include "sanitizer/formats/pdf/codecs.h"
#include "sanitizer/formats/pdf/filters.h"
#include "sanitizer/formats/pdf/icc.h"
#include "tests/sanitizer/formats/pdf/parts.h"

namespace sekisho::pdf {
namespace {

const std::string damaged = "input.damaged";
const std::string too_long = "limit.bytes";
const std::string too_large = "limit.pixels";

template <typename Value> std::string told(const Result<Value>& result) {
    return result ? "" : result.error().code;
}

TEST(PdfCalculatorRules, OnlyItsOwnLanguageIsWritten) {
    const auto run = [](std::string_view program) { return told(rewrite_calculator(as_view(program))); };
    EXPECT_EQ(run("{2 mul {pop} if}"), "");
    for (const char* bad : {"}", "} {", "2 {mul}", "mul", "{run}", "{(file) deletefile}", "{2 mul", ""})
        EXPECT_EQ(run(bad), damaged) << bad;
    const auto nested = [&](std::size_t depth) { return run(std::string(depth, '{') + std::string(depth, '}')); };
    EXPECT_EQ(nested(16), "");
    EXPECT_EQ(nested(17), damaged);
}

TEST(PdfPredictorRules, ImpossibleShapesAreRefused) {
    const auto run = [](int colors, int bits, int columns) {
        return told(undo_predictor({1, 2, 3}, {12, colors, bits, columns}));
    };
    EXPECT_EQ(run(1, 8, 2), "");
    EXPECT_EQ(run(0, 8, 2), damaged);
    EXPECT_EQ(run(1, 7, 2), damaged);
    EXPECT_EQ(run(1, 8, 0), damaged);
}

TEST(PdfFilterRules, NothingGrowsBeyondItsLimit) {
    // As a stream that is unpacked at once, in steps, and in steps after it was measured.
    for (const std::size_t size : {500U, 1'000U, 20'000'000U}) {
        const Bytes packed = to_bytes(tests::deflated(std::string(size, ' ')));
        EXPECT_EQ(told(inflate(packed, 0, size)), "") << size;
        EXPECT_EQ(told(inflate(packed, 0, 100)), too_long) << size;
    }
    EXPECT_EQ(told(decode_run_length(Bytes{0x81, 'a'}, 128)), "");
    EXPECT_EQ(told(decode_run_length(Bytes{0x81, 'a'}, 127)), too_long);
}

TEST(PdfFaxRules, ImpossibleSizesAreRefused) {
    const auto run = [](std::uint32_t columns, std::uint32_t rows) {
        FaxParameters parameters;
        parameters.columns = columns;
        return told(decode_fax({}, parameters, rows));
    };
    EXPECT_EQ(run(1, 1U << 20), "");
    EXPECT_EQ(run(0, 1), too_large);
    EXPECT_EQ(run((1U << 20) + 1, 1), too_large);
    EXPECT_EQ(run(1, (1U << 20) + 1), too_large);
}

TEST(PdfJbig2Rules, DamageIsRefused) {
    const auto run = [](const Bytes& data, const Bytes& globals = {}) {
        Budget budget{Limits()};
        return told(decode_jbig2(data, globals, budget));
    };
    const Bytes page = tests::tiny_jbig2();
    const Bytes symbols{0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0xFF}; // a dictionary too short to be one
    Bytes more = page;
    more.insert(more.end(), symbols.begin(), symbols.end());
    EXPECT_EQ(run(page), "");
    EXPECT_EQ(run(symbols), damaged) << "no page";
    EXPECT_EQ(run(more), damaged) << "a damaged segment behind the page";
    EXPECT_EQ(run(page, symbols), damaged) << "damaged shared segments";
    EXPECT_EQ(run(Bytes(page.begin(), page.begin() + 20)), damaged) << "a page that is cut";
}

TEST(PdfJpegRules, DamageIsRefused) {
    const auto run = [](const Bytes& data) {
        Budget budget{Limits()};
        return told(rewrite_jpeg(data, budget));
    };
    EXPECT_EQ(run(tests::tiny_jpeg()), "");
    EXPECT_EQ(run(to_bytes("nothing")), damaged) << "no head";
    EXPECT_EQ(run(tests::tiny_jpeg(false)), damaged) << "no table for its samples";
}

TEST(PdfJpxRules, DamageIsRefused) {
    const auto run = [](const Bytes& data) {
        Budget budget{Limits()};
        return decode_jpx(data, 0, false, budget);
    };
    const auto picture = run(tests::tiny_jpx());
    ASSERT_TRUE(picture) << told(picture);
    EXPECT_EQ(picture->bytes, Bytes(64, 128));
    EXPECT_EQ(told(run(to_bytes("nothing that is a picture"))), damaged);
}

// A profile with a header, a directory of tags and the element XYZ for each of them.
struct IccSample {
    std::string magic = "acsp";
    std::string space = "RGB ";
    std::string kind = "XYZ ";
    std::vector<std::string> tags = {"wtpt"};

    Bytes bytes() const {
        Bytes head(128);
        const auto put = [&](std::size_t at, std::string_view text) {
            std::ranges::copy(text, head.begin() + static_cast<std::ptrdiff_t>(at));
        };
        put(12, "mntr");
        put(16, space);
        put(20, "XYZ ");
        put(36, magic);
        ByteWriter out;
        out.raw(head);
        out.u32be(static_cast<std::uint32_t>(tags.size()));
        for (const std::string& tag : tags) {
            out.text(tag);
            out.u32be(static_cast<std::uint32_t>(132 + 12 * tags.size()));
            out.u32be(20);
        }
        out.text(kind);
        out.raw(Bytes(16));
        return out.take();
    }
};

TEST(PdfIccRules, ProfilesThatMakeNoSenseAreRefused) {
    EXPECT_EQ(told(rewrite_icc(IccSample().bytes())), "");
    const std::vector<std::pair<const char*, IccSample>> rows{
        {"no profile", {.magic = "none"}},
        {"a space of no known colours", {.space = "7CLR"}},
        {"more tags than there are", {.tags = std::vector<std::string>(101, "wtpt")}},
        {"an element of an unknown kind", {.kind = "evil"}},
        {"nothing that conversion needs", {.tags = {"evil"}}},
    };
    for (const auto& [what, sample] : rows) EXPECT_EQ(told(rewrite_icc(sample.bytes())), damaged) << what;
}

} // namespace
} // namespace sekisho::pdf
