// Lines and areas.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

namespace {

constexpr double farthest = 1e6; // pixels; Cairo's fixed point numbers end at 8 million
constexpr double thickest = 8000;
constexpr double most_dashes = 50'000; // along one path
constexpr std::size_t most_points = 2'000'000;

double bounded(double value) {
    return std::isfinite(value) ? std::clamp(value, -farthest, farthest) : 0;
}

double part(std::uint8_t value) {
    return value / 255.0;
}

// HS_HORIZONTAL to HS_DIAGCROSS as lines of a square cell ([MS-WMF] 2.1.1.12).
void draw_hatch(cairo_t* drawing, unsigned hatch, double cell) {
    const double middle = cell / 2;
    if (hatch == 0 || hatch == 4) {
        cairo_move_to(drawing, 0, middle);
        cairo_line_to(drawing, cell, middle);
    }
    if (hatch == 1 || hatch == 4) {
        cairo_move_to(drawing, middle, 0);
        cairo_line_to(drawing, middle, cell);
    }
    for (int i = -1; i <= 1; ++i) { // the neighbours' ends, too
        const double shift = i * cell;
        if (hatch == 2 || hatch == 5) {
            cairo_move_to(drawing, shift, 0);
            cairo_line_to(drawing, shift + cell, cell);
        }
        if (hatch == 3 || hatch == 5) {
            cairo_move_to(drawing, shift, cell);
            cairo_line_to(drawing, shift + cell, 0);
        }
    }
}

Pattern hatch_pattern(const Brush& brush, bool opaque, Colour background, double scale) {
    const int cell = std::clamp(static_cast<int>(std::lround(8 * scale)), 6, 32);
    const Surface tile(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, cell, cell));
    const Drawing drawing(cairo_create(tile.get()));
    if (opaque) {
        cairo_set_source_rgb(drawing.get(), part(background.red), part(background.green), part(background.blue));
        cairo_paint(drawing.get());
    }
    cairo_set_source_rgb(drawing.get(), part(brush.colour.red), part(brush.colour.green), part(brush.colour.blue));
    cairo_set_line_width(drawing.get(), std::max(1.0, cell / 8.0));
    draw_hatch(drawing.get(), brush.hatch, cell);
    cairo_stroke(drawing.get());
    Pattern pattern(cairo_pattern_create_for_surface(tile.get()));
    cairo_pattern_set_extend(pattern.get(), CAIRO_EXTEND_REPEAT);
    return pattern;
}

} // namespace

void Gdi::emit(const Path& image_path) {
    cairo_t* const drawing = m_drawing.get();
    cairo_new_path(drawing);
    const auto& points = image_path.points();
    std::size_t next = 0;
    const auto x = [&](std::size_t i) { return bounded(points[next + i].x); };
    const auto y = [&](std::size_t i) { return bounded(points[next + i].y); };
    for (const Path::Step step : image_path.steps()) {
        switch (step) {
        case Path::Step::move:
            cairo_move_to(drawing, x(0), y(0));
            break;
        case Path::Step::line:
            cairo_line_to(drawing, x(0), y(0));
            break;
        case Path::Step::curve:
            cairo_curve_to(drawing, x(0), y(0), x(1), y(1), x(2), y(2));
            break;
        case Path::Step::close:
            cairo_close_path(drawing);
            break;
        }
        next += step == Path::Step::curve ? 3 : step == Path::Step::close ? 0 : 1;
    }
}

// The binary raster operations ([MS-EMF] 2.1.26) that drawings use, by their nearest relatives.
cairo_operator_t Gdi::operator_of() const {
    switch (m_state.rop2) {
    case 6:
    case 7:
        return CAIRO_OPERATOR_DIFFERENCE; // NOT, XORPEN
    case 9:
        return CAIRO_OPERATOR_MULTIPLY; // MASKPEN
    case 15:
        return CAIRO_OPERATOR_SCREEN; // MERGEPEN
    default:
        return CAIRO_OPERATOR_OVER;
    }
}

