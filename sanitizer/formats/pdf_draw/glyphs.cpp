#include "sanitizer/formats/pdf_draw/glyphs.h"

namespace sekisho::pdf::drawing {

void select_font(cairo_t* pen, double size) {
    // fontconfig takes the nearest where it is not installed.
    cairo_select_font_face(pen, "Noto Sans Mono CJK JP", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(pen, size);
}

double Glyphs::end(cairo_t* pen) const {
    cairo_text_extents_t extents{};
    cairo_glyph_extents(pen, &all().back(), 1, &extents);
    return all().back().x + extents.x_advance;
}

Result<Glyphs> glyphs_of(cairo_t* pen, double x, double y, std::string_view utf8) {
    Glyphs made;
    cairo_glyph_t* glyphs = nullptr;
    cairo_text_cluster_t* clusters = nullptr;
    cairo_text_cluster_flags_t flags{};
    const cairo_status_t status =
        cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(pen), x, y, utf8.data(), static_cast<int>(utf8.size()),
                                         &glyphs, &made.glyph_count, &clusters, &made.cluster_count, &flags);
    made.glyphs.reset(glyphs);
    made.clusters.reset(clusters);
    if (status == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
    if (status != CAIRO_STATUS_SUCCESS) return refuse(Reason::input_damaged);
    return made;
}

} // namespace sekisho::pdf::drawing
