// Font programs: which parts are there. What is in the parts is the sanitiser's business.
#include <algorithm>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_font);
}

constexpr std::uint64_t largest_font = 128ULL << 20;
// Tables without byte-code (no fpgm, prep, cvt) and without programs of other kinds.
constexpr std::string_view tables[] = {"CFF ", "OS/2", "VORG", "cmap", "glyf", "head", "hhea",
                                       "hmtx", "loca", "maxp", "name", "post", "vhea", "vmtx"};

struct Part {
    std::uint32_t offset;
    std::uint32_t length;
};

// Tables must lie one after the other, with at most three zero bytes between them (OpenType, "Table Directory").
Result<> check_parts(View data, std::size_t header, std::vector<Part> parts) {
    std::ranges::sort(parts, {}, &Part::offset);
    std::uint64_t position = header;
    for (const Part& part : parts) {
        if (part.offset < position || part.offset - position > 3) return bad();
        for (; position < part.offset; ++position)
            if (data[position] != 0) return bad();
        position += part.length;
        if (position > data.size()) return bad();
    }
    if (data.size() - position > 3) return bad();
    return {};
}

} // namespace

Result<> check_sfnt(View data, bool compact) {
    ByteReader reader(data);
    const std::uint32_t version = TRY(reader.u32be());
    if (version != (compact ? 0x4F54544FU : 0x00010000U)) return bad(); // "OTTO"
    const std::size_t count = TRY(reader.u16be());
    TRY(reader.skip(6));
    std::vector<Part> parts;
    std::vector<std::string_view> seen;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view tag = as_text(TRY(reader.bytes(4)));
        TRY(reader.skip(4)); // checksum
        const std::uint32_t offset = TRY(reader.u32be());
        const std::uint32_t length = TRY(reader.u32be());
        if (std::ranges::find(tables, tag) == std::end(tables)) return bad();
        if (std::ranges::find(seen, tag) != seen.end()) return bad();
        if (tag == (compact ? "glyf" : "CFF ")) return bad();
        seen.push_back(tag);
        parts.push_back({offset, length});
    }
    if (parts.empty()) return bad();
    return check_parts(data, reader.position(), std::move(parts));
}

// Adobe Technical Note 5176, section 6.
Result<> check_cff(View data) {
    if (data.size() < 8 || data[0] != 1 || data[2] < 4 || data[3] < 1 || data[3] > 4) return bad();
    return {};
}

Result<> check_type1(View data) {
    if (!starts_with(data, "%!PS-AdobeFont-1.") && !starts_with(data, "%!FontType1-1.")) return bad();
    if (as_text(data).find("eexec") == std::string_view::npos) return bad();
    return {};
}

Result<> type1_payload(Walk& walk, const Object& stream) {
    const Bytes data = TRY(walk.decode(stream, largest_font));
    std::uint64_t total = 0;
    for (const char* key : {"Length1", "Length2", "Length3"}) {
        const Object length = TRY(walk.lookup(stream, key));
        total += length.isInt() ? static_cast<std::uint64_t>(length.getInt()) : 0;
    }
    if (total != data.size()) return bad();
    return check_type1(data);
}

Result<> truetype_payload(Walk& walk, const Object& stream) {
    auto checked = check_sfnt(TRY(walk.decode(stream, largest_font)), false);
    if (!checked) return bad();
    return {};
}

Result<> compact_font_payload(Walk& walk, const Object& stream) {
    const Bytes data = TRY(walk.decode(stream, largest_font));
    const Object subtype = TRY(walk.lookup(stream, "Subtype"));
    if (!subtype.isName("OpenType")) return check_cff(data);
    auto checked = check_sfnt(data, true);
    if (!checked) checked = check_sfnt(data, false);
    if (!checked) return bad();
    return {};
}

Result<> glyph_map_payload(Walk& walk, const Object& stream) {
    constexpr std::uint64_t largest = 2ULL << 16; // two bytes for each of 65,536 characters
    TRY(walk.decode(stream, largest));
    return {};
}

} // namespace sekisho::verify
