// Programs inside fonts: each rule on the smallest font that breaks it.
#include <gtest/gtest.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/cff.h"
#include "sanitizer/formats/pdf/cmap.h"
#include "sanitizer/formats/pdf/fonts.h"
#include "sanitizer/formats/pdf/sfnt.h"
#include "sanitizer/formats/pdf/type1.h"
#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::pdf {
namespace {

const std::string damaged = "input.damaged";

template <typename Value> std::string told(const Result<Value>& result) {
    return result ? "" : result.error().code;
}

Bytes repeated(const Bytes& part, std::size_t times) {
    Bytes all;
    for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), part.begin(), part.end());
    return all;
}

// Charstrings: 139 is the number 0, 32 + n calls subroutine n, 14 ends a glyph, 2 is no operator.
const Bytes sound{14};
const Bytes unsound{2};

// A CFF with one private dictionary, or with a selection one of CID-keyed parts.
struct CffSample {
    std::vector<Bytes> glyphs = {sound, sound, sound, sound};
    std::vector<Bytes> routines{};
    Bytes charset{};   // predefined if empty
    Bytes selection{}; // which part each glyph belongs to
    std::size_t parts = 1;
    unsigned tops = 1;
    int charstring_type = 2;

    Bytes bytes() const {
        ByteWriter body;
        const auto here = [&] { return static_cast<std::uint32_t>(body.size()); };
        body.raw(charset);
        const std::uint32_t charstrings_at = here();
        put_cff_index(body, glyphs);
        const std::uint32_t selection_at = here();
        body.raw(selection);
        const std::uint32_t parts_at = here();
        put_cff_index(body, std::vector<Bytes>(parts));
        const std::uint32_t private_at = here();
        constexpr std::uint32_t private_size = 6;
        put_cff_offset(body, private_size); // where the subroutines are, from here
        put_cff_entry(body, 19, {});
        put_cff_index(body, routines);
        const auto top = [&](std::uint32_t start) {
            ByteWriter out;
            const auto offset = [&](std::uint32_t value, std::uint16_t operation) {
                put_cff_offset(out, start + value);
                put_cff_entry(out, operation, {});
            };
            if (!selection.empty()) put_cff_entry(out, 0x0C1E, {{391, {}}, {392, {}}, {0, {}}});
            if (charstring_type != 2) put_cff_entry(out, 0x0C06, {{charstring_type, {}}});
            if (!charset.empty()) offset(0, 15);
            offset(charstrings_at, 17);
            if (!selection.empty()) {
                offset(selection_at, 0x0C25);
                offset(parts_at, 0x0C24);
            } else if (!routines.empty()) {
                put_cff_offset(out, private_size);
                offset(private_at, 18);
            }
            return out.take();
        };
        const auto head = [&](std::uint32_t start) {
            ByteWriter out;
            out.raw(Bytes{1, 0, 4, 4});
            put_cff_index(out, {to_bytes("Font")});
            put_cff_index(out, std::vector<Bytes>(tops, top(start)));
            put_cff_index(out, {}); // strings
            put_cff_index(out, {}); // global subroutines
            return out.take();
        };
        ByteWriter font;
        font.raw(head(static_cast<std::uint32_t>(head(0).size())));
        font.raw(body.bytes());
        return font.take();
    }
};

std::string told_of(const CffSample& sample) {
    Budget budget{Limits()};
    return told(rewrite_cff(sample.bytes(), budget));
}

// Each subroutine but the last calls the next 25 times: eight million steps.
std::vector<Bytes> busy_routines() {
    std::vector<Bytes> routines{};
    for (std::uint8_t next = 1; next < 5; ++next)
        routines.push_back(repeated({static_cast<std::uint8_t>(32 + next), 10}, 25));
    routines.push_back(repeated({139, 12, 18}, 10)); // a number, dropped
    return routines;
}

