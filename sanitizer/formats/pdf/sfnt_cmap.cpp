// The character map of a font (OpenType 1.9, cmap): read into pairs of character and glyph, written in three formats.
#include <algorithm>
#include <map>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/sfnt.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_subtables = 32;
constexpr std::uint32_t last_character = 0x10FFFF;
// Characters that one subtable may name, repetitions included.
constexpr std::size_t most_steps = 1'200'000;

using Pairs = std::map<std::uint32_t, std::uint16_t>;

struct Subtable {
    std::uint16_t platform;
    std::uint16_t encoding;
    Pairs pairs;
};

Result<> read_segments(View table, Pairs& pairs) { // format 4
    ByteReader reader(table);
    TRY(reader.seek(6));
    const std::size_t count = TRY(reader.u16be()) / 2U;
    std::size_t steps = 0;
    const auto number = [&](std::size_t at) -> Result<std::uint16_t> {
        TRY(reader.seek(at));
        return reader.u16be();
    };
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint16_t end = TRY(number(14 + 2 * i));
        const std::uint16_t start = TRY(number(16 + 2 * (count + i)));
        const std::uint16_t delta = TRY(number(16 + 2 * (2 * count + i)));
        const std::size_t range_at = 16 + 2 * (3 * count + i);
        const std::uint16_t range = TRY(number(range_at));
        for (std::uint32_t c = start; c <= end && c != 0xFFFF; ++c) {
            if (++steps > most_steps) return refuse(Reason::input_damaged);
            auto glyph = static_cast<std::uint16_t>(c + delta);
            if (range != 0 && range != 0xFFFF) {
                const auto listed = number(range_at + range + 2 * (c - start));
                if (!listed) break;
                glyph = *listed == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(*listed + delta);
            }
            if (glyph != 0) pairs.try_emplace(c, glyph);
        }
    }
    return {};
}

Result<> read_groups(View table, std::uint16_t format, const SfntFacts& facts, Pairs& pairs) { // formats 12 and 13
    ByteReader reader(table);
    TRY(reader.seek(12));
    const std::uint32_t count = TRY(reader.u32be());
    std::size_t steps = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t start = TRY(reader.u32be());
        const std::uint32_t end = std::min(TRY(reader.u32be()), last_character);
        const std::uint32_t glyph = TRY(reader.u32be());
        for (std::uint32_t c = start; c <= end; ++c) {
            if (++steps > most_steps) return refuse(Reason::input_damaged);
            const std::uint32_t own = format == 12 ? glyph + (c - start) : glyph;
            if (own >= facts.glyphs) break;
            pairs.try_emplace(c, static_cast<std::uint16_t>(own));
        }
    }
    return {};
}

Result<> read_array(View table, std::uint16_t format, Pairs& pairs) { // formats 0, 6 and 10
    ByteReader reader(table);
    std::uint32_t first = 0;
    std::uint32_t count = 256;
    TRY(reader.seek(6));
    if (format == 6) {
        first = TRY(reader.u16be());
        count = TRY(reader.u16be());
    } else if (format == 10) {
        TRY(reader.seek(12));
        first = TRY(reader.u32be());
        count = TRY(reader.u32be());
    }
    for (std::uint32_t i = 0; i < count && first + i <= last_character; ++i) {
        const std::uint16_t glyph = format == 0 ? TRY(reader.u8()) : TRY(reader.u16be());
        if (glyph != 0) pairs.try_emplace(first + i, glyph);
    }
    return {};
}

void read_subtable(View table, const SfntFacts& facts, Pairs& pairs) {
    ByteReader reader(table);
    const auto format = reader.u16be();
    if (!format) return;
    // A table that is cut short keeps what was read.
    if (*format == 4)
        (void)read_segments(table, pairs);
    else if (*format == 12 || *format == 13)
        (void)read_groups(table, *format, facts, pairs);
    else if (*format == 0 || *format == 6 || *format == 10)
        (void)read_array(table, *format, pairs);
    std::erase_if(pairs, [&](const auto& pair) { return pair.second >= facts.glyphs; });
}

struct Run {
    std::uint32_t first;
    std::uint32_t last;
    std::uint16_t glyph;
};

