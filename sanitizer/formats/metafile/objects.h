// What a metafile makes, selects and deletes by number.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "sanitizer/formats/metafile/bitmap.h"
#include "sanitizer/formats/metafile/fields.h"
#include "sanitizer/formats/metafile/typeface.h"

namespace sekisho::metafile {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
};

Colour read_colour(Fields& fields); // COLORREF; palette numbers give black

struct Pen {
    bool visible = true;
    bool cosmetic = true; // width in device pixels, not in logical units
    double width = 1;
    Colour colour;
    std::vector<double> dashes; // lengths in line widths, or in units of `width` if `own_dashes`
    bool own_dashes = false;
    unsigned cap = 0;  // 0 round, 1 square, 2 flat: PS_ENDCAP_* >> 8
    unsigned join = 0; // 0 round, 1 bevel, 2 miter: PS_JOIN_* >> 12
};

struct Brush {
    enum class Kind : std::uint8_t { none, solid, hatch, picture };
    Kind kind = Kind::solid;
    Colour colour{255, 255, 255};
    unsigned hatch = 0;
    std::shared_ptr<const Bitmap> picture;
};

struct Font {
    double height = 0; // logical; negative: of the em square, positive: of the cell
    double width = 0;
    double escapement = 0; // radians, anticlockwise
    bool bold = false;
    bool italic = false;
    bool underline = false;
    bool strike = false;
    bool vertical = false; // "@" fonts: full-width characters lie on their side
    unsigned charset = 0;
    Typeface typeface;
};

struct Other {}; // palettes, colour spaces, regions: numbered but without effect

using Object = std::variant<std::monostate, Pen, Brush, Font, Other>;

Pen make_pen(unsigned style, double width, Colour colour);
Brush make_brush(unsigned style, Colour colour, unsigned hatch);

class ObjectTable {
public:
    explicit ObjectTable(std::size_t most) : m_most(most) {}
    // False: a number beyond what the header announced.
    bool put(std::size_t index, Object object);
    // At the lowest free number, as WMF counts them.
    bool add(Object object);
    void remove(std::size_t index);
    const Object* find(std::size_t index) const;

private:
    std::size_t m_most;
    std::size_t m_first_free = 0; // nothing below it is free
    std::vector<Object> m_objects;
};

} // namespace sekisho::metafile
