// Pens, brushes, fonts and text.
#include <numbers>

#include "sanitizer/formats/metafile/wmf_play.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint16_t option_opaque = 2, option_clipped = 4, option_glyphs = 0x10;

Result<> keep(Wmf& wmf, const Fields& fields, Object object) {
    if (!fields.good() || !wmf.objects.add(std::move(object))) return refuse(Reason::input_damaged);
    return {};
}

Pen read_pen(Fields& fields) {
    const std::uint16_t style = fields.u16();
    const Point width = fields.point16();
    return make_pen(style, width.x, read_colour(fields));
}

Brush read_brush(Fields& fields) {
    const std::uint16_t style = fields.u16();
    const Colour colour = read_colour(fields);
    return make_brush(style, colour, fields.u16());
}

Result<Brush> read_picture_brush(Wmf& wmf, Fields& fields) {
    fields.skip(4); // style and usage of colours
    Brush brush;
    brush.picture = TRY(read_packed_bitmap(fields.bytes(fields.remaining()), wmf.gdi.context()));
    brush.kind = brush.picture ? Brush::Kind::picture : Brush::Kind::none;
    return brush;
}

Font read_font(const Gdi& gdi, Fields& fields) {
    constexpr std::size_t longest_name = 32;
    Font font;
    font.height = fields.i16();
    font.width = fields.i16();
    font.escapement = fields.i16() / 10.0 * std::numbers::pi / 180;
    fields.skip(2); // orientation
    font.bold = fields.i16() > 500;
    font.italic = fields.u8() != 0;
    font.underline = fields.u8() != 0;
    font.strike = fields.u8() != 0;
    font.charset = fields.u8();
    fields.skip(3); // precision and quality
    const unsigned family = fields.u8();
    View name = fields.bytes(std::min(longest_name, fields.remaining()));
    name = name.first(std::min(name.size(), as_text(name).find('\0')));
    std::vector<double> none;
    std::u16string wide;
    for (const char32_t c : gdi.code_page().decode(name, 1, none)) wide.push_back(static_cast<char16_t>(c));
    font.vertical = wide.starts_with(u'@');
    font.typeface = typeface_of(wide, font.charset, family);
    return font;
}

Result<> draw_text(Wmf& wmf, Text& text, View characters) {
    text.characters = wmf.gdi.code_page().decode(characters, wmf.gdi.state().font.charset, text.advances);
    return wmf.gdi.draw_text(text);
}

Result<> plain_text(Wmf& wmf, Fields& fields) {
    const std::uint16_t count = fields.u16();
    const View characters = fields.bytes(count);
    fields.skip(count % 2);
    Text text;
    text.reference.y = fields.i16();
    text.reference.x = fields.i16();
    if (!fields.good()) return refuse(Reason::input_damaged);
    return draw_text(wmf, text, characters);
}

Result<> placed_text(Wmf& wmf, Fields& fields) {
    Text text;
    text.reference.y = fields.i16();
    text.reference.x = fields.i16();
    const std::uint16_t count = fields.u16();
    const std::uint16_t options = fields.u16();
    if ((options & (option_opaque | option_clipped)) != 0) {
        const Point first = fields.point16();
        const Point second = fields.point16();
        text.box = {first.x, first.y, second.x, second.y};
    }
    const View characters = fields.bytes(count);
    if (!fields.good()) return refuse(Reason::input_damaged);
    if (count % 2 != 0 && fields.remaining() != 0) fields.skip(1);
    if (fields.remaining() >= std::size_t{count} * 2)
        for (unsigned i = 0; i < count; ++i) text.advances.push_back(fields.i16());
    text.opaque = (options & option_opaque) != 0;
    text.clipped = (options & option_clipped) != 0;
    return draw_text(wmf, text, (options & option_glyphs) != 0 ? View() : characters);
}

} // namespace

Result<> play_wmf_object(Wmf& wmf, std::uint16_t function, Fields& fields) {
    switch (function) {
    case 0x02FA: {
        Pen pen = read_pen(fields);
        return keep(wmf, fields, std::move(pen));
    }
    case 0x02FC: {
        Brush brush = read_brush(fields);
        return keep(wmf, fields, std::move(brush));
    }
    case 0x02FB: {
        const Font font = read_font(wmf.gdi, fields);
        return keep(wmf, fields, font);
    }
    case 0x0142:
        return keep(wmf, fields, TRY(read_picture_brush(wmf, fields)));
    case 0x00F7: // palette
    case 0x01F9: // pattern of the device
    case 0x06FF: // region
        return keep(wmf, fields, Other());
    case 0x012D: {
        const Object* object = wmf.objects.find(fields.u16());
        if (fields.good() && object) wmf.gdi.select(*object);
        return {};
    }
    case 0x01F0: {
        const std::uint16_t index = fields.u16();
        if (fields.good()) wmf.objects.remove(index);
        return {};
    }
    default:
        return {};
    }
}

Result<> play_wmf_text(Wmf& wmf, std::uint16_t function, Fields& fields) {
    if (function == 0x0521) return plain_text(wmf, fields);
    if (function == 0x0A32) return placed_text(wmf, fields);
    return {};
}

} // namespace sekisho::metafile
