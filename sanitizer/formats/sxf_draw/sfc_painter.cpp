#include "sanitizer/formats/sxf_draw/sfc_painter.h"

#include <algorithm>

#include "sanitizer/formats/cad/number.h"

namespace sekisho::sxf {

namespace {

constexpr std::uint64_t most_drawn = 2'000'000;
constexpr unsigned deepest = 64;
constexpr std::size_t size_of_extension = 7, size_of_arrow = 5;

} // namespace

std::span<const SfcPainter::Kind> SfcPainter::kinds() {
    static constexpr Kind all[] = {
        {"line_feature", &SfcPainter::curve},
        {"polyline_feature", &SfcPainter::curve},
        {"circle_feature", &SfcPainter::curve},
        {"arc_feature", &SfcPainter::curve},
        {"ellipse_feature", &SfcPainter::curve},
        {"ellipse_arc_feature", &SfcPainter::curve},
        {"spline_feature", &SfcPainter::curve},
        {"clothoid_feature", &SfcPainter::curve},
        {"point_marker_feature", &SfcPainter::marker},
        {"text_string_feature", &SfcPainter::text},
        {"sfig_locate_feature", &SfcPainter::figure},
        {"linear_dim_feature", &SfcPainter::linear_dimension},
        {"curve_dim_feature", &SfcPainter::arc_dimension},
        {"angular_dim_feature", &SfcPainter::arc_dimension},
        {"radius_dim_feature", &SfcPainter::radius_dimension},
        {"diameter_dim_feature", &SfcPainter::radius_dimension},
        {"label_feature", &SfcPainter::label},
        {"balloon_feature", &SfcPainter::label},
        {"fill_area_style_colour_feature", &SfcPainter::filled},
        {"fill_area_style_hatching_feature", &SfcPainter::hatched},
        {"externally_defined_hatch_feature", &SfcPainter::outlined},
        {"fill_area_style_tiles_hatching_feature", &SfcPainter::outlined},
        {"fill_area_style_tiles_feature", &SfcPainter::outlined},
    };
    return all;
}

bool SfcPainter::is_shown(std::int64_t layer) const {
    const auto at = static_cast<std::size_t>(std::max<std::int64_t>(layer, 0));
    return at == 0 || at > m_drawing.layers.size() || m_drawing.layers[at - 1];
}

cad::Stroke SfcPainter::stroke(const At& at) const {
    return m_drawing.stroke(at.values.whole(1), at.values.whole(2), at.values.whole(3));
}

Result<> SfcPainter::draw(std::span<const std::string_view> features, const cad::Matrix& place, unsigned depth) {
    if (depth > deepest) return refuse(Reason::cad_nesting);
    const auto all = kinds();
    Values values;
    for (const std::string_view text : features) {
        TRY(m_context.budget().check_time());
        if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
        const Feature feature = TRY(Feature::of(text));
        TRY(values.read(feature.parameters));
        const auto kind = std::ranges::find(all, feature.name, &Kind::name);
        if (kind == all.end())
            m_sheet.lacks = true;
        else if (!is_shown(values.whole(0)))
            m_sheet.hides = true;
        else
            TRY((this->*kind->draw)({feature.name, values, place, depth}));
    }
    return {};
}

Result<> SfcPainter::curve(const At& at) {
    cad::Path path = path_of(at.name, at.values);
    if (path.is_empty()) m_sheet.lacks = true;
    return m_sheet.line(path.moved(at.place), stroke(at));
}

// Layer, colour, place, code, angle, scale.
Result<> SfcPainter::marker(const At& at) {
    const double scale = at.values.real(6);
    const cad::Matrix place = at.place * cad::shift(at.values.point(2)) * cad::turn(cad::radians(at.values.real(5))) *
                              cad::stretch(scale, scale);
    const Symbol symbol = sxf::marker(at.values.whole(4));
    const cad::Stroke look = m_drawing.stroke(at.values.whole(1), 1, 1);
    TRY(m_sheet.line(symbol.lines.moved(place), look));
    return m_sheet.fill(symbol.areas.moved(place), cad::on_paper(look.color));
}

Result<> SfcPainter::text(const At& at) {
    return words(at, 3, m_drawing.stroke(at.values.whole(1), 1, 1).color);
}

// Text, place, height, width, spacing, angle, slant, base point, direction (2: downwards).
Result<> SfcPainter::words(const At& at, std::size_t from, cad::Color color) {
    const Values& values = at.values;
    Words made;
    made.utf8 = m_texts.decoded(values.text(from));
    made.at = values.point(from + 1);
    made.height = values.real(from + 3);
    made.width = values.real(from + 4);
    made.angle = cad::radians(values.real(from + 6));
    made.slant = cad::radians(values.real(from + 7));
    made.base = values.whole(from + 8);
    made.vertical = values.whole(from + 9) == 2;
    return m_sheet.write(text_of(std::move(made), color, at.place));
}

// Layer, name, place, angle, scales. 2: its x is north, and its y east.
Result<> SfcPainter::figure(const At& at) {
    constexpr std::int64_t geodetic = 2;
    const auto found = m_drawing.figures.find(at.values.text(1));
    if (found == m_drawing.figures.end()) {
        m_sheet.lacks = true;
        return {};
    }
    const Assembly& figure = m_drawing.assemblies[found->second];
    cad::Matrix place = at.place * cad::shift(at.values.point(2)) * cad::turn(cad::radians(at.values.real(4))) *
                        cad::stretch(at.values.real(5), at.values.real(6));
    if (figure.flag == geodetic) place = place * cad::Matrix{0, 1, 1, 0, 0, 0};
    return draw(figure.parts, place, at.depth + 1);
}

// Whether it is there, its base, its start, its end.
Result<> SfcPainter::extension(const At& at, std::size_t from) {
    if (at.values.whole(from) == 0) return {};
    cad::Path path;
    path.polygon({at.values.point(from + 3), at.values.point(from + 5)}, false);
    return m_sheet.line(path.moved(at.place), stroke(at));
}

// Code, whether it points outwards (1), its tip, its scale.
Result<> SfcPainter::arrow(const At& at, std::size_t from, cad::Point direction) {
    const bool outwards = at.values.whole(from + 1) != 2;
    return arrow(at, at.values.whole(from), at.values.point(from + 2), outwards ? direction : -1 * direction,
                 at.values.real(from + 4));
}

Result<> SfcPainter::arrow(const At& at, std::int64_t code, cad::Point tip, cad::Point direction, double scale) {
    const cad::Matrix place =
        at.place * cad::shift(tip) * cad::turn(std::atan2(direction.y, direction.x)) * cad::stretch(scale, scale);
    const Symbol symbol = sxf::arrow(code);
    cad::Stroke look = stroke(at);
    look.dashes.clear();
    TRY(m_sheet.line(symbol.lines.moved(place), look));
    return m_sheet.fill(symbol.areas.moved(place), cad::on_paper(look.color));
}

// The line, two extension lines, two arrows, whether there is text, its font, the text.
Result<> SfcPainter::linear_dimension(const At& at) {
    constexpr std::size_t extensions = 8, arrows = extensions + 2 * size_of_extension,
                          said = arrows + 2 * size_of_arrow;
    const cad::Point from = at.values.point(4), to = at.values.point(6);
    cad::Path path;
    path.polygon({from, to}, false);
    TRY(m_sheet.line(path.moved(at.place), stroke(at)));
    TRY(extension(at, extensions));
    TRY(extension(at, extensions + size_of_extension));
    TRY(arrow(at, arrows, from - to));
    TRY(arrow(at, arrows + size_of_arrow, to - from));
    return at.values.whole(said) == 0 ? Result<>() : words(at, said + 2, stroke(at).color);
}

Result<> SfcPainter::arc_dimension(const At& at) {
    constexpr std::size_t extensions = 9, arrows = extensions + 2 * size_of_extension,
                          said = arrows + 2 * size_of_arrow;
    const cad::Point center = at.values.point(4);
    const double start = cad::radians(at.values.real(7)), end = cad::radians(at.values.real(8));
    double sweep = std::fmod(end - start, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    cad::Path path;
    cad::add_arc(path, cad::circle(center, at.values.real(6)), start, sweep);
    TRY(m_sheet.line(path.moved(at.place), stroke(at)));
    TRY(extension(at, extensions));
    TRY(extension(at, extensions + size_of_extension));
    for (const std::size_t one : {arrows, arrows + size_of_arrow}) {
        const cad::Point away = at.values.point(one + 2) - center;
        const double side = one == arrows ? 1 : -1;
        TRY(arrow(at, one, side * cad::Point{away.y, -away.x}));
    }
    return at.values.whole(said) == 0 ? Result<>() : words(at, said + 2, stroke(at).color);
}

// Of a diameter, two arrows.
Result<> SfcPainter::radius_dimension(const At& at) {
    constexpr std::size_t arrows = 8;
    const std::size_t count = at.name == "diameter_dim_feature" ? 2 : 1, said = arrows + count * size_of_arrow;
    const cad::Point from = at.values.point(4), to = at.values.point(6);
    cad::Path path;
    path.polygon({from, to}, false);
    TRY(m_sheet.line(path.moved(at.place), stroke(at)));
    for (std::size_t one = arrows; one < said; one += size_of_arrow) {
        const cad::Point tip = at.values.point(one + 2);
        const bool at_start = length(tip - from) < length(tip - to);
        TRY(arrow(at, one, at_start ? from - to : to - from));
    }
    return at.values.whole(said) == 0 ? Result<>() : words(at, said + 2, stroke(at).color);
}

// A line of many corners, of a balloon its circle, the arrow at the first corner, the text.
Result<> SfcPainter::label(const At& at) {
    const bool balloon = at.name == "balloon_feature";
    const std::size_t head = balloon ? 10 : 7, said = head + 2;
    const std::vector<cad::Point> points = at.values.points(5);
    cad::Path path;
    path.polygon(points, false);
    if (balloon) cad::add_arc(path, cad::circle(at.values.point(7), at.values.real(9)), 0, 2 * cad::pi);
    TRY(m_sheet.line(path.moved(at.place), stroke(at)));
    if (points.size() > 1)
        TRY(arrow(at, at.values.whole(head), points[0], points[0] - points[1], at.values.real(head + 1)));
    return at.values.whole(said) == 0 ? Result<>() : words(at, said + 2, stroke(at).color);
}

// The outer curve, how many inner ones, and those. Draws the curves that show.
Result<cad::Path> SfcPainter::outline(const At& at, std::size_t from) {
    std::vector<double> codes = at.values.reals(from + 2);
    codes.insert(codes.begin(), at.values.real(from));
    cad::Path all;
    for (const double code : codes) {
        const bool fits = code >= 1 && code < 1e9;
        const Assembly* const curve = fits ? m_drawing.curve(static_cast<std::int64_t>(code)) : nullptr;
        if (!curve) {
            m_sheet.lacks = true;
            continue;
        }
        cad::Path path;
        Values values;
        for (const std::string_view part : curve->parts) {
            TRY(m_context.budget().check_time());
            if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
            const Feature feature = TRY(Feature::of(part));
            TRY(values.read(feature.parameters));
            path.join(path_of(feature.name, values));
        }
        path = path.moved(at.place);
        if (curve->flag != 0) TRY(m_sheet.line(path, m_drawing.stroke(curve->color, curve->line_type, curve->width)));
        if (!path.is_empty()) path.close();
        all.add(path);
    }
    return all;
}

Result<> SfcPainter::filled(const At& at) {
    const cad::Path path = TRY(outline(at, 2));
    return m_sheet.fill(path, m_drawing.stroke(at.values.whole(1), 1, 1).color);
}

// How many patterns, then each: colour, line type, width, a point, the spacing, the angle.
Result<> SfcPainter::hatched(const At& at) {
    const auto patterns = static_cast<std::size_t>(std::clamp<std::int64_t>(at.values.whole(1), 0, 64));
    const cad::Path path = TRY(outline(at, 2 + patterns));
    if (path.is_empty()) return {};
    cad::Box box;
    for (const cad::Point& point : path.points) box.add(point);
    TRY(m_sheet.begin_clip(path));
    for (std::size_t i = 0; i < patterns; ++i) {
        const std::vector<double> pattern = at.values.reals(2 + i);
        if (pattern.size() != 7) continue;
        const auto code = [&](std::size_t part) {
            return static_cast<std::int64_t>(std::clamp(pattern[part], 0.0, 1e6));
        };
        const double angle = cad::radians(pattern[6]);
        const cad::Point along = at.place.direction({std::cos(angle), std::sin(angle)});
        cad::Path lines;
        if (cad::hatch_lines(lines, box, at.place.of({pattern[3], pattern[4]}), pattern[5] * at.place.scale(),
                             std::atan2(along.y, along.x)))
            TRY(m_sheet.line(std::move(lines), m_drawing.stroke(code(0), code(1), code(2))));
        else
            m_sheet.lacks = true;
    }
    m_sheet.end_clip();
    return {};
}

// Patterns that lie outside of the drawing, or are made of symbols: the outline alone. "Area_control" says which part
// of the sheet has a colour of its own on a screen.
Result<> SfcPainter::outlined(const At& at) {
    const bool external = at.name == "externally_defined_hatch_feature";
    if (external && at.values.text(1) == "Area_control") return {};
    m_sheet.lacks = true;
    const std::size_t curves = external ? 2 : at.values.count() - 3;
    const cad::Path path = TRY(outline(at, curves));
    return m_sheet.line(path, m_drawing.stroke(1, 1, 1));
}

} // namespace sekisho::sxf