TEST(PdfCffRules, SoundFontsAreWritten) {
    EXPECT_EQ(told_of(CffSample{}), "");
    EXPECT_EQ(told_of(CffSample{.glyphs = {sound, {32, 10, 14}}, .routines = {{139, 22, 11}}}), "");
    EXPECT_EQ(told_of(CffSample{.charset = {0, 0, 1, 0, 2, 0, 3}}), "");
    EXPECT_EQ(told_of(CffSample{.selection = {0, 0, 1, 0, 1}, .parts = 2}), "");
    EXPECT_EQ(told_of(CffSample{.selection = {3, 0, 2, 0, 0, 0, 0, 1, 1, 0, 4}, .parts = 2}), "");
}

TEST(PdfCffRules, WhatContradictsItselfIsRefused) {
    const std::vector<std::pair<const char*, CffSample>> rows{
        {"a charset of no known kind", {.charset = {3, 0, 1, 0, 2, 0, 3}}},
        {"more parts than a byte can number", {.selection = {0, 0, 0, 0, 0}, .parts = 257}},
        {"glyphs of a part that is not there", {.selection = {0, 0, 0, 0, 255}}},
        {"ranges that go back", {.selection = {3, 0, 2, 0, 0, 0, 0, 4, 0, 0, 1}}},
        {"two fonts in one", {.tops = 2}},
        {"glyphs in the language of Type 1", {.charstring_type = 1}},
        {"no glyphs", {.glyphs = {}}},
        {"mostly glyphs that are no programs", {.glyphs = {sound, unsound, unsound, unsound}}},
        {"a glyph that runs for ever", {.glyphs = {sound, sound, sound, {32, 10}}, .routines = busy_routines()}},
    };
    for (const auto& [what, sample] : rows) EXPECT_EQ(told_of(sample), damaged) << what;
}

