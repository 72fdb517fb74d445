// Text: characters are placed by the metafile's own advances, glyphs come from the system's fonts.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

namespace {

constexpr unsigned align_update = 1, align_right = 2, align_centre = 6, align_bottom = 8, align_baseline = 24;
constexpr double largest = 8000; // pixels of an em square
constexpr double farthest = 100'000;
constexpr double smallest = 0.5;
constexpr double default_height = 16; // logical units, of a font of height 0
constexpr double slant = 0.21;
constexpr char32_t first_wide = 0x2E80; // CJK begins

struct Placed {
    Glyph glyph;
    double at = 0; // along the base line, logical
    bool sideways = false;
};

double em_of(const Font& font) {
    if (font.height < 0) return -font.height;
    const double height = font.height == 0 ? default_height : font.height;
    return height / (font.typeface.ascent + font.typeface.descent);
}

// Text never comes out mirrored, whichever way the axes run.
Matrix unmirrored(const Matrix& matrix) {
    Matrix plain = matrix;
    plain.x0 = plain.y0 = 0;
    if (plain.determinant() >= 0) return plain;
    if (plain.xx < 0) {
        plain.xx = -plain.xx;
        plain.yx = -plain.yx;
    } else {
        plain.xy = -plain.xy;
        plain.yy = -plain.yy;
    }
    return plain;
}

double natural_width(const std::vector<Placed>& placed, double em) {
    double sum = 0;
    for (const Placed& one : placed) sum += one.glyph.advance * em;
    return sum;
}

// How much narrower than the font at hand the original was, judged by the metafile's advances.
double stretch_of(const Font& font, double em, double natural, double advances) {
    if (advances > 0 && natural > 0) return std::clamp(advances / natural, 0.4, 1.0);
    return font.width > 0 ? std::clamp(font.width / (em / 2), 0.2, 5.0) : 1;
}

double shift_along(unsigned align, double width) {
    if ((align & align_centre) == align_centre) return -width / 2;
    return (align & align_centre) == align_right ? -width : 0;
}

// From the reference point down to the base line.
double shift_down(unsigned align, const Typeface& typeface, double em) {
    if ((align & align_baseline) == align_baseline) return 0;
    return (align & align_baseline) == align_bottom ? -typeface.descent * em : typeface.ascent * em;
}

struct Layout {
    std::vector<Placed> placed;
    double em = 0;
    double width = 0; // along the base line, logical
    double stretch = 1;
    Matrix turned; // from text's own directions (along, down) to pixels
    Point anchor;
    double along = 0, down = 0; // from the reference point to the beginning of the base line

    Point place(double x, double y) const {
        const Point offset = turned.direction({along + x, down + y});
        return {anchor.x + offset.x, anchor.y + offset.y};
    }
    // A box of the text's own directions.
    Path box(double left, double top, double right, double bottom) const {
        Path path;
        path.polygon({place(left, top), place(right, top), place(right, bottom), place(left, bottom)});
        return path;
    }
};

Result<std::vector<Placed>> find_glyphs(const Text& text, const Font& font) {
    std::vector<Placed> placed;
    for (const char32_t character : text.characters) {
        const char32_t shown = unicode_of(font.typeface, character);
        const bool blank = shown < U' ' || (shown >= 0x7F && shown < 0xA0);
        const Glyph glyph = Faces::all().glyph(blank ? U' ' : shown, font.typeface.role, font.bold);
        if (!glyph.face) return refuse(Reason::image_unsupported);
        placed.push_back({glyph, 0, font.vertical && character >= first_wide});
    }
    return placed;
}

Result<Layout> lay_out(const Text& text, const State& state, const Matrix& logical) {
    const Font& font = state.font;
    Layout layout;
    layout.em = em_of(font);
    layout.placed = TRY(find_glyphs(text, font));
    const bool own = text.advances.size() == layout.placed.size();
    const double advances = own ? std::accumulate(text.advances.begin(), text.advances.end(), 0.0) : 0;
    layout.stretch = stretch_of(font, layout.em, natural_width(layout.placed, layout.em), advances);
    for (std::size_t i = 0; i < layout.placed.size(); ++i) {
        layout.placed[i].at = layout.width;
        layout.width += own ? text.advances[i] : layout.placed[i].glyph.advance * layout.em * layout.stretch;
    }
    const double cosine = std::cos(font.escapement);
    const double sine = std::sin(font.escapement);
    layout.turned = Matrix{cosine, -sine, sine, cosine, 0, 0}.then(unmirrored(logical));
    layout.along = shift_along(state.text_align, layout.width);
    layout.down = shift_down(state.text_align, font.typeface, layout.em);
    layout.anchor = logical((state.text_align & align_update) != 0 ? state.position : text.reference);
    return layout;
}

cairo_matrix_t glyph_matrix(const Layout& layout, const Font& font, bool sideways) {
    Matrix shape = Matrix::scaling(layout.em * layout.stretch, layout.em);
    if (font.italic) shape = Matrix{1, 0, -slant, 1, 0, 0}.then(shape);
    if (sideways) shape = shape.then(Matrix{0, -1, 1, 0, 0, 0});
    shape = shape.then(layout.turned);
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, shape.xx, shape.yx, shape.xy, shape.yy, 0, 0);
    return matrix;
}

