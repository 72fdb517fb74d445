// Bitmaps and plain blits. Raster operations become blends that give the same on black and white masks.
#include <algorithm>
#include <cmath>

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t opaque = 0xFF000000;
constexpr double farthest = 100'000;

bool is_black(std::uint32_t pixel) {
    return (pixel & 0xFFFFFF) == 0;
}

std::uint32_t inverted(std::uint32_t pixel) {
    const std::uint32_t alpha = pixel >> 24;
    return pixel == 0 ? 0 : (pixel & opaque) | ((alpha * 0x010101U) - (pixel & 0xFFFFFF));
}

// What leaves the destination as it is becomes transparent, so that it also does so where nothing was drawn.
void prepare(Bitmap& bitmap, Blend blend) {
    if (blend == Blend::copy_inverted || blend == Blend::paint_inverted) for_each_pixel(bitmap, inverted);
    if (blend == Blend::mask) for_each_pixel(bitmap, [](std::uint32_t p) { return p == 0xFFFFFFFF ? 0U : p; });
    if (blend == Blend::paint || blend == Blend::paint_inverted || blend == Blend::invert)
        for_each_pixel(bitmap, [](std::uint32_t p) { return is_black(p) ? 0U : p; });
    if (blend == Blend::brush_at_0)
        for_each_pixel(bitmap, [](std::uint32_t p) { return is_black(p) && p != 0 ? 0xFFFFFFFFU : 0U; });
    if (blend == Blend::brush_at_1)
        for_each_pixel(bitmap, [](std::uint32_t p) { return is_black(p) ? 0U : 0xFFFFFFFFU; });
}

cairo_operator_t operator_for(Blend blend) {
    switch (blend) {
    case Blend::mask:
        return CAIRO_OPERATOR_MULTIPLY;
    case Blend::paint:
    case Blend::paint_inverted:
        return CAIRO_OPERATOR_SCREEN;
    case Blend::invert:
        return CAIRO_OPERATOR_DIFFERENCE;
    default:
        return CAIRO_OPERATOR_OVER;
    }
}

// Neighbouring strips of a picture must meet: edges on whole pixels, at least one pixel wide.
Rect snapped(Point first, Point second) {
    const auto edges = [](double a, double b) {
        const double from = std::round(std::min(a, b));
        return std::pair(from, std::max(from + 1, std::round(std::max(a, b))));
    };
    const auto [left, right] = edges(first.x, second.x);
    const auto [top, bottom] = edges(first.y, second.y);
    return {left, top, right, bottom};
}

bool is_near(Point point) {
    return std::abs(point.x) <= farthest && std::abs(point.y) <= farthest;
}

} // namespace

bool uses_source(std::uint32_t rop) {
    // S matters if the result differs between S=0 (bits 0, 1, 4, 5) and S=1.
    const std::uint32_t table = (rop >> 16) & 0xFF;
    return ((table >> 2) & 0x33) != (table & 0x33);
}

Blend blend_of(std::uint32_t rop) {
    switch ((rop >> 16) & 0xFF) {
    case 0xAA:
        return Blend::nothing;
    case 0x33:
        return Blend::copy_inverted;
    case 0x88:
    case 0x44:
        return Blend::mask; // SRCAND, SRCERASE
    case 0xEE:
        return Blend::paint;
    case 0xBB:
        return Blend::paint_inverted;
    case 0x66:
        return Blend::invert;
    case 0xB8:
        return Blend::brush_at_0;
    case 0xE2:
        return Blend::brush_at_1;
    default:
        return Blend::copy;
    }
}

