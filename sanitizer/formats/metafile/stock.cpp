#include "sanitizer/formats/metafile/stock.h"

namespace sekisho::metafile {

namespace {

constexpr Colour white{255, 255, 255};
constexpr Colour black{};

Brush grey(std::uint8_t value) {
    return make_brush(0, {value, value, value}, 0);
}

Font font(Role role) {
    Font font;
    font.height = -12;
    font.typeface.role = role;
    font.charset = 1;
    return font;
}

} // namespace

Object stock_object(std::uint32_t number) {
    switch (number) {
    case 0:
    case 18:
        return grey(255);
    case 1:
        return grey(0xC0);
    case 2:
        return grey(0x80);
    case 3:
        return grey(0x40);
    case 4:
        return grey(0);
    case 5:
        return make_brush(1, black, 0);
    case 6:
        return make_pen(0, 0, white);
    case 7:
    case 19:
        return make_pen(0, 0, black);
    case 8:
        return make_pen(5, 0, black);
    case 10:
    case 11:
    case 16:
        return font(Role::mono);
    case 12:
    case 13:
    case 14:
    case 17:
        return font(Role::sans);
    default:
        return Other();
    }
}

} // namespace sekisho::metafile
