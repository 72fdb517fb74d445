// Clipping. Edges are not smoothed: neighbouring areas must not show a seam.
#include <cmath>

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

namespace {

constexpr unsigned mode_and = 1, mode_difference = 4, mode_copy = 5; // RGN_*; OR and XOR only ever show more

Rect snapped(const Rect& box) {
    return {std::round(box.left), std::round(box.top), std::round(box.right), std::round(box.bottom)};
}

} // namespace

void Gdi::clip_image_path(const Path& image_path, bool exclude) {
    Path path = image_path;
    if (exclude) path.rectangle(image_box());
    emit(path);
    cairo_set_fill_rule(m_drawing.get(),
                        exclude || !m_state.winding ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    cairo_set_antialias(m_drawing.get(), CAIRO_ANTIALIAS_NONE);
    cairo_clip(m_drawing.get());
    cairo_set_antialias(m_drawing.get(), CAIRO_ANTIALIAS_DEFAULT);
}

void Gdi::clip_rectangle(const Rect& box, bool exclude) {
    Path path;
    path.rectangle(box);
    path.transform(logical_to_image());
    clip_image_path(path, exclude);
}

void Gdi::clip_region(const std::vector<Rect>& rectangles, unsigned mode) {
    if (mode != mode_and && mode != mode_difference) cairo_reset_clip(m_drawing.get());
    if (mode != mode_and && mode != mode_difference && mode != mode_copy) return;
    if (mode == mode_copy && rectangles.empty()) return;
    Path path;
    for (const Rect& box : rectangles) {
        const Point first = m_device_to_image({box.left, box.top});
        const Point second = m_device_to_image({box.right, box.bottom});
        path.rectangle(snapped({first.x, first.y, second.x, second.y}));
    }
    clip_image_path(path, mode == mode_difference);
}

Path Gdi::region_path(const std::vector<Rect>& rectangles) const {
    Path path;
    for (const Rect& box : rectangles) path.rectangle(box);
    return path;
}

void Gdi::clip_to_path(unsigned mode) {
    m_in_path = false;
    if (mode != mode_and && mode != mode_difference) cairo_reset_clip(m_drawing.get());
    if (!m_path.empty()) clip_image_path(m_path, mode == mode_difference);
    m_path.clear();
}

} // namespace sekisho::metafile