void add_glyphs(cairo_t* drawing, const Layout& layout, const Font& font) {
    for (const Placed& one : layout.placed) {
        const Typeface& typeface = font.typeface;
        const Point at = one.sideways ? layout.place(one.at + typeface.ascent * layout.em, typeface.descent * layout.em)
                                      : layout.place(one.at, 0);
        if (std::abs(at.x) > farthest || std::abs(at.y) > farthest) continue;
        const cairo_matrix_t matrix = glyph_matrix(layout, font, one.sideways);
        const cairo_glyph_t glyph{one.glyph.index, at.x, at.y};
        cairo_set_font_face(drawing, one.glyph.face->cairo);
        cairo_set_font_matrix(drawing, &matrix);
        cairo_glyph_path(drawing, &glyph, 1);
    }
}

} // namespace

Result<> Gdi::draw_text(const Text& text) {
    TRY(spend());
    cairo_save(m_drawing.get());
    if (text.opaque) {
        Path box;
        box.rectangle(text.box);
        box.transform(logical_to_image());
        fill_plain(box, m_state.background);
    }
    if (text.clipped) clip_rectangle(text.box, false);
    auto drawn = draw_characters(text);
    cairo_restore(m_drawing.get());
    return drawn;
}

Result<> Gdi::draw_characters(const Text& text) {
    if (text.characters.empty()) return {};
    const Font& font = m_state.font;
    const Layout layout = TRY(lay_out(text, m_state, logical_to_image()));
    if ((m_state.text_align & align_update) != 0 && layout.along == 0) {
        m_state.position.x += layout.width * std::cos(font.escapement);
        m_state.position.y -= layout.width * std::sin(font.escapement);
    }
    const double size = layout.em * layout.turned.scale();
    if (!(size >= smallest && size <= largest)) return {};
    const double ascent = font.typeface.ascent * layout.em;
    const double descent = font.typeface.descent * layout.em;
    if (m_state.opaque && !text.opaque) fill_plain(layout.box(0, -ascent, layout.width, descent), m_state.background);
    cairo_new_path(m_drawing.get());
    add_glyphs(m_drawing.get(), layout, font);
    cairo_set_operator(m_drawing.get(), CAIRO_OPERATOR_OVER);
    cairo_set_fill_rule(m_drawing.get(), CAIRO_FILL_RULE_WINDING);
    const Colour colour = m_state.text_colour;
    cairo_set_source_rgb(m_drawing.get(), colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
    cairo_fill(m_drawing.get());
    const double line = layout.em / 16;
    if (font.underline) fill_plain(layout.box(0, descent / 2, layout.width, descent / 2 + line), colour);
    if (font.strike) fill_plain(layout.box(0, -ascent / 3, layout.width, line - ascent / 3), colour);
    return {};
}

void Gdi::fill_plain(const Path& image_path, Colour colour) {
    const unsigned before = std::exchange(m_state.rop2, 13);
    fill(image_path, make_brush(0, colour, 0));
    m_state.rop2 = before;
}

} // namespace sekisho::metafile
