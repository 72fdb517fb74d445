// Pens, brushes and fonts.
#include <numbers>

#include "sanitizer/formats/metafile/emf.h"
#include "sanitizer/formats/metafile/stock.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t stock_flag = 0x80000000;

Result<> keep(Emf& emf, std::uint32_t index, Object object) {
    if (!emf.objects.put(index, std::move(object))) return refuse(Reason::input_damaged);
    return {};
}

Result<> select(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    TRY(all_read(fields));
    if ((index & stock_flag) != 0)
        emf.gdi.select(stock_object(index & ~stock_flag));
    else if (const Object* object = emf.objects.find(index))
        emf.gdi.select(*object);
    return {};
}

Result<> remove(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    TRY(all_read(fields));
    emf.objects.remove(index);
    return {};
}

Result<> create_pen(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    const std::uint32_t style = fields.u32();
    const Point width = fields.point32();
    const Colour colour = read_colour(fields);
    TRY(all_read(fields));
    return keep(emf, index, make_pen(style & 0xFFFF, width.x, colour));
}

Result<> create_wide_pen(Emf& emf, std::uint32_t, Fields& fields) {
    constexpr std::uint32_t user_style = 7;
    constexpr std::uint32_t most_lengths = 16;
    const std::uint32_t index = fields.u32();
    fields.skip(16); // a bitmap
    const std::uint32_t style = fields.u32();
    const std::uint32_t width = fields.u32();
    const std::uint32_t brush_style = fields.u32();
    const Colour colour = read_colour(fields);
    fields.skip(4); // hatch
    const std::uint32_t count = fields.u32();
    TRY(all_read(fields));
    Pen pen = make_pen(style, width, colour);
    if (brush_style == 1) pen.visible = false;
    if ((style & 0xF) == user_style && count <= most_lengths) {
        pen.own_dashes = true;
        for (std::uint32_t i = 0; i < count; ++i) pen.dashes.push_back(fields.u32());
    }
    TRY(all_read(fields));
    return keep(emf, index, std::move(pen));
}

Result<> create_brush(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    const std::uint32_t style = fields.u32();
    const Colour colour = read_colour(fields);
    const std::uint32_t hatch = fields.u32();
    TRY(all_read(fields));
    return keep(emf, index, make_brush(style, colour, hatch));
}

Result<> create_picture_brush(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    fields.skip(4); // usage of colours
    const std::uint32_t header = fields.u32(), header_size = fields.u32();
    const std::uint32_t bits = fields.u32(), bits_size = fields.u32();
    const View header_view = part_of_record(fields, header, header_size);
    const View bits_view = part_of_record(fields, bits, bits_size);
    TRY(all_read(fields));
    Brush brush;
    brush.picture = TRY(read_bitmap(header_view, bits_view, Alpha::ignored, emf.gdi.context()));
    brush.kind = brush.picture ? Brush::Kind::picture : Brush::Kind::none;
    return keep(emf, index, std::move(brush));
}

Result<> create_font(Emf& emf, std::uint32_t, Fields& fields) {
    constexpr std::size_t name_length = 32;
    const std::uint32_t index = fields.u32();
    Font font;
    font.height = fields.i32();
    font.width = fields.i32();
    font.escapement = fields.i32() / 10.0 * std::numbers::pi / 180;
    fields.skip(4); // orientation
    font.bold = fields.i32() > 500;
    font.italic = fields.u8() != 0;
    font.underline = fields.u8() != 0;
    font.strike = fields.u8() != 0;
    font.charset = fields.u8();
    fields.skip(3); // precision and quality
    const unsigned family = fields.u8();
    std::u16string name;
    for (std::size_t i = 0; i < name_length; ++i) name.push_back(fields.u16());
    TRY(all_read(fields));
    name.resize(std::min(name.size(), name.find(u'\0')));
    font.vertical = name.starts_with(u'@');
    font.typeface = typeface_of(name, font.charset, family);
    return keep(emf, index, font);
}

Result<> create_other(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t index = fields.u32();
    TRY(all_read(fields));
    return keep(emf, index, Other());
}

constexpr EmfRow rows[] = {
    {37, select},          {38, create_pen},   {39, create_brush},         {40, remove},
    {49, create_other},    {82, create_font},  {93, create_picture_brush}, {94, create_picture_brush},
    {95, create_wide_pen}, {99, create_other}, {122, create_other},
};

} // namespace

std::span<const EmfRow> emf_object_rows() {
    return rows;
}

} // namespace sekisho::metafile
