// glyf and loca (OpenType 1.9): outlines and compositions; instructions are not copied.
#include <algorithm>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/sfnt.h"

namespace sekisho::pdf {

namespace {

// Flags of points.
constexpr std::uint8_t on_curve = 0x01;
constexpr std::uint8_t x_short = 0x02;
constexpr std::uint8_t y_short = 0x04;
constexpr std::uint8_t repeated = 0x08;
constexpr std::uint8_t x_same = 0x10;
constexpr std::uint8_t y_same = 0x20;
constexpr std::uint8_t overlaps = 0x40;
// Flags of components.
constexpr std::uint16_t words = 0x0001;
constexpr std::uint16_t one_scale = 0x0008;
constexpr std::uint16_t more = 0x0020;
constexpr std::uint16_t two_scales = 0x0040;
constexpr std::uint16_t two_by_two = 0x0080;
constexpr std::uint16_t instructions = 0x0100;
constexpr std::uint16_t component_flags_kept =
    0x0001 | 0x0002 | 0x0004 | 0x0008 | 0x0020 | 0x0040 | 0x0080 | 0x0200 | 0x0400 | 0x0800 | 0x1000;
constexpr unsigned most_components = 256;

std::int16_t as_signed(std::uint16_t value) {
    return static_cast<std::int16_t>(value);
}

void put_coordinate(ByteWriter& out, int delta, std::uint8_t short_flag, std::uint8_t same_flag, std::uint8_t flags) {
    if (flags & short_flag)
        out.u8(static_cast<std::uint8_t>(delta < 0 ? -delta : delta));
    else if (!(flags & same_flag))
        out.u16be(static_cast<std::uint16_t>(delta));
}

std::uint8_t flags_for(int delta, std::uint8_t short_flag, std::uint8_t same_flag) {
    if (delta == 0) return same_flag;
    if (delta > 0 && delta < 256) return short_flag | same_flag;
    return delta < 0 && delta > -256 ? short_flag : 0;
}

struct Outline {
    std::vector<std::uint16_t> ends;
    std::vector<std::uint8_t> flags;
    std::vector<int> x; // differences
    std::vector<int> y;
};

Result<> read_differences(ByteReader& reader, const std::vector<std::uint8_t>& flags, std::uint8_t short_flag,
                          std::uint8_t same_flag, std::vector<int>& out) {
    out.reserve(flags.size());
    for (const std::uint8_t flag : flags) {
        if (flag & short_flag) {
            const int value = TRY(reader.u8());
            out.push_back(flag & same_flag ? value : -value);
        } else {
            out.push_back(flag & same_flag ? 0 : as_signed(TRY(reader.u16be())));
        }
    }
    return {};
}

Result<Outline> read_outline(ByteReader& reader, int contours, bool& instructed) {
    Outline outline;
    for (int i = 0; i < contours; ++i) {
        outline.ends.push_back(TRY(reader.u16be()));
        if (i > 0 && outline.ends[static_cast<std::size_t>(i)] < outline.ends[static_cast<std::size_t>(i) - 1])
            return refuse(Reason::input_damaged);
    }
    const std::uint16_t length = TRY(reader.u16be());
    instructed |= length > 0;
    TRY(reader.skip(length));
    const std::size_t points = outline.ends.empty() ? 0 : outline.ends.back() + std::size_t{1};
    while (outline.flags.size() < points) {
        const std::uint8_t flag = TRY(reader.u8());
        std::size_t count = 1;
        if (flag & repeated) count += TRY(reader.u8());
        outline.flags.insert(outline.flags.end(), std::min(count, points - outline.flags.size()), flag);
    }
    TRY(read_differences(reader, outline.flags, x_short, x_same, outline.x));
    TRY(read_differences(reader, outline.flags, y_short, y_same, outline.y));
    return outline;
}

void put_outline(ByteWriter& out, const Outline& outline) {
    for (const std::uint16_t end : outline.ends) out.u16be(end);
    out.u16be(0); // no instructions
    std::vector<std::uint8_t> flags;
    for (std::size_t i = 0; i < outline.flags.size(); ++i) {
        const auto kept = static_cast<std::uint8_t>(outline.flags[i] & (i == 0 ? on_curve | overlaps : on_curve));
        flags.push_back(static_cast<std::uint8_t>(kept | flags_for(outline.x[i], x_short, x_same) |
                                                  flags_for(outline.y[i], y_short, y_same)));
    }
    for (std::size_t i = 0; i < flags.size();) {
        std::size_t same = 1;
        while (i + same < flags.size() && flags[i + same] == flags[i] && same < 256) ++same;
        if (same > 1) {
            out.u8(flags[i] | repeated);
            out.u8(static_cast<std::uint8_t>(same - 1));
        } else {
            out.u8(flags[i]);
        }
        i += same;
    }
    for (std::size_t i = 0; i < flags.size(); ++i) put_coordinate(out, outline.x[i], x_short, x_same, flags[i]);
    for (std::size_t i = 0; i < flags.size(); ++i) put_coordinate(out, outline.y[i], y_short, y_same, flags[i]);
}

Result<> copy_components(ByteReader& reader, ByteWriter& out, const SfntFacts& facts, bool& instructed) {
    for (unsigned count = 0;; ++count) {
        const std::uint16_t flags = TRY(reader.u16be());
        const std::uint16_t glyph = TRY(reader.u16be());
        if (count > most_components || glyph >= facts.glyphs) return refuse(Reason::input_damaged);
        instructed |= (flags & instructions) != 0;
        out.u16be(flags & component_flags_kept);
        out.u16be(glyph);
        unsigned values = flags & words ? 2 : 1;
        if (flags & one_scale)
            values += 1;
        else if (flags & two_scales)
            values += 2;
        else if (flags & two_by_two)
            values += 4;
        for (unsigned i = 0; i < values; ++i) out.u16be(TRY(reader.u16be()));
        if (!(flags & more)) return {};
    }
}

Result<> copy_glyph(View data, ByteWriter& out, const SfntFacts& facts, bool& instructed) {
    ByteReader reader(data);
    const std::uint16_t contours = TRY(reader.u16be());
    out.u16be(contours);
    for (int i = 0; i < 4; ++i) out.u16be(TRY(reader.u16be())); // the box
    if (as_signed(contours) < 0) return copy_components(reader, out, facts, instructed);
    put_outline(out, TRY(read_outline(reader, contours, instructed)));
    return {};
}

// Where a component leads. A glyph that contains itself is emptied.
struct Composition {
    std::vector<std::vector<std::uint16_t>> parts;
    std::vector<std::uint8_t> state; // 0 new, 1 open, 2 done