std::vector<Run> runs_of(const Pairs& pairs) {
    std::vector<Run> runs;
    for (const auto& [character, glyph] : pairs) {
        if (!runs.empty() && runs.back().last + 1 == character &&
            runs.back().glyph + (character - runs.back().first) == glyph)
            runs.back().last = character;
        else
            runs.push_back({character, character, glyph});
    }
    return runs;
}

Bytes put_groups(const std::vector<Run>& runs) {
    ByteWriter out;
    out.u16be(12);
    out.u16be(0);
    out.u32be(static_cast<std::uint32_t>(16 + 12 * runs.size()));
    out.u32be(0);
    out.u32be(static_cast<std::uint32_t>(runs.size()));
    for (const Run& run : runs) {
        out.u32be(run.first);
        out.u32be(run.last);
        out.u32be(run.glyph);
    }
    return out.take();
}

Bytes put_segments(const std::vector<Run>& runs) {
    const auto count = static_cast<std::uint16_t>(runs.size() + 1);
    std::uint16_t power = 1;
    std::uint16_t log = 0;
    while (power * 2 <= count) power = static_cast<std::uint16_t>(power * 2), ++log;
    ByteWriter out;
    out.u16be(4);
    out.u16be(static_cast<std::uint16_t>(16 + 8 * count));
    out.u16be(0);
    out.u16be(static_cast<std::uint16_t>(count * 2));
    out.u16be(static_cast<std::uint16_t>(power * 2));
    out.u16be(log);
    out.u16be(static_cast<std::uint16_t>((count - power) * 2));
    for (const Run& run : runs) out.u16be(static_cast<std::uint16_t>(run.last));
    out.u16be(0xFFFF);
    out.u16be(0);
    for (const Run& run : runs) out.u16be(static_cast<std::uint16_t>(run.first));
    out.u16be(0xFFFF);
    for (const Run& run : runs) out.u16be(static_cast<std::uint16_t>(run.glyph - run.first));
    out.u16be(1);
    for (std::size_t i = 0; i < count; ++i) out.u16be(0);
    return out.take();
}

Bytes put_bytes(const Pairs& pairs) {
    ByteWriter out;
    out.u16be(0);
    out.u16be(262);
    out.u16be(0);
    for (std::uint32_t c = 0; c < 256; ++c) {
        const auto at = pairs.find(c);
        out.u8(at == pairs.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(at->second));
    }
    return out.take();
}

Bytes put_subtable(const Pairs& pairs) {
    constexpr std::size_t most_segments = 8000; // the length of format 4 has 16 bits
    const auto runs = runs_of(pairs);
    const bool small = pairs.empty() || pairs.rbegin()->first < 256;
    const bool bytes = std::ranges::all_of(pairs, [](const auto& pair) { return pair.second < 256; });
    if (small && bytes) return put_bytes(pairs);
    const bool wide = !pairs.empty() && pairs.rbegin()->first > 0xFFFE;
    return wide || runs.size() > most_segments ? put_groups(runs) : put_segments(runs);
}

} // namespace

Result<Bytes> rewrite_character_map(View table, const SfntFacts& facts) {
    ByteReader reader(table);
    TRY(reader.skip(2));
    const std::size_t count = std::min<std::size_t>(TRY(reader.u16be()), most_subtables);
    std::vector<Subtable> subtables;
    for (std::size_t i = 0; i < count; ++i) {
        Subtable subtable{TRY(reader.u16be()), TRY(reader.u16be()), {}};
        const std::uint32_t offset = TRY(reader.u32be());
        if (offset >= table.size()) continue;
        read_subtable(table.subspan(offset), facts, subtable.pairs);
        subtables.push_back(std::move(subtable));
    }
    if (subtables.empty()) return refuse(Reason::input_damaged);
    ByteWriter out;
    ByteWriter body;
    out.u16be(0);
    out.u16be(static_cast<std::uint16_t>(subtables.size()));
    for (const Subtable& subtable : subtables) {
        out.u16be(subtable.platform);
        out.u16be(subtable.encoding);
        out.u32be(static_cast<std::uint32_t>(4 + 8 * subtables.size() + body.size()));
        body.raw(put_subtable(subtable.pairs));
    }
    out.raw(body.bytes());
    return out.take();
}

} // namespace sekisho::pdf