bool Gdi::set_source(const Brush& brush) {
    cairo_t* const drawing = m_drawing.get();
    const double scale = m_device_to_image.scale();
    if (brush.kind == Brush::Kind::none || m_state.rop2 == 11) return false; // R2_NOP
    Colour colour = brush.colour;
    if (m_state.rop2 == 1) colour = {};
    if (m_state.rop2 == 16 || m_state.rop2 == 6) colour = {255, 255, 255};
    if (brush.kind == Brush::Kind::hatch) {
        const Pattern pattern = hatch_pattern(brush, m_state.opaque, m_state.background, scale);
        cairo_set_source(drawing, pattern.get());
    } else if (brush.kind == Brush::Kind::picture && brush.picture) {
        const Pattern pattern(cairo_pattern_create_for_surface(brush.picture->surface.get()));
        cairo_pattern_set_extend(pattern.get(), CAIRO_EXTEND_REPEAT);
        cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
        cairo_matrix_t matrix;
        const double factor = 1 / std::clamp(scale, 0.1, 8.0);
        cairo_matrix_init_scale(&matrix, factor, factor);
        cairo_pattern_set_matrix(pattern.get(), &matrix);
        cairo_set_source(drawing, pattern.get());
    } else {
        cairo_set_source_rgb(drawing, part(colour.red), part(colour.green), part(colour.blue));
    }
    return true;
}

