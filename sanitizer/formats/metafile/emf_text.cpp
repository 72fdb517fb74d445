// Text records.
#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t option_opaque = 2, option_clipped = 4, option_glyphs = 0x10, option_no_box = 0x100,
                        option_bytes = 0x200, option_pairs = 0x2000;

void set_options(Text& text, std::uint32_t options) {
    const bool boxed = text.box.width() != 0 && text.box.height() != 0;
    text.opaque = boxed && (options & option_opaque) != 0;
    text.clipped = boxed && (options & option_clipped) != 0;
}

void set_characters(Emf& emf, Text& text, View characters, bool wide) {
    if (!wide) {
        text.characters = emf.gdi.code_page().decode(characters, emf.gdi.state().font.charset, text.advances);
        return;
    }
    std::u16string units;
    Fields fields(characters);
    while (fields.remaining() >= 2) units.push_back(fields.u16());
    text.characters = join_pairs(units, text.advances);
}

// Numbers of glyphs of the font that was there when the metafile was made.
void set_glyphs(Emf& emf, Text& text, View numbers) {
    Fields fields(numbers);
    while (fields.remaining() >= 2) {
        const char32_t character = character_of_glyph(emf.gdi.state().font.typeface, fields.u16());
        if (character == 0) emf.glyph_numbers = true;
        text.characters.push_back(character == 0 ? U' ' : character);
    }
}

// An EmrText ([MS-EMF] 2.2.5) where the fields stand.
Result<> text_object(Emf& emf, Fields& fields, bool wide) {
    Text text;
    text.reference = fields.point32();
    const std::uint32_t count = fields.u32();
    const std::uint32_t offset = fields.u32();
    const std::uint32_t options = fields.u32();
    text.box = fields.rect32();
    const std::uint32_t advances = fields.u32();
    TRY(all_read(fields));
    const View characters = count == 0 ? View() : part_of_record(fields, offset, std::uint64_t{count} * (wide ? 2 : 1));
    TRY(all_read(fields));
    const bool pairs = (options & option_pairs) != 0;
    if (advances >= record_head) {
        Fields numbers(part_of_record(fields, advances, std::uint64_t{count} * (pairs ? 8 : 4)));
        for (std::uint32_t i = 0; i < count && numbers.remaining() >= 4; ++i) {
            text.advances.push_back(numbers.i32());
            if (pairs) numbers.skip(4);
        }
    }
    set_options(text, options);
    if ((options & option_glyphs) != 0)
        set_glyphs(emf, text, characters);
    else
        set_characters(emf, text, characters, wide);
    return emf.gdi.draw_text(text);
}

Result<> one_text(Emf& emf, std::uint32_t type, Fields& fields) {
    fields.skip(16 + 4 + 8); // bounds, mode, scale
    return text_object(emf, fields, type == 84);
}

Result<> many_texts(Emf& emf, std::uint32_t type, Fields& fields) {
    fields.skip(16 + 4 + 8);
    const std::uint32_t count = fields.u32();
    for (std::uint32_t i = 0; i < count; ++i) TRY(text_object(emf, fields, type == 97));
    return {};
}

Result<> small_text(Emf& emf, std::uint32_t, Fields& fields) {
    Text text;
    text.reference = fields.point32();
    const std::uint32_t count = fields.u32();
    const std::uint32_t options = fields.u32();
    fields.skip(12); // mode and scale
    if ((options & option_no_box) == 0) text.box = fields.rect32();
    const bool wide = (options & option_bytes) == 0;
    const View characters = fields.bytes(std::size_t{count} * (wide ? 2 : 1));
    TRY(all_read(fields));
    set_options(text, options);
    if ((options & option_glyphs) != 0)
        set_glyphs(emf, text, characters);
    else
        set_characters(emf, text, characters, wide);
    return emf.gdi.draw_text(text);
}

constexpr EmfRow rows[] = {{83, one_text}, {84, one_text}, {96, many_texts}, {97, many_texts}, {108, small_text}};

} // namespace

std::span<const EmfRow> emf_text_rows() {
    return rows;
}

} // namespace sekisho::metafile
