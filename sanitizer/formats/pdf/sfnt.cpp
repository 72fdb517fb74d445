// TrueType and OpenType fonts (OpenType 1.9): each table that drawing needs is parsed and written anew.
// fpgm, prep, cvt and the instructions of glyphs are programs; they stay behind.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/fonts.h"
#include "sanitizer/formats/pdf/sfnt.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_tables = 64;

std::uint32_t tag_of(std::string_view name) {
    std::uint32_t tag = 0;
    for (const char c : name) tag = tag << 8 | static_cast<unsigned char>(c);
    return tag;
}

Result<std::map<std::string, View>> read_directory(View program, bool& instructed) {
    ByteReader reader(program);
    TRY(reader.skip(4));
    const std::uint16_t count = TRY(reader.u16be());
    TRY(reader.skip(6));
    if (count == 0 || count > most_tables) return refuse(Reason::input_damaged);
    std::map<std::string, View> tables;
    for (std::uint16_t i = 0; i < count; ++i) {
        const std::string tag(as_text(TRY(reader.bytes(4))));
        TRY(reader.skip(4));
        const std::uint32_t offset = TRY(reader.u32be());
        const std::uint32_t length = TRY(reader.u32be());
        if (offset >= program.size()) continue;
        tables.try_emplace(tag, program.subspan(offset, std::min<std::size_t>(length, program.size() - offset)));
        instructed |= (tag == "fpgm" || tag == "prep") && length > 0;
    }
    return tables;
}

std::uint32_t checksum(View view) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < view.size(); ++i) sum += static_cast<std::uint32_t>(view[i]) << (24 - 8 * (i % 4));
    return sum;
}

Bytes assemble(std::map<std::string, Bytes>& tables, std::uint32_t version) {
    constexpr std::uint32_t whole_file = 0xB1B0AFBA; // OpenType, "Calculating checksums"
    ByteWriter out;
    const auto count = static_cast<std::uint16_t>(tables.size());
    std::uint16_t power = 1;
    std::uint16_t log = 0;
    while (power * 2 <= count) power = static_cast<std::uint16_t>(power * 2), ++log;
    out.u32be(version);
    out.u16be(count);
    out.u16be(static_cast<std::uint16_t>(power * 16));
    out.u16be(log);
    out.u16be(static_cast<std::uint16_t>((count - power) * 16));
    auto offset = static_cast<std::uint32_t>(12 + 16 * tables.size());
    std::size_t head_at = 0;
    for (const auto& [tag, bytes] : tables) {
        if (tag == "head") head_at = offset;
        out.u32be(tag_of(tag));
        out.u32be(checksum(bytes));
        out.u32be(offset);
        out.u32be(static_cast<std::uint32_t>(bytes.size()));
        offset += static_cast<std::uint32_t>((bytes.size() + 3) / 4 * 4);
    }
    for (const auto& [tag, bytes] : tables) {
        out.raw(bytes);
        while (out.size() % 4 != 0) out.u8(0);
    }
    Bytes font = out.take();
    const std::uint32_t adjustment = whole_file - checksum(font);
    for (std::size_t i = 0; i < 4; ++i) font[head_at + 8 + i] = static_cast<std::uint8_t>(adjustment >> (24 - 8 * i));
    return font;
}

} // namespace

Result<FontProgram> rewrite_sfnt(View program, Budget& budget) {
    FontProgram result;
    const auto tables = TRY(read_directory(program, result.had_instructions));
    const auto table = [&](const char* tag) {
        const auto at = tables.find(tag);
        return at == tables.end() ? View() : at->second;
    };
    std::map<std::string, Bytes> out;
    SfntFacts facts;
    out["head"] = TRY(rewrite_head(table("head"), facts));
    out["maxp"] = TRY(rewrite_maxp(table("maxp"), facts));
    const bool outlines_are_cff = tables.contains("CFF ");
    if (outlines_are_cff) {
        FontProgram cff = TRY(rewrite_cff(table("CFF "), budget));
        out["CFF "] = std::move(cff.bytes);
        // Version 0.5 of maxp is the one for CFF outlines; a CFF without head sizes is read by its own matrix.
        result.keyed_by_cid = cff.keyed_by_cid;
    } else {
        Glyphs glyphs = TRY(rewrite_glyphs(table("glyf"), table("loca"), facts));
        result.had_instructions |= glyphs.had_instructions;
        out["glyf"] = std::move(glyphs.glyf);
        out["loca"] = std::move(glyphs.loca);
        out["head"][51] = glyphs.long_offsets ? 1 : 0; // indexToLocFormat
    }
    Metrics horizontal = TRY(rewrite_metrics(table("hhea"), table("hmtx"), facts));
    out["hhea"] = std::move(horizontal.header);
    out["hmtx"] = std::move(horizontal.entries);
    if (auto vertical = rewrite_metrics(table("vhea"), table("vmtx"), facts)) {
        out["vhea"] = std::move(vertical->header);
        out["vmtx"] = std::move(vertical->entries);
    }
    if (auto cmap = rewrite_character_map(table("cmap"), facts)) out["cmap"] = std::move(*cmap);
    if (auto post = rewrite_post(table("post"), facts)) out["post"] = std::move(*post);
    if (auto os2 = rewrite_os2(table("OS/2"))) out["OS/2"] = std::move(*os2);
    result.bytes = assemble(out, outlines_are_cff ? tag_of("OTTO") : 0x00010000);
    return result;
}

} // namespace sekisho::pdf