void Gdi::fill(const Path& image_path, const Brush& brush) {
    if (!set_source(brush)) return;
    emit(image_path);
    cairo_set_operator(m_drawing.get(), operator_of());
    cairo_set_fill_rule(m_drawing.get(), m_state.winding ? CAIRO_FILL_RULE_WINDING : CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(m_drawing.get());
}

void Gdi::set_dashes(const Pen& pen, double width, double length) {
    cairo_set_dash(m_drawing.get(), nullptr, 0, 0);
    const double unit = pen.own_dashes ? (pen.cosmetic ? m_device_to_image.scale() : logical_to_image().scale())
                        : pen.cosmetic ? 3 * width
                                       : width;
    std::vector<double> dashes;
    double sum = 0;
    for (const double dash : pen.dashes) {
        dashes.push_back(std::clamp(dash * unit, 0.5, thickest));
        sum += dashes.back();
    }
    if (dashes.empty() || length / sum * static_cast<double>(dashes.size()) > most_dashes) return;
    cairo_set_dash(m_drawing.get(), dashes.data(), static_cast<int>(dashes.size()), 0);
}

void Gdi::stroke(const Path& image_path) {
    const Pen& pen = m_state.pen;
    Brush ink;
    ink.colour = pen.colour;
    if (!pen.visible || !set_source(ink)) return;
    cairo_t* const drawing = m_drawing.get();
    const double thin = std::clamp(m_device_to_image.scale(), 1.0, 3.0);
    const double width = pen.cosmetic ? thin : std::clamp(pen.width * logical_to_image().scale(), 1.0, thickest);
    constexpr std::array caps{CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE, CAIRO_LINE_CAP_BUTT};
    constexpr std::array joins{CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL, CAIRO_LINE_JOIN_MITER};
    emit(image_path);
    cairo_set_operator(drawing, operator_of());
    cairo_set_line_width(drawing, width);
    cairo_set_line_cap(drawing, pen.dashes.empty() ? caps[std::min(pen.cap, 2U)] : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(drawing, joins[std::min(pen.join, 2U)]);
    cairo_set_miter_limit(drawing, std::clamp(m_state.miter_limit, 1.0, 100.0));
    set_dashes(pen, width, std::min(image_path.length(), 1e9));
    cairo_stroke(drawing);
}

Result<> Gdi::draw(Path path, bool filled, bool stroked) {
    if (path.size() > most_points || m_path.size() > most_points) return refuse(Reason::input_damaged);
    path.transform(logical_to_image());
    if (m_in_path) {
        m_path.append(path);
        return {};
    }
    TRY(spend());
    if (filled) fill(path, m_state.brush);
    if (stroked) stroke(path);
    return {};
}

Result<> Gdi::fill_path(Path path, const Brush& brush) {
    path.transform(logical_to_image());
    TRY(spend());
    fill(path, brush);
    return {};
}

Result<> Gdi::paint_path(bool filled, bool stroked) {
    m_in_path = false;
    TRY(spend());
    if (filled) fill(m_path, m_state.brush);
    if (stroked) stroke(m_path);
    m_path.clear();
    return {};
}

void Gdi::move_to(Point point) {
    m_state.position = point;
    if (m_in_path) m_path.move(logical_to_image()(point));
}

Result<> Gdi::lines_to(const std::vector<Point>& points) {
    if (points.empty()) return {};
    Path path;
    if (!m_in_path) path.move(m_state.position);
    const Matrix matrix = logical_to_image();
    for (const Point& point : points) m_in_path ? m_path.line(matrix(point)) : path.line(point);
    m_state.position = points.back();
    return draw(std::move(path), false, true);
}

Result<> Gdi::line_to(Point point) {
    return lines_to({point});
}

Result<> Gdi::curves_to(const std::vector<Point>& points) {
    Path path;
    if (!m_in_path) path.move(m_state.position);
    const Matrix matrix = logical_to_image();
    for (std::size_t i = 0; i + 2 < points.size(); i += 3) {
        if (m_in_path)
            m_path.curve(matrix(points[i]), matrix(points[i + 1]), matrix(points[i + 2]));
        else
            path.curve(points[i], points[i + 1], points[i + 2]);
        m_state.position = points[i + 2];
    }
    return draw(std::move(path), false, true);
}

Result<> Gdi::box(const Rect& box, Point corner) {
    constexpr double quarter = std::numbers::pi / 2;
    Path path;
    const double x = std::min(std::abs(corner.x), std::abs(box.width()));
    const double y = std::min(std::abs(corner.y), std::abs(box.height()));
    if (x == 0 || y == 0) {
        path.rectangle(box);
        return draw(std::move(path), true, true);
    }
    const Rect plain{std::min(box.left, box.right), std::min(box.top, box.bottom), std::max(box.left, box.right),
                     std::max(box.top, box.bottom)};
    path.arc({plain.right - x, plain.top, plain.right, plain.top + y}, -quarter, quarter, false);
    path.arc({plain.right - x, plain.bottom - y, plain.right, plain.bottom}, 0, quarter, true);
    path.arc({plain.left, plain.bottom - y, plain.left + x, plain.bottom}, quarter, quarter, true);
    path.arc({plain.left, plain.top, plain.left + x, plain.top + y}, 2 * quarter, quarter, true);
    path.close();
    return draw(std::move(path), true, true);
}

Result<> Gdi::pixel(Point point, Colour colour) {
    Path path;
    path.rectangle({point.x, point.y, point.x + 1, point.y + 1});
    Brush brush;
    brush.colour = colour;
    return fill_path(std::move(path), brush);
}

// Start and end are any points on the rays from the centre.
Result<> Gdi::arc(const Rect& box, Point start, Point end, ArcKind kind) {
    const Point centre = box.centre();
    const double x = box.width() / 2;
    const double y = box.height() / 2;
    if (x == 0 || y == 0) return {};
    const auto angle = [&](Point p) { return std::atan2((p.y - centre.y) / y, (p.x - centre.x) / x); };
    constexpr double turn = 2 * std::numbers::pi;
    double sweep = angle(end) - angle(start);
    // Angles grow downwards on the screen: anticlockwise is falling.
    if (m_state.clockwise)
        while (sweep <= 0) sweep += turn;
    else
        while (sweep >= 0) sweep -= turn;
    Path path;
    if (kind == ArcKind::joined && !m_in_path) path.move(m_state.position);
    if (kind == ArcKind::joined && m_in_path) {
        TRY(line_to({centre.x + x * std::cos(angle(start)), centre.y + y * std::sin(angle(start))}));
    }
    if (kind == ArcKind::pie) path.move(centre);
    path.arc(box, angle(start), sweep, kind == ArcKind::pie || kind == ArcKind::joined);
    const bool closed = kind == ArcKind::pie || kind == ArcKind::chord;
    if (closed) path.close();
    if (kind == ArcKind::joined) m_state.position = path.points().back();
    return draw(std::move(path), closed, true);
}

Result<> Gdi::angle_arc(Point centre, double radius, double start, double sweep) {
    constexpr double degree = std::numbers::pi / 180;
    if (radius <= 0) return {};
    const Rect box{centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius};
    Path path;
    if (!m_in_path) path.move(m_state.position);
    path.arc(box, -std::fmod(start, 360) * degree, -std::clamp(sweep, -360.0, 360.0) * degree, true);
    m_state.position = path.points().back();
    return draw(std::move(path), false, true);
}

} // namespace sekisho::metafile