TEST(PdfCffRules, GlyphsThatLeaveTheirMachineAreRefused) {
    const auto run = [](const Bytes& charstring, std::size_t steps = 1'000'000) {
        return told(flatten_charstring(charstring, {}, {}, steps));
    };
    EXPECT_EQ(run(repeated({139}, 96)), "");
    EXPECT_EQ(run(repeated({139}, 97)), damaged) << "operands";
    EXPECT_EQ(run({12, 18}), damaged) << "an operand that is not there";
    EXPECT_EQ(run(repeated({139, 6}, 33'000)), damaged) << "more than 65,535 bytes";
    EXPECT_EQ(run({139, 139, 139, 14}, 3), damaged) << "work";
    EXPECT_EQ(run({139, 10}), damaged) << "a subroutine that is not there";
}

TEST(PdfCffRules, TablesAndDictionariesAreBounded) {
    const auto index = [](const Bytes& bytes) {
        ByteReader reader(bytes);
        return told(read_cff_index(reader));
    };
    EXPECT_EQ(index({0, 2, 1, 1, 2, 3, 'a', 'b'}), "");
    EXPECT_EQ(index({0, 1, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 'a'}), damaged) << "numbers of five bytes";
    EXPECT_EQ(index({0, 1, 1, 2, 3, 'a', 'b'}), damaged) << "bytes before the first";
    EXPECT_EQ(index({0, 2, 1, 1, 3, 2, 'a', 'b'}), damaged) << "one that ends before it begins";
    EXPECT_EQ(told(read_cff_dict(repeated({139}, 48))), "");
    EXPECT_EQ(told(read_cff_dict(repeated({139}, 49))), damaged) << "operands";
}

// The tables of a font with one glyph, in the order of the directory.
using Tables = std::vector<std::pair<std::string, Bytes>>;

Bytes head_table(std::uint32_t magic = 0x5F0F3CF5, std::uint16_t units = 1000) {
    ByteWriter out;
    for (const std::uint32_t value : {0x00010000U, 0U, 0U, magic}) out.u32be(value);
    out.u16be(0);
    out.u16be(units);
    out.raw(Bytes(34));
    return out.take();
}

Bytes metrics_header(std::uint8_t count) {
    Bytes header(36);
    header[1] = 1;
    header[35] = count;
    return header;
}

Tables one_glyph() {
    return {{"glyf", {}}, {"head", head_table()}, {"hhea", metrics_header(1)},
            {"hmtx", {}}, {"loca", {0, 0, 0, 0}}, {"maxp", {0, 0, 0x50, 0, 0, 1}}};
}

Bytes sfnt(const Tables& tables) {
    ByteWriter out;
    ByteWriter body;
    out.u32be(0x00010000);
    out.u16be(static_cast<std::uint16_t>(tables.size()));
    out.raw(Bytes(6));
    for (const auto& [tag, bytes] : tables) {
        out.text(tag);
        out.u32be(0);
        out.u32be(static_cast<std::uint32_t>(12 + 16 * tables.size() + body.size()));
        out.u32be(static_cast<std::uint32_t>(bytes.size()));
        body.raw(bytes);
    }
    out.raw(body.bytes());
    out.u32be(0); // so that an empty last table begins within the file
    return out.take();
}

std::string told_of(const Tables& tables) {
    Budget budget{Limits()};
    return told(rewrite_sfnt(sfnt(tables), budget));
}

TEST(PdfTrueTypeRules, FontsOfMoreTablesThanThereAreRefused) {
    Tables tables = one_glyph();
    EXPECT_EQ(told_of(tables), "");
    for (int i = 0; tables.size() < 64; ++i) tables.push_back({"x0" + std::to_string(10 + i), {}});
    EXPECT_EQ(told_of(tables), "");
    tables.push_back({"last", {}});
    EXPECT_EQ(told_of(tables), damaged);
}

TEST(PdfTrueTypeRules, TablesThatMakeNoSenseAreRefused) {
    SfntFacts facts{.glyphs = 1};
    EXPECT_EQ(told(rewrite_head(head_table(), facts)), "");
    EXPECT_EQ(told(rewrite_head(head_table(1), facts)), damaged) << "the magic number";
    EXPECT_EQ(told(rewrite_head(head_table(0x5F0F3CF5, 15), facts)), damaged) << "units of the em";
    EXPECT_EQ(told(rewrite_metrics(metrics_header(1), {}, facts)), "");
    EXPECT_EQ(told(rewrite_metrics(metrics_header(0), {}, facts)), damaged) << "no metrics";
    EXPECT_EQ(told(rewrite_character_map(Bytes{0, 0, 0, 0}, facts)), damaged) << "no subtables";
    EXPECT_EQ(told(rewrite_maxp(Bytes{0, 0, 0x50, 0, 0, 0}, facts)), damaged) << "no glyphs";
}

std::string told_of_glyphs(const std::vector<Bytes>& glyphs) {
    ByteWriter glyf;
    ByteWriter loca;
    for (const Bytes& glyph : glyphs) {
        loca.u16be(static_cast<std::uint16_t>(glyf.size() / 2));
        glyf.raw(glyph);
        if (glyf.size() % 2 != 0) glyf.u8(0);
    }
    loca.u16be(static_cast<std::uint16_t>(glyf.size() / 2));
    return told(rewrite_glyphs(glyf.bytes(), loca.bytes(), {static_cast<std::uint16_t>(glyphs.size()), false}));
}

TEST(PdfTrueTypeRules, OutlinesThatMakeNoSenseAreRefused) {
    constexpr std::uint8_t point = 0x31; // on the curve, where the one before was
    const auto contours = [](std::uint8_t first, std::uint8_t second) {
        return Bytes{0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, first, 0, second, 0, 0, point, point};
    };
    const auto part = [](std::uint8_t glyph) {
        return Bytes{0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, glyph, 0, 0};
    };
    EXPECT_EQ(told_of_glyphs({contours(0, 1)}), "");
    EXPECT_EQ(told_of_glyphs({contours(1, 0)}), damaged) << "a contour that ends before it begins";
    EXPECT_EQ(told_of_glyphs({part(1), contours(0, 1)}), "");
    EXPECT_EQ(told_of_glyphs({part(9)}), damaged) << "a part that is not there";
    EXPECT_EQ(told_of_glyphs({contours(0, 1), {0, 1}, {0, 1}}), damaged) << "mostly glyphs that are cut";
}

// A subtable of the platform Windows; its format is its first number.
Bytes character_map(const Bytes& subtable) {
    ByteWriter out;
    out.raw(Bytes{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12});
    out.raw(subtable);
    return out.take();
}

// What is written is one of: no entry for "A" when it came too late.
TEST(PdfTrueTypeRules, CharactersBeyondAllWorkAreNotRead) {
    const SfntFacts facts{.glyphs = 0xFFFF};
    const auto segments = [](std::uint16_t repetitions) { // format 4: all of U+1000 to U+FFFE, then "A"
        const auto count = static_cast<std::uint16_t>(repetitions + 1);
        ByteWriter out;
        out.raw(Bytes{0, 4, 0, 0, 0, 0});
        out.u16be(static_cast<std::uint16_t>(2 * count));
        out.raw(Bytes(6));
        for (std::uint16_t i = 0; i < count; ++i) out.u16be(i < repetitions ? 0xFFFE : 'A');
        out.u16be(0);
        for (std::uint16_t i = 0; i < count; ++i) out.u16be(i < repetitions ? 0x1000 : 'A');
        out.raw(Bytes(4U * count)); // no differences, no lists
        return character_map(out.bytes());
    };
    const auto groups = [](std::uint32_t repetitions) { // format 13: the same, one glyph for all
        ByteWriter out;
        out.u16be(13);
        out.raw(Bytes(10));
        out.u32be(repetitions + 1);
        for (std::uint32_t i = 0; i <= repetitions; ++i) {
            out.u32be(i < repetitions ? 0x1000 : 'A');
            out.u32be(i < repetitions ? 0xFFFE : 'A');
            out.u32be(7);
        }
        return character_map(out.bytes());
    };
    constexpr std::uint16_t bearable = 19; // times 61,439 characters: fewer than 1,200,000
    constexpr std::size_t first_end = 26;  // of the first segment of format 4, in which both are written
    for (const auto& [times, end] :
         {std::pair(bearable, 'A' + 0), std::pair<std::uint16_t, int>(bearable + 1, 0xFFFE)}) {
        const auto written = rewrite_character_map(segments(times), facts);
        ASSERT_TRUE(written);
        EXPECT_EQ((*written)[first_end] << 8 | (*written)[first_end + 1], end) << times;
    }
    const auto all = rewrite_character_map(groups(bearable), facts);
    const auto cut = rewrite_character_map(groups(bearable + 1), facts);
    ASSERT_TRUE(all && cut);
    EXPECT_EQ(all->size(), cut->size() + 12) << "a group of format 12 takes twelve bytes";
}

// A Type 1 font; its private part is encrypted here.
struct Type1Sample {
    std::vector<Bytes> routines{};
    std::vector<Bytes> glyphs = {sound};
    std::size_t routine_count = 0; // if it says more than there are
    int random = 4;

    Bytes bytes() const {
        ByteWriter secret;
        const auto put = [&](const std::string& before, const Bytes& charstring, std::string_view after) {
            const Bytes packed = charstring.empty() ? Bytes() : type1_encrypt(charstring, charstring_key);
            secret.text(before + " " + std::to_string(packed.size()) + " RD ");
            secret.raw(packed);
            secret.text(after);
        };
        secret.text("dup /Private 8 dict dup begin /lenIV " + std::to_string(random) + " def\n/Subrs " +
                    std::to_string(std::max(routine_count, routines.size())) + " array\n");
        for (std::size_t i = 0; i < routines.size(); ++i) put("dup " + std::to_string(i), routines[i], " NP\n");
        secret.text("ND\n2 index /CharStrings 9 dict dup begin\n");
        for (const Bytes& glyph : glyphs) put("/a", glyph, " ND\n");
        secret.text("end\n");
        ByteWriter out;
        out.text("%!PS-AdobeFont-1.0: A\n/FontName /A def\ncurrentfile eexec\n");
        out.raw(type1_encrypt(secret.bytes(), eexec_key));
        return out.take();
    }
};

std::string told_of(const Type1Sample& sample) {
    Budget budget{Limits()};
    return told(rewrite_type1(sample.bytes(), budget));
}

TEST(PdfType1Rules, SoundFontsAreWritten) {
    EXPECT_EQ(told_of(Type1Sample{.routines = {{11}, {139, 10, 11}}, .glyphs = {sound, {140, 10, 14}}}), "");
}

TEST(PdfType1Rules, WhatContradictsItselfIsRefused) {
    const std::vector<std::pair<const char*, Type1Sample>> rows{
        {"a program longer than a string", {.glyphs = {sound, sound, Bytes(65'532, 139)}}},
        {"more subroutines than numbers", {.routine_count = 65'537}},
        {"more glyphs than a font has", {.glyphs = std::vector<Bytes>(20'001)}},
        {"more random bytes than bytes", {.random = 65}},
        {"no glyphs", {.glyphs = {}}},
        {"a subroutine that calls itself", {.routines = {{139, 10}}}},
        {"mostly glyphs that are no programs", {.glyphs = {sound, unsound, unsound}}},
    };
    for (const auto& [what, sample] : rows) EXPECT_EQ(told_of(sample), damaged) << what;
    Budget budget{Limits()};
    EXPECT_EQ(told(rewrite_type1(to_bytes("%!PS-AdobeFont-1.0: A"), budget)), damaged) << "no private part";
}

TEST(PdfType1Rules, GlyphsHoldKnownCommandsOnly) {
    const auto run = [](const Bytes& charstring) {
        std::vector<std::size_t> calls;
        return told(rewrite_type1_charstring(charstring, 3, calls));
    };
    EXPECT_EQ(run({142, 12, 16, 141, 10, 14}), ""); // procedure 3, subroutine 2
    EXPECT_EQ(run({12, 99}), damaged) << "an unknown command of two bytes";
    EXPECT_EQ(run({144, 12, 16}), damaged) << "a procedure that readers do not have";
    EXPECT_EQ(run({2}), damaged) << "an unknown command";
    EXPECT_EQ(run({142, 10}), damaged) << "a subroutine that is not there";
    EXPECT_EQ(run(Bytes(65'532, 139)), damaged) << "longer than a string";
}

TEST(PdfCMapRules, MoreEntriesThanCharactersAreRefused) {
    const auto with_entries = [](std::size_t count) {
        std::string text = "100 beginbfchar\n";
        for (std::size_t i = 0; i < count; ++i) text += "<41><41>";
        return told(rewrite_cmap(as_view(text + "\nendbfchar\n"), CMapUse::to_unicode));
    };
    EXPECT_EQ(with_entries(200'000), "");
    EXPECT_EQ(with_entries(200'001), damaged);
}

TEST(PdfFontRules, InstructionsAreTold) {
    const auto told_with = [](const Tables& tables) {
        tests::Sample sample;
        const std::string program = std::to_string(sample.add_stream("", as_text(sfnt(tables))));
        const std::string descriptor = std::to_string(
            sample.add("<</Type/FontDescriptor/FontName/A/Flags 32/FontBBox[0 0 9 9]/ItalicAngle 0/Ascent 9/Descent 0"
                       "/CapHeight 9/StemV 9/FontFile2 " +
                       program + " 0 R>>"));
        const std::string font = std::to_string(
            sample.add("<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 65/Widths[500]/FontDescriptor " +
                       descriptor + " 0 R>>"));
        sample.resources = "/ExtGState<</G<</Font[" + font + " 0 R 12]>>>>";
        sample.content += " /G gs";
        const tests::Rebuilt rebuilt = tests::rebuild(sample.bytes());
        EXPECT_TRUE(rebuilt.result);
        EXPECT_FALSE(rebuilt.found(Finding::pdf_font));
        return rebuilt.found(Finding::pdf_font_program);
    };
    Tables tables = one_glyph();
    EXPECT_FALSE(told_with(tables));
    tables.push_back({"prep", {1, 2, 3, 4}});
    EXPECT_TRUE(told_with(tables));
}

} // namespace
} // namespace sekisho::pdf
