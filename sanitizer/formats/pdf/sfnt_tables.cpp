#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/sfnt.h"

namespace sekisho::pdf {

namespace {

constexpr std::uint32_t font_magic = 0x5F0F3CF5;

// Copies `count` two-byte numbers.
Result<> copy_numbers(ByteReader& reader, ByteWriter& out, unsigned count) {
    for (unsigned i = 0; i < count; ++i) out.u16be(TRY(reader.u16be()));
    return {};
}

} // namespace

Result<Bytes> rewrite_head(View table, SfntFacts& facts) {
    ByteReader reader(table);
    ByteWriter out;
    TRY(reader.skip(4));
    out.u32be(0x00010000);
    out.u32be(TRY(reader.u32be())); // revision
    TRY(reader.skip(4));
    out.u32be(0); // checksum, set when the font is put together
    if (TRY(reader.u32be()) != font_magic) return refuse(Reason::input_damaged);
    out.u32be(font_magic);
    const std::uint16_t flags = TRY(reader.u16be());
    out.u16be(flags & 0x000B); // baseline, side bearing, whole-number scaling; the others concern instructions
    const std::uint16_t units = TRY(reader.u16be());
    if (units < 16 || units > 16384) return refuse(Reason::input_damaged);
    out.u16be(units);
    TRY(reader.skip(16)); // dates
    out.u64be(0);
    out.u64be(0);
    TRY(copy_numbers(reader, out, 4));     // box
    out.u16be(TRY(reader.u16be()) & 0x7F); // style
    out.u16be(TRY(reader.u16be()));        // smallest readable size
    out.u16be(TRY(reader.u16be()));        // direction
    facts.long_offsets = TRY(reader.u16be()) != 0;
    out.u16be(0);
    out.u16be(0);
    return out.take();
}

Result<Bytes> rewrite_maxp(View table, SfntFacts& facts) {
    ByteReader reader(table);
    ByteWriter out;
    const std::uint32_t version = TRY(reader.u32be());
    facts.glyphs = TRY(reader.u16be());
    if (facts.glyphs == 0) return refuse(Reason::input_damaged);
    if (version == 0x00005000) {
        out.u32be(version);
        out.u16be(facts.glyphs);
        return out.take();
    }
    out.u32be(0x00010000);
    out.u16be(facts.glyphs);
    for (int i = 0; i < 13; ++i) {
        const std::uint16_t value = reader.u16be().value_or(0);
        // Places 4 to 10 are resources of the instructions, of which there are none; one zone is the least there is.
        out.u16be(i == 4 ? 1 : i > 4 && i < 11 ? 0 : value);
    }
    return out.take();
}

Result<Metrics> rewrite_metrics(View header, View entries, const SfntFacts& facts) {
    ByteReader reader(header);
    ByteWriter out;
    const std::uint32_t version = TRY(reader.u32be());
    out.u32be(version == 0x00011000 ? version : 0x00010000);
    TRY(copy_numbers(reader, out, 10));
    TRY(reader.skip(10));
    out.u64be(0);
    out.u16be(0);
    const std::uint16_t count = std::min(TRY(reader.u16be()), facts.glyphs);
    if (count == 0) return refuse(Reason::input_damaged);
    out.u16be(count);
    ByteReader source(entries);
    ByteWriter numbers;
    // A table that is cut short gives zeros for the rest.
    for (std::size_t i = 0; i < count * 2U + (facts.glyphs - count); ++i) numbers.u16be(source.u16be().value_or(0));
    return Metrics{out.take(), numbers.take()};
}

Result<Bytes> rewrite_post(View table, const SfntFacts& facts) {
    ByteReader reader(table);
    ByteWriter out;
    const std::uint32_t version = TRY(reader.u32be());
    const std::uint32_t angle = TRY(reader.u32be());
    const std::uint16_t underline = TRY(reader.u16be());
    const std::uint16_t thickness = TRY(reader.u16be());
    const std::uint32_t fixed_pitch = TRY(reader.u32be());
    TRY(reader.skip(16));
    std::vector<std::uint16_t> indices;
    std::vector<std::string> names;
    if (version == 0x00020000) {
        const std::uint16_t count = reader.u16be().value_or(0);
        for (std::uint16_t i = 0; i < std::min(count, facts.glyphs); ++i) indices.push_back(reader.u16be().value_or(0));
        while (!reader.at_end() && names.size() < 65536) {
            const std::uint8_t length = TRY(reader.u8());
            const auto name = reader.bytes(std::min<std::size_t>(length, reader.remaining()));
            const std::string_view text = as_text(*name);
            const bool plain = length < 64 && std::ranges::all_of(text, [](char c) {
                                   return c > 0x20 && c < 0x7F && !std::string_view("()<>[]{}/%").contains(c);
                               });
            names.emplace_back(plain ? text : std::string_view(".notdef"));
        }
        constexpr std::uint16_t standard = 258; // names of the Macintosh set
        for (std::uint16_t& index : indices)
            if (index >= standard + names.size()) index = 0;
    }
    out.u32be(version == 0x00010000 || !indices.empty() ? version : 0x00030000);
    out.u32be(angle);
    out.u16be(underline);
    out.u16be(thickness);
    out.u32be(fixed_pitch != 0 ? 1 : 0);
    for (int i = 0; i < 4; ++i) out.u32be(0);
    if (indices.empty()) return out.take();
    indices.resize(facts.glyphs, 0);
    out.u16be(facts.glyphs);
    for (const std::uint16_t index : indices) out.u16be(index);
    for (const std::string& name : names) {
        out.u8(static_cast<std::uint8_t>(name.size()));
        out.text(name);
    }
    return out.take();
}

Result<Bytes> rewrite_os2(View table) {
    ByteReader reader(table);
    ByteWriter out;
    const std::uint16_t version = TRY(reader.u16be());
    out.u16be(version == 0 ? 0 : version < 4 ? version : 4);
    TRY(copy_numbers(reader, out, 15)); // widths, weights, script positions, family class
    out.raw(TRY(reader.bytes(10)));     // Panose: ten numbers
    TRY(copy_numbers(reader, out, 8));  // Unicode ranges
    TRY(reader.skip(4));
    out.text("    "); // vendor
    TRY(copy_numbers(reader, out, 8));
    if (version >= 1) TRY(copy_numbers(reader, out, 4));
    if (version >= 2) TRY(copy_numbers(reader, out, 5));
    return out.take();
}

} // namespace sekisho::pdf
