#include "sanitizer/formats/pdf/cff.h"

#include <algorithm>
#include <array>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/fonts.h"

namespace sekisho::pdf {

namespace {

// Operators of dictionaries (Technical Note 5176, tables 9, 10 and 23).
enum : std::uint16_t {
    op_charset = 15,
    op_encoding = 16,
    op_charstrings = 17,
    op_private = 18,
    op_subroutines = 19,
    op_charstring_type = 0x0C06,
    op_ros = 0x0C1E,
    op_fd_array = 0x0C24,
    op_fd_select = 0x0C25
};
// Sizes and styles; names, notices and embedded PostScript are left out.
constexpr auto top_kept =
    std::to_array<std::uint16_t>({5, 0x0C01, 0x0C02, 0x0C03, 0x0C04, 0x0C05, 0x0C07, 0x0C08, 0x0C22});
constexpr auto private_kept = std::to_array<std::uint16_t>(
    {6, 7, 8, 9, 10, 11, 20, 21, 0x0C09, 0x0C0A, 0x0C0B, 0x0C0C, 0x0C0D, 0x0C0E, 0x0C11, 0x0C12});
constexpr std::uint16_t standard_strings = 391;
constexpr std::uint16_t matrix = 0x0C07;
constexpr std::size_t steps_per_byte = 64; // what interpreting may cost, relative to the font's size
constexpr std::size_t least_steps = 2'000'000;

struct Face { // one private dictionary with its subroutines
    CffDict values;
    CffDict font; // of a CID-keyed font
    CffIndex subroutines;
};

struct Font {
    CffDict top;
    CffIndex strings;
    CffIndex global;
    CffIndex charstrings;
    std::vector<Face> faces;
    std::vector<std::uint8_t> face_of;  // by glyph; CID-keyed only
    std::vector<std::uint16_t> charset; // by glyph; empty if predefined
    std::uint32_t predefined_charset = 0;
    std::vector<std::uint8_t> codes; // of glyphs 1, 2, ...
    std::vector<std::pair<std::uint8_t, std::uint16_t>> more_codes;
    std::uint32_t predefined_encoding = 0;
    bool keyed_by_cid = false;
};

std::uint32_t whole(const CffDict& dict, std::uint16_t operation, std::size_t index, std::uint32_t otherwise) {
    const auto at = dict.find(operation);
    if (at == dict.end() || index >= at->second.size()) return otherwise;
    const CffNumber& number = at->second[index];
    if (number.real.empty()) return number.whole < 0 ? otherwise : static_cast<std::uint32_t>(number.whole);
    return otherwise;
}

Result<ByteReader> reader_at(View view, std::size_t offset) {
    ByteReader reader(view);
    TRY(reader.seek(offset));
    return reader;
}

Result<Face> read_face(View view, const CffDict& holder) {
    Face face;
    const std::uint32_t size = whole(holder, op_private, 0, 0);
    const std::uint32_t offset = whole(holder, op_private, 1, 0);
    if (size == 0) return face;
    ByteReader reader = TRY(reader_at(view, offset));
    face.values = TRY(read_cff_dict(TRY(reader.bytes(size))));
    if (const std::uint32_t routines = whole(face.values, op_subroutines, 0, 0); routines != 0) {
        ByteReader at = TRY(reader_at(view, std::size_t{offset} + routines));
        face.subroutines = TRY(read_cff_index(at));
    }
    return face;
}

Result<> read_charset(View view, Font& font) {
    const std::uint32_t offset = whole(font.top, op_charset, 0, 0);
    if (offset <= 2 && !font.keyed_by_cid) {
        font.predefined_charset = offset;
        return {};
    }
    const std::size_t count = font.charstrings.size();
    font.charset.push_back(0);
    if (offset <= 2) { // a CID-keyed font without a charset: glyphs in order
        for (std::size_t i = 1; i < count; ++i) font.charset.push_back(static_cast<std::uint16_t>(i));
        return {};
    }
    ByteReader reader = TRY(reader_at(view, offset));
    const std::uint8_t format = TRY(reader.u8());
    if (format > 2) return refuse(Reason::input_damaged);
    while (font.charset.size() < count) {
        const std::uint32_t first = TRY(reader.u16be());
        std::uint32_t left = 0;
        if (format == 1)
            left = TRY(reader.u8());
        else if (format == 2)
            left = TRY(reader.u16be());
        for (std::uint32_t i = 0; i <= left && font.charset.size() < count; ++i)
            font.charset.push_back(static_cast<std::uint16_t>(first + i));
    }
    return {};
}

Result<> read_encoding(View view, Font& font) {
    font.predefined_encoding = whole(font.top, op_encoding, 0, 0);
    if (font.predefined_encoding <= 1 || font.keyed_by_cid) return {};
    ByteReader reader = TRY(reader_at(view, font.predefined_encoding));
    const std::uint8_t format = TRY(reader.u8());
    const std::uint8_t count = TRY(reader.u8());
    for (std::uint8_t i = 0; i < count; ++i) {
        const std::uint32_t first = TRY(reader.u8());
        const std::uint32_t left = (format & 0x7F) == 1 ? TRY(reader.u8()) : std::uint32_t{0};
        for (std::uint32_t j = 0; j <= left && font.codes.size() < 255; ++j)
            font.codes.push_back(static_cast<std::uint8_t>(first + j));
    }
    if (!(format & 0x80)) return {};
    const std::uint8_t extra = TRY(reader.u8());
    for (std::uint8_t i = 0; i < extra; ++i) {
        const std::uint8_t code = TRY(reader.u8());
        font.more_codes.emplace_back(code, TRY(reader.u16be()));
    }
    return {};
}

Result<> read_cid_parts(View view, Font& font) {
    ByteReader reader = TRY(reader_at(view, whole(font.top, op_fd_array, 0, 0)));
    for (const View item : TRY(read_cff_index(reader))) {
        CffDict holder = TRY(read_cff_dict(item));
        Face face = TRY(read_face(view, holder));
        face.font = std::move(holder);
        font.faces.push_back(std::move(face));
    }
    if (font.faces.empty() || font.faces.size() > 256) return refuse(Reason::input_damaged);
    const std::size_t count = font.charstrings.size();
    ByteReader select = TRY(reader_at(view, whole(font.top, op_fd_select, 0, 0)));
    const std::uint8_t format = TRY(select.u8());
    if (format == 0) {
        const View list = TRY(select.bytes(count));
        font.face_of.assign(list.begin(), list.end());
    } else if (format == 3) {
        const std::uint16_t ranges = TRY(select.u16be());
        std::size_t first = TRY(select.u16be());
        for (std::uint16_t i = 0; i < ranges; ++i) {
            const std::uint8_t face = TRY(select.u8());
            const std::size_t next = TRY(select.u16be());
            if (next < first) return refuse(Reason::input_damaged);
            font.face_of.resize(std::min(next, count), face);
            first = next;
        }
        font.face_of.resize(count);
    } else {
        return refuse(Reason::input_damaged);
    }
    if (std::ranges::any_of(font.face_of, [&](std::uint8_t face) { return face >= font.faces.size(); }))
        return refuse(Reason::input_damaged);
    return {};
}

Result<Font> read_font(View view) {
    Font font;
    ByteReader reader(view);
    TRY(reader.skip(2));
    TRY(reader.seek(TRY(reader.u8())));
    TRY(read_cff_index(reader)); // names
    const CffIndex tops = TRY(read_cff_index(reader));
    if (tops.size() != 1) return refuse(Reason::input_damaged);
    font.top = TRY(read_cff_dict(tops[0]));
    font.strings = TRY(read_cff_index(reader));
    font.global = TRY(read_cff_index(reader));
    font.keyed_by_cid = font.top.contains(op_ros);
    if (whole(font.top, op_charstring_type, 0, 2) != 2) return refuse(Reason::input_damaged);
    ByteReader glyphs = TRY(reader_at(view, whole(font.top, op_charstrings, 0, 0)));
    font.charstrings = TRY(read_cff_index(glyphs));
    if (font.charstrings.empty()) return refuse(Reason::input_damaged);
    TRY(read_charset(view, font));
    TRY(read_encoding(view, font));
    if (font.keyed_by_cid)
        TRY(read_cid_parts(view, font));
    else
        font.faces.push_back(TRY(read_face(view, font.top)));
    return font;
}

Result<std::vector<Bytes>> flatten_all(const Font& font, std::size_t size, Budget& budget) {
    std::vector<Bytes> glyphs;
    std::size_t steps = std::max(least_steps, size * steps_per_byte);
    std::size_t sound = 0;
    std::size_t total = 0;
    for (std::size_t i = 0; i < font.charstrings.size(); ++i) {
        const Face& face = font.faces[font.keyed_by_cid ? font.face_of[i] : 0];
        auto glyph = flatten_charstring(font.charstrings[i], font.global, face.subroutines, steps);
        if (steps == 0) return refuse(Reason::input_damaged);
        if (glyph) ++sound;
        glyphs.push_back(glyph ? std::move(*glyph) : Bytes{14}); // endchar: an empty glyph
        total += glyphs.back().size();
    }
    TRY(budget.take_unpacked(total));
    if (sound * 2 < glyphs.size()) return refuse(Reason::input_damaged);
    return glyphs;
}

// Glyph names that the charset uses, without the others; `ids` becomes the charset with the new numbers.
std::vector<Bytes> used_strings(const Font& font, std::vector<std::uint16_t>& ids) {
    std::vector<Bytes> strings;
    std::map<std::uint16_t, std::uint16_t> renumbered;
    for (std::uint16_t& id : ids) {
        if (id < standard_strings) continue;
        const auto [at, fresh] =
            renumbered.try_emplace(id, static_cast<std::uint16_t>(standard_strings + strings.size()));
        if (fresh) {
            const std::size_t index = id - standard_strings;
            const std::string_view text =
                index < font.strings.size() ? as_text(font.strings[index]) : std::string_view();
            const bool plain = !text.empty() && text.size() < 128 && std::ranges::all_of(text, [](char c) {
                return c > 0x20 && c < 0x7F && !std::string_view("()<>[]{}/%").contains(c);
            });
            strings.push_back(to_bytes(plain ? text : std::string_view(".null")));
        }
        id = at->second;
    }
    return strings;
}

void put_charset(ByteWriter& out, const std::vector<std::uint16_t>& ids) {
    out.u8(2);
    for (std::size_t i = 1; i < ids.size();) {
        std::size_t run = 1;
        while (i + run < ids.size() && ids[i + run] == ids[i] + run) ++run;
        out.u16be(ids[i]);
        out.u16be(static_cast<std::uint16_t>(run - 1));
        i += run;
    }
}

void put_encoding(ByteWriter& out, const Font& font) {
    out.u8(font.more_codes.empty() ? 0x00 : 0x80);
    out.u8(static_cast<std::uint8_t>(font.codes.size()));
    for (const std::uint8_t code : font.codes) out.u8(code);
    if (font.more_codes.empty()) return;
    out.u8(static_cast<std::uint8_t>(font.more_codes.size()));
    for (const auto& [code, id] : font.more_codes) {
        out.u8(code);
        out.u16be(id);
    }
}

void put_select(ByteWriter& out, const std::vector<std::uint8_t>& face_of) {
    ByteWriter ranges;
    std::uint16_t count = 0;
    for (std::size_t i = 0; i < face_of.size(); ++i) {
        if (i > 0 && face_of[i] == face_of[i - 1]) continue;
        ranges.u16be(static_cast<std::uint16_t>(i));
        ranges.u8(face_of[i]);
        ++count;
    }
    out.u8(3);
    out.u16be(count);
    out.raw(ranges.bytes());
    out.u16be(static_cast<std::uint16_t>(face_of.size()));
}

void put_kept(ByteWriter& out, const CffDict& dict, std::span<const std::uint16_t> kept) {
    for (const std::uint16_t operation : kept)
        if (const auto at = dict.find(operation); at != dict.end() && !at->second.empty())
            put_cff_entry(out, operation, at->second);
}

// Everything behind the top dictionary, with offsets from its own start.
struct Body {
    ByteWriter bytes;
    std::uint32_t charset = 0, encoding = 0, select = 0, charstrings = 0, faces = 0, private_at = 0, private_size = 0;
};

Bytes top_dictionary(const Font& font, const Body& body, std::size_t start) {
    ByteWriter out;
    const auto offset = [&](std::uint32_t value, std::uint16_t operation) {
        put_cff_offset(out, static_cast<std::uint32_t>(start) + value);
        put_cff_entry(out, operation, {});
    };
    if (font.keyed_by_cid) put_cff_entry(out, op_ros, {{standard_strings, {}}, {standard_strings + 1, {}}, {0, {}}});
    put_kept(out, font.top, top_kept);
    if (!font.charset.empty())
        offset(body.charset, op_charset);
    else
        put_cff_entry(out, op_charset, {{static_cast<std::int32_t>(font.predefined_charset), {}}});
    if (!font.codes.empty() || !font.more_codes.empty())
        offset(body.encoding, op_encoding);
    else if (!font.keyed_by_cid)
        put_cff_entry(out, op_encoding, {{font.predefined_encoding == 1 ? 1 : 0, {}}});
    offset(body.charstrings, op_charstrings);
    if (font.keyed_by_cid) {
        offset(body.select, op_fd_select);
        offset(body.faces, op_fd_array);
    } else {
        put_cff_offset(out, body.private_size);
        offset(body.private_at, op_private);
    }
    return out.take();
}

Bytes private_dictionary(const Face& face) {
    ByteWriter out;
    put_kept(out, face.values, private_kept);
    return out.take();
}

} // namespace

Result<FontProgram> rewrite_cff(View program, Budget& budget) {
    Font font = TRY(read_font(program));
    const auto glyphs = TRY(flatten_all(font, program.size(), budget));
    std::vector<Bytes> strings;
    if (font.keyed_by_cid)
        strings = {to_bytes("Adobe"), to_bytes("Identity")};
    else
        strings = used_strings(font, font.charset);
    for (auto& [code, id] : font.more_codes)
        if (id >= standard_strings) id = 0; // their names are rare and not carried over
    Body body;
    const auto here = [&] { return static_cast<std::uint32_t>(body.bytes.size()); };
    body.charset = here();
    if (!font.charset.empty()) put_charset(body.bytes, font.charset);
    body.encoding = here();
    if (!font.codes.empty() || !font.more_codes.empty()) put_encoding(body.bytes, font);
    body.select = here();
    if (font.keyed_by_cid) put_select(body.bytes, font.face_of);
    body.charstrings = here();
    put_cff_index(body.bytes, glyphs);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> privates; // size and offset
    for (const Face& face : font.faces) {
        const Bytes values = private_dictionary(face);
        privates.emplace_back(static_cast<std::uint32_t>(values.size()), here());
        body.bytes.raw(values);
    }
    body.private_size = privates[0].first;
    body.private_at = privates[0].second;

    // The length of the part before the body does not depend on the offsets in it: they all take five bytes.
    ByteWriter head;
    const auto put_head = [&](std::size_t start) {
        head = ByteWriter();
        head.raw(Bytes{1, 0, 4, 4});
        put_cff_index(head, {to_bytes("Font")});
        put_cff_index(head, {top_dictionary(font, body, start)});
        put_cff_index(head, strings);
        put_cff_index(head, {}); // no subroutines are left
    };
    body.faces = here();
    put_head(0);
    const std::size_t start = head.size();
    put_head(start);
    if (font.keyed_by_cid) {
        std::vector<Bytes> faces;
        for (std::size_t i = 0; i < font.faces.size(); ++i) {
            ByteWriter holder;
            put_kept(holder, font.faces[i].font, std::span(&matrix, 1));
            put_cff_offset(holder, privates[i].first);
            put_cff_offset(holder, static_cast<std::uint32_t>(start) + privates[i].second);
            put_cff_entry(holder, op_private, {});
            faces.push_back(holder.take());
        }
        put_cff_index(body.bytes, faces);
    }
    FontProgram result;
    result.keyed_by_cid = font.keyed_by_cid;
    head.raw(body.bytes.bytes());
    result.bytes = head.take();
    return result;
}

} // namespace sekisho::pdf
