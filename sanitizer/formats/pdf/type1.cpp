#include "sanitizer/formats/pdf/type1.h"

#include <algorithm>

#include <fmt/format.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/fonts.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest_call = 10; // Type 1 Font Format, appendix B
constexpr std::size_t longest_charstring = 65'531;

void put_number(ByteWriter& out, std::int32_t value) {
    if (value >= -107 && value <= 107) {
        out.u8(static_cast<std::uint8_t>(value + 139));
    } else if (value >= 108 && value <= 1131) {
        out.u8(static_cast<std::uint8_t>((value - 108) / 256 + 247));
        out.u8(static_cast<std::uint8_t>((value - 108) % 256));
    } else if (value >= -1131 && value <= -108) {
        out.u8(static_cast<std::uint8_t>((-value - 108) / 256 + 251));
        out.u8(static_cast<std::uint8_t>((-value - 108) % 256));
    } else {
        out.u8(255);
        out.u32be(static_cast<std::uint32_t>(value));
    }
}

bool is_command(std::uint8_t byte) {
    constexpr std::string_view commands("\1\3\4\5\6\7\10\11\12\13\15\16\25\26\36\37", 16);
    return commands.contains(static_cast<char>(byte));
}

bool is_escaped_command(std::uint8_t byte) {
    constexpr std::string_view commands("\0\1\2\6\7\14\20\21\41", 9);
    return commands.contains(static_cast<char>(byte));
}

// Procedures that readers have built in: flex (0 to 2), hint replacement (3), counter control (12, 13).
bool is_known_procedure(std::int32_t number) {
    return (number >= 0 && number <= 3) || number == 12 || number == 13;
}

Result<std::int32_t> read_number(ByteReader& reader, std::uint8_t byte) {
    if (byte == 255) return static_cast<std::int32_t>(TRY(reader.u32be()));
    if (byte >= 251) return -(byte - 251) * 256 - TRY(reader.u8()) - 108;
    if (byte >= 247) return (byte - 247) * 256 + TRY(reader.u8()) + 108;
    return byte - 139;
}

// Depth first over what calls what; false if a subroutine leads back to itself or too deep.
bool is_bounded(const std::vector<std::vector<std::size_t>>& calls, std::vector<std::uint8_t>& depth_of, std::size_t at,
                unsigned depth) {
    if (depth > deepest_call) return false;
    if (depth_of[at] >= depth + 1) return true; // seen at least this deep
    depth_of[at] = static_cast<std::uint8_t>(depth + 1);
    return std::ranges::all_of(calls[at],
                               [&](std::size_t next) { return is_bounded(calls, depth_of, next, depth + 1); });
}

std::string clear_part(const Type1Font& font) {
    std::string out =
        fmt::format("%!PS-AdobeFont-1.0: {0}\n11 dict begin\n/FontInfo 1 dict dup begin/isFixedPitch false def "
                    "end readonly def\n/FontName/{0} def\n/PaintType 0 def\n/FontType 1 def\n"
                    "/FontMatrix[{1}]readonly def\n",
                    font.name, font.matrix);
    if (font.standard_encoding) {
        out += "/Encoding StandardEncoding def\n";
    } else {
        out += "/Encoding 256 array\n0 1 255{1 index exch/.notdef put}for\n";
        for (std::size_t i = 0; i < font.encoding.size(); ++i)
            if (!font.encoding[i].empty()) out += fmt::format("dup {}/{} put\n", i, font.encoding[i]);
        out += "readonly def\n";
    }
    return out + fmt::format("/FontBBox{{{}}}readonly def\ncurrentdict end\ncurrentfile eexec\n", font.box);
}