    bool cycles(std::size_t glyph, unsigned depth) {
        if (state[glyph] == 1 || depth > 16) return true;
        if (state[glyph] == 2) return false;
        state[glyph] = 1;
        for (const std::uint16_t part : parts[glyph])
            if (cycles(part, depth + 1)) {
                state[glyph] = 2;
                return true;
            }
        state[glyph] = 2;
        return false;
    }
};

std::vector<std::uint16_t> parts_of(View glyph) {
    std::vector<std::uint16_t> parts;
    ByteReader reader(glyph);
    const auto contours = reader.u16be();
    if (!contours || as_signed(*contours) >= 0 || !reader.skip(8)) return parts;
    while (true) {
        const auto flags = reader.u16be();
        const auto part = reader.u16be();
        if (!flags || !part) return parts;
        parts.push_back(*part);
        unsigned values = *flags & words ? 2 : 1;
        values += *flags & one_scale ? 1 : *flags & two_scales ? 2 : *flags & two_by_two ? 4 : 0;
        if (!(*flags & more) || !reader.skip(values * 2)) return parts;
    }
}

} // namespace

Result<Glyphs> rewrite_glyphs(View glyf, View loca, const SfntFacts& facts) {
    Glyphs result;
    std::vector<Bytes> glyphs(facts.glyphs);
    Composition composition;
    composition.parts.resize(facts.glyphs);
    composition.state.resize(facts.glyphs);
    const auto offset = [&](std::size_t index) -> std::size_t {
        ByteReader reader(loca);
        if (!reader.seek(index * (facts.long_offsets ? 4 : 2))) return glyf.size();
        if (facts.long_offsets) return reader.u32be().value_or(static_cast<std::uint32_t>(glyf.size()));
        const auto half = reader.u16be();
        return half ? *half * std::size_t{2} : glyf.size();
    };
    std::size_t sound = 0;
    std::size_t present = 0;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const std::size_t start = offset(i);
        const std::size_t end = std::min(offset(i + 1), glyf.size());
        if (start >= end) continue;
        ++present;
        ByteWriter out;
        // One bad glyph is left empty; a font of bad glyphs is not sound.
        if (!copy_glyph(glyf.subspan(start, end - start), out, facts, result.had_instructions)) continue;
        ++sound;
        glyphs[i] = out.take();
        composition.parts[i] = parts_of(glyphs[i]);
    }
    if (present > 0 && sound * 2 < present) return refuse(Reason::input_damaged);
    std::size_t total = 0;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        if (composition.cycles(i, 0)) glyphs[i].clear();
        total += (glyphs[i].size() + 3) / 4 * 4;
    }
    result.long_offsets = total > 0x1FFFE;
    ByteWriter data;
    ByteWriter index;
    const auto put_offset = [&] {
        if (result.long_offsets)
            index.u32be(static_cast<std::uint32_t>(data.size()));
        else
            index.u16be(static_cast<std::uint16_t>(data.size() / 2));
    };
    for (const Bytes& glyph : glyphs) {
        put_offset();
        data.raw(glyph);
        while (data.size() % 4 != 0) data.u8(0);
    }
    put_offset();
    if (data.size() == 0) data.u32be(0); // some readers do not take an empty table
    result.glyf = data.take();
    result.loca = index.take();
    return result;
}

} // namespace sekisho::pdf
