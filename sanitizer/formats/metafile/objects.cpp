#include "sanitizer/formats/metafile/objects.h"

#include <algorithm>

namespace sekisho::metafile {

namespace {

bool is_free(const Object& object) {
    return std::holds_alternative<std::monostate>(object);
}

// PS_DASH to PS_DASHDOTDOT, in line widths.
std::vector<double> dashes_of(unsigned style) {
    switch (style) {
    case 1:
        return {3, 1};
    case 2:
        return {1, 1};
    case 3:
        return {3, 1, 1, 1};
    case 4:
        return {3, 1, 1, 1, 1, 1};
    case 8:
        return {1, 1}; // PS_ALTERNATE
    default:
        return {};
    }
}

} // namespace

Colour read_colour(Fields& fields) {
    Colour colour;
    colour.red = fields.u8();
    colour.green = fields.u8();
    colour.blue = fields.u8();
    if (fields.u8() == 1) return {}; // an index into a palette
    return colour;
}

Pen make_pen(unsigned style, double width, Colour colour) {
    constexpr unsigned style_null = 5;
    constexpr unsigned geometric = 0x10000;
    Pen pen;
    pen.visible = (style & 0xF) != style_null;
    pen.width = std::abs(width);
    pen.cosmetic = pen.width == 0 || ((style & geometric) == 0 && pen.width <= 1);
    pen.colour = colour;
    pen.dashes = dashes_of(style & 0xF);
    pen.cap = (style >> 8) & 0xF;
    pen.join = (style >> 12) & 0xF;
    return pen;
}

Brush make_brush(unsigned style, Colour colour, unsigned hatch) {
    Brush brush;
    brush.kind = style == 1 ? Brush::Kind::none : style == 2 ? Brush::Kind::hatch : Brush::Kind::solid;
    brush.colour = colour;
    brush.hatch = hatch;
    return brush;
}

bool ObjectTable::put(std::size_t index, Object object) {
    if (index >= m_most) return false;
    if (index >= m_objects.size()) m_objects.resize(index + 1);
    m_objects[index] = std::move(object);
    return true;
}

bool ObjectTable::add(Object object) {
    while (m_first_free < m_objects.size() && !is_free(m_objects[m_first_free])) ++m_first_free;
    return put(m_first_free, std::move(object));
}

void ObjectTable::remove(std::size_t index) {
    if (index >= m_objects.size()) return;
    m_objects[index] = std::monostate();
    m_first_free = std::min(m_first_free, index);
}

const Object* ObjectTable::find(std::size_t index) const {
    return index < m_objects.size() ? &m_objects[index] : nullptr;
}

} // namespace sekisho::metafile
