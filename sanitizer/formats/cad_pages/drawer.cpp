#include "sanitizer/formats/cad_pages/drawer.h"

#include <algorithm>

#include "sanitizer/formats/pdf_draw/glyphs.h"
#include "sanitizer/formats/pdf_draw/surface.h"

namespace sekisho::cad_pages {

namespace {

using cad::Box;
using cad::Matrix;
using cad::Path;
using cad::Point;
using cad::Sheet;
using cad::Step;
using pdf::drawing::Glyphs;
using pdf::drawing::glyphs_of;
using pdf::drawing::PdfSurface;
using pdf::drawing::Pen;

constexpr double points_of_a_millimetre = 72 / 25.4;
// Millimetres. Smaller text is not read by anybody; a pattern that repeats within less looks like a line.
constexpr double smallest_text = 0.05, largest_text = 10'000, smallest_pattern = 0.3, thinnest = 0.05, thickest = 500;
constexpr double narrowest = 0.01, widest = 100; // how much a text may be stretched
constexpr double most_slant = 1.4;               // radians
// The standard's largest page side (ISO 32000-1, annex C), in millimetres.
constexpr double largest_side = 14'400 / points_of_a_millimetre, smallest_side = 5;

void set_color(cairo_t* pen, cad::Color color) {
    cairo_set_source_rgb(pen, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
}

cairo_matrix_t cairo(const Matrix& matrix) {
    return {matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f};
}

// One sheet. Cairo's y runs downwards from the top, in millimetres.
class Drawer {
public:
    Drawer(cairo_t* pen, const Sheet& sheet, double width, double height, Context& context)
        : m_pen(pen), m_sheet(sheet), m_context(context) {
        m_page.add({0, 0});
        m_page.add({width, height});
        m_place = Matrix{1, 0, 0, -1, 0, height} * sheet.to_paper;
    }

    Result<> run() {
        cairo_scale(m_pen, points_of_a_millimetre, points_of_a_millimetre);
        cairo_set_line_cap(m_pen, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(m_pen, CAIRO_LINE_JOIN_ROUND);
        cairo_set_fill_rule(m_pen, CAIRO_FILL_RULE_EVEN_ODD);
        for (const cad::Figure& figure : m_sheet.figures()) {
            TRY(m_context.budget().check_time());
            TRY(std::visit([&](const auto& one) { return draw(one); }, figure));
        }
        return {};
    }
    bool hides() const { return m_hides; }
    bool lacks() const { return m_lacks; }

private:
    // Adds the parts that lie on the page; false: there are none.
    bool set_path(const Path& path) {
        bool any = false;
        std::size_t step = 0, point = 0;
        while (step < path.steps.size()) {
            std::size_t end = step, last = point;
            Box box;
            do {
                for (std::size_t taken = points_of(path.steps[end]); taken > 0; --taken)
                    box.add(m_place.of(path.points[last++]));
                ++end;
            } while (end < path.steps.size() && path.steps[end] != Step::move);
            if (!box.touches(m_page)) {
                m_hides = m_hides || m_clips == 0;
            } else if (is_drawable(box)) {
                add(path, step, end, point);
                any = true;
            }
            step = end;
            point = last;
        }
        return any;
    }

    static std::size_t points_of(Step step) { return step == Step::curve ? 3 : step == Step::close ? 0 : 1; }

    // Cairo counts in 24 bits before the point; what is much larger than the page does not show as it is anyway.
    bool is_drawable(const Box& box) {
        const double reach = 100 * std::max({m_page.width(), m_page.height(), 1000.0});
        const Box drawable{{-reach, -reach}, {reach, reach}};
        const bool can = drawable.holds(box);
        m_lacks = m_lacks || !can;
        return can;
    }

    void add(const Path& path, std::size_t step, std::size_t end, std::size_t point) {
        const auto next = [&] { return m_place.of(path.points[point++]); };
        for (; step < end; ++step) {
            switch (path.steps[step]) {
            case Step::move: {
                const Point to = next();
                cairo_move_to(m_pen, to.x, to.y);
                break;
            }
            case Step::line: {
                const Point to = next();
                cairo_line_to(m_pen, to.x, to.y);
                break;
            }
            case Step::curve: {
                const Point first = next(), second = next(), to = next();
                cairo_curve_to(m_pen, first.x, first.y, second.x, second.y, to.x, to.y);
                break;
            }
            case Step::close:
                cairo_close_path(m_pen);
                break;
            }
        }
    }

    Result<> draw(const cad::Line& line) {
        if (set_path(line.path)) {
            set_color(m_pen, line.stroke.color);
            set_dashes(line.stroke.dashes);
            const double width = std::max(line.stroke.width, line.stroke.breadth * m_sheet.to_paper.scale());
            cairo_set_line_width(m_pen, std::clamp(width, thinnest, thickest));
            cairo_stroke(m_pen);
        }
        return {};
    }

    void set_dashes(std::vector<double> dashes) {
        double sum = 0;
        for (double& dash : dashes) sum += dash = std::fabs(dash) * m_sheet.to_paper.scale();
        const bool shows = sum >= smallest_pattern && sum < largest_side && dashes.size() <= 64;
        cairo_set_dash(m_pen, dashes.data(), shows ? static_cast<int>(dashes.size()) : 0, 0);
    }

    Result<> draw(const cad::Area& area) {
        if (set_path(area.path)) {
            set_color(m_pen, area.color);
            cairo_fill(m_pen);
        }
        return {};
    }

    Result<> draw(const cad::Clip& clip) {
        cairo_save(m_pen);
        ++m_clips;
        set_path(clip.path);
        cairo_clip(m_pen);
        return {};
    }
    Result<> draw(const cad::ClipEnd&) {
        --m_clips;
        cairo_restore(m_pen);
        return {};
    }

    Result<> draw(const cad::Text& text) {
        cairo_save(m_pen);
        const auto done = write(text, m_place * text.place);
        cairo_restore(m_pen);
        return done;
    }

    // In the text's own axes: x along it, y upwards.
    Result<> write(const cad::Text& text, const Matrix& place) {
        // The font is measured at a size of its own, which is the same for all texts.
        constexpr double own = 10;
        const double unit = text.size / own;
        cairo_save(m_pen);
        cairo_identity_matrix(m_pen);
        pdf::drawing::select_font(m_pen, own);
        auto made = glyphs_of(m_pen, 0, 0, text.utf8);
        const double natural = made && !made->all().empty() ? made->end(m_pen) * unit : 0;
        cairo_restore(m_pen);
        if (!made) return std::unexpected(made.error());
        if (natural <= 0) return {};
        if (text.vertical) below_each_other(*made, own);
        const double along = text.vertical ? own * unit * made->glyph_count : natural;
        const double wanted = text.width > 0 ? text.width / along : text.stretch;
        const double times = std::clamp(wanted, narrowest, widest);
        const double slant = std::tan(std::clamp(text.slant, -most_slant, most_slant));
        const Point stretched = text.vertical ? Point{1, times} : Point{times, 1};
        const Point before =
            text.vertical ? Point{-text.across * text.size, text.rise} : Point{-text.across * along * times, text.rise};
        const Matrix all = place * cad::shift(before) * Matrix{1, 0, slant, 1, 0, 0} *
                           cad::stretch(stretched.x * unit, -stretched.y * unit);
        if (!is_readable(all, own)) {
            m_lacks = true;
            return {};
        }
        if (!shows(*made, all, own)) {
            m_hides = m_hides || m_clips == 0;
            return {};
        }
        const cairo_matrix_t matrix = cairo(all);
        cairo_transform(m_pen, &matrix);
        pdf::drawing::select_font(m_pen, own);
        set_color(m_pen, text.color);
        cairo_show_text_glyphs(m_pen, text.utf8.data(), static_cast<int>(text.utf8.size()), made->glyphs.get(),
                               made->glyph_count, made->clusters.get(), made->cluster_count, {});
        return {};
    }

    // Neither too small nor squeezed flat.
    static bool is_readable(const Matrix& place, double size) {
        const double x = size * cad::length({place.a, place.b}), y = size * cad::length({place.c, place.d});
        const auto fits = [](double side) { return side >= smallest_text && side <= largest_text; };
        return fits(x) && fits(y) && std::fabs(place.determinant()) * size * size > 0.01 * x * y;
    }

    static void below_each_other(Glyphs& glyphs, double size) {
        double y = 0;
        for (cairo_glyph_t& glyph : glyphs.all()) {
            glyph.x = 0;
            glyph.y = y;
            y += size;
        }
    }

    bool shows(const Glyphs& glyphs, const Matrix& place, double size) const {
        Box box;
        for (const cairo_glyph_t& glyph : {glyphs.all().front(), glyphs.all().back()})
            for (const Point corner : {Point{0, 0}, Point{size, 0}, Point{0, -size}, Point{size, -size}})
                box.add(place.of(corner + Point{glyph.x, glyph.y}));
        return box.touches(m_page);
    }

    cairo_t* m_pen;
    const Sheet& m_sheet;
    Context& m_context;
    Box m_page;
    Matrix m_place; // from units of the sheet to Cairo's
    unsigned m_clips = 0;
    bool m_hides = false, m_lacks = false;
};

} // namespace

Result<Bytes> draw_sheets(const std::vector<Sheet>& sheets, Context& context) {
    if (sheets.empty()) return refuse(Reason::cad_empty);
    if (sheets.size() > context.limits().pages) return refuse(Reason::limit_pages);
    PdfSurface surface(context.limits().bytes_in_memory);
    Pen pen;
    bool hides = false, lacks = false;
    for (const Sheet& sheet : sheets) {
        const double width = std::clamp(sheet.width, smallest_side, largest_side);
        const double height = std::clamp(sheet.height, smallest_side, largest_side);
        surface.set_size(width * points_of_a_millimetre, height * points_of_a_millimetre);
        pen.reset(cairo_create(surface.get()));
        Drawer drawer(pen.get(), sheet, width, height, context);
        TRY(drawer.run());
        cairo_show_page(pen.get());
        if (surface.is_full()) return refuse(Reason::limit_bytes);
        if (cairo_status(pen.get()) == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
        if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) return refuse(Reason::input_damaged);
        hides = hides || sheet.hides || drawer.hides();
        lacks = lacks || sheet.lacks || drawer.lacks();
    }
    pen.reset();
    if (hides) context.found(Finding::cad_hidden, Action::removed);
    if (lacks) context.found(Finding::cad_undrawn, Action::removed);
    return surface.finish();
}

} // namespace sekisho::cad_pages