Bytes private_part(const Type1Font& font) {
    ByteWriter out;
    out.text(fmt::format("dup/Private {} dict dup begin\n/RD{{string currentfile exch readstring pop}}executeonly def\n"
                         "/ND{{noaccess def}}executeonly def\n/NP{{noaccess put}}executeonly def\n",
                         font.hints.size() + 8));
    for (const auto& [key, value] : font.hints) out.text(fmt::format("/{} {} def\n", key, value));
    out.text("/MinFeature{16 16}def\n/password 5839 def\n");
    const auto put = [&](std::string_view before, const Bytes& charstring, std::string_view after) {
        const Bytes secret = type1_encrypt(charstring, charstring_key);
        out.text(fmt::format("{} {} RD ", before, secret.size()));
        out.raw(secret);
        out.text(after);
    };
    if (!font.subroutines.empty()) {
        out.text(fmt::format("/Subrs {} array\n", font.subroutines.size()));
        for (std::size_t i = 0; i < font.subroutines.size(); ++i)
            put(fmt::format("dup {}", i), font.subroutines[i], " NP\n");
        out.text("ND\n");
    }
    out.text(fmt::format("2 index/CharStrings {} dict dup begin\n", font.glyphs.size()));
    for (const auto& [name, charstring] : font.glyphs) put("/" + name, charstring, " ND\n");
    out.text(
        "end\nend\nreadonly put\nnoaccess put\ndup/FontName get exch definefont pop\nmark currentfile closefile\n");
    return out.take();
}

std::string trailer() {
    std::string out;
    for (int i = 0; i < 8; ++i) out += std::string(64, '0') + "\n";
    return out + "cleartomark\n";
}

} // namespace

Result<Bytes> rewrite_type1_charstring(View charstring, std::size_t subroutines, std::vector<std::size_t>& calls) {
    ByteWriter out;
    std::int32_t last = -1;
    bool last_is_number = false;
    for (ByteReader reader(charstring); !reader.at_end();) {
        const std::uint8_t byte = TRY(reader.u8());
        if (byte >= 32) {
            last = TRY(read_number(reader, byte));
            last_is_number = true;
            put_number(out, last);
            continue;
        }
        if (byte == 12) {
            const std::uint8_t second = TRY(reader.u8());
            if (!is_escaped_command(second)) return refuse(Reason::input_damaged);
            if (second == 16 && (!last_is_number || !is_known_procedure(last))) return refuse(Reason::input_damaged);
            out.u8(12);
            out.u8(second);
        } else {
            if (!is_command(byte)) return refuse(Reason::input_damaged);
            if (byte == 10) {
                // After "pop" the number comes from hint replacement: it is one that was pushed before, or 3.
                if (last_is_number && (last < 0 || static_cast<std::size_t>(last) >= subroutines))
                    return refuse(Reason::input_damaged);
                if (last_is_number) calls.push_back(static_cast<std::size_t>(last));
            }
            out.u8(byte);
            if (byte == 11 || byte == 14) break; // return, endchar: what follows is never run
        }
        last_is_number = false;
    }
    if (out.size() > longest_charstring) return refuse(Reason::input_damaged);
    return out.take();
}

Result<FontProgram> rewrite_type1(View program, Budget& budget) {
    Type1Font font = TRY(read_type1(program));
    std::vector<std::vector<std::size_t>> calls(font.subroutines.size());
    for (std::size_t i = 0; i < font.subroutines.size(); ++i) {
        auto rewritten = rewrite_type1_charstring(font.subroutines[i], font.subroutines.size(), calls[i]);
        if (!rewritten) calls[i].clear();
        font.subroutines[i] = rewritten ? std::move(*rewritten) : Bytes{11};
    }
    std::vector<std::uint8_t> depths(font.subroutines.size(), 0);
    for (std::size_t i = 0; i < font.subroutines.size(); ++i)
        if (!is_bounded(calls, depths, i, 0)) return refuse(Reason::input_damaged);
    std::size_t sound = 0;
    for (auto& [name, charstring] : font.glyphs) {
        std::vector<std::size_t> own;
        auto rewritten = rewrite_type1_charstring(charstring, font.subroutines.size(), own);
        if (rewritten) ++sound;
        charstring = rewritten ? std::move(*rewritten) : Bytes{139, 139, 13, 14}; // no width, nothing drawn
    }
    if (sound * 2 < font.glyphs.size()) return refuse(Reason::input_damaged);
    const std::string clear = clear_part(font);
    const Bytes secret = type1_encrypt(private_part(font), eexec_key);
    const std::string end = trailer();
    ByteWriter out;
    out.text(clear);
    out.raw(secret);
    out.text(end);
    FontProgram result{out.take(), false, false, clear.size(), secret.size(), end.size()};
    TRY(budget.take_unpacked(result.bytes.size()));
    return result;
}

} // namespace sekisho::pdf