Result<> Gdi::draw_bitmap(Bitmap& bitmap, const Rect& source, const std::array<Point, 3>& corners, Blend blend,
                          double alpha) {
    if (blend == Blend::nothing || source.width() == 0 || source.height() == 0) return {};
    const Matrix matrix = logical_to_image();
    std::array<Point, 3> to{matrix(corners[0]), matrix(corners[1]), matrix(corners[2])};
    if (!std::ranges::all_of(to, is_near)) return {};
    TRY(spend());
    Path area;
    if (to[0].y == to[1].y && to[0].x == to[2].x) {
        const Rect box = snapped({to[0].x, to[0].y}, {to[1].x, to[2].y});
        const bool right_to_left = to[1].x < to[0].x;
        const bool bottom_up = to[2].y < to[0].y;
        to[0] = {right_to_left ? box.right : box.left, bottom_up ? box.bottom : box.top};
        to[1] = {right_to_left ? box.left : box.right, to[0].y};
        to[2] = {to[0].x, bottom_up ? box.top : box.bottom};
        area.rectangle(box);
    } else {
        area.polygon({to[0], to[1], {to[1].x + to[2].x - to[0].x, to[1].y + to[2].y - to[0].y}, to[2]});
    }
    const double x = source.width();
    const double y = source.height();
    cairo_matrix_t onto; // from pixels of the bitmap to those of the picture
    cairo_matrix_init(&onto, (to[1].x - to[0].x) / x, (to[1].y - to[0].y) / x, (to[2].x - to[0].x) / y,
                      (to[2].y - to[0].y) / y, 0, 0);
    onto.x0 = to[0].x - onto.xx * source.left - onto.xy * source.top;
    onto.y0 = to[0].y - onto.yx * source.left - onto.yy * source.top;
    const double scale = std::sqrt(std::abs(onto.xx * onto.yy - onto.xy * onto.yx));
    // The inverse is kept in 16.16 fixed point.
    if (!(scale > 1e-3 && scale < 1e4) || cairo_matrix_invert(&onto) != CAIRO_STATUS_SUCCESS) return {};
    if (!is_near({onto.x0, onto.y0}) || std::abs(onto.xx) + std::abs(onto.xy) > 20'000 ||
        std::abs(onto.yy) + std::abs(onto.yx) > 20'000)
        return {};
    prepare(bitmap, blend);
    const Pattern pattern(cairo_pattern_create_for_surface(bitmap.surface.get()));
    cairo_pattern_set_matrix(pattern.get(), &onto);
    cairo_pattern_set_extend(pattern.get(), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(pattern.get(), scale >= 2 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
    cairo_t* const drawing = m_drawing.get();
    cairo_save(drawing);
    emit(area);
    cairo_set_antialias(drawing, CAIRO_ANTIALIAS_NONE);
    cairo_clip(drawing);
    cairo_set_operator(drawing, operator_for(blend));
    if (blend == Blend::brush_at_0 || blend == Blend::brush_at_1) {
        if (set_source(m_state.brush)) cairo_mask(drawing, pattern.get());
    } else {
        cairo_set_source(drawing, pattern.get());
        cairo_paint_with_alpha(drawing, alpha);
    }
    cairo_restore(drawing);
    return {};
}

Result<> Gdi::pattern_blit(const Rect& box, std::uint32_t rop) {
    Path path;
    path.rectangle(box);
    Brush brush = m_state.brush;
    const unsigned before = m_state.rop2;
    m_state.rop2 = 13;
    switch ((rop >> 16) & 0xFF) {
    case 0xF0:
        break; // PATCOPY
    case 0x00:
        brush = make_brush(0, {}, 0);
        break;
    case 0xFF:
        brush = make_brush(0, {255, 255, 255}, 0);
        break;
    case 0x55:
        m_state.rop2 = 6;
        break;
    case 0x5A:
        m_state.rop2 = 7;
        break;
    case 0xA0:
        m_state.rop2 = 9;
        break;
    case 0xFA:
        m_state.rop2 = 15;
        break;
    default:
        m_state.rop2 = 11;
    }
    auto filled = fill_path(std::move(path), brush);
    m_state.rop2 = before;
    return filled;
}

Result<> Gdi::gradient(const Rect& box, Colour from, Colour to, bool vertical) {
    TRY(spend());
    const Matrix matrix = logical_to_image();
    const Point begin = matrix({box.left, box.top});
    const Point end = matrix(vertical ? Point{box.left, box.bottom} : Point{box.right, box.top});
    if (!is_near(begin) || !is_near(end)) return {};
    const Pattern pattern(cairo_pattern_create_linear(begin.x, begin.y, end.x, end.y));
    cairo_pattern_add_color_stop_rgb(pattern.get(), 0, from.red / 255.0, from.green / 255.0, from.blue / 255.0);
    cairo_pattern_add_color_stop_rgb(pattern.get(), 1, to.red / 255.0, to.green / 255.0, to.blue / 255.0);
    Path path;
    path.rectangle(box);
    path.transform(matrix);
    emit(path);
    cairo_set_operator(m_drawing.get(), CAIRO_OPERATOR_OVER);
    cairo_set_source(m_drawing.get(), pattern.get());
    cairo_fill(m_drawing.get());
    return {};
}

} // namespace sekisho::metafile
