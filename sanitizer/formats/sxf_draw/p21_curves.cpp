#include "sanitizer/formats/sxf_draw/p21_curves.h"

#include <algorithm>
#include <optional>

#include "sanitizer/formats/sxf_draw/tables.h"

namespace sekisho::sxf {

namespace {

constexpr unsigned deepest = 16;
constexpr std::size_t most_knots = 100'000;

double sweep_of(double from, double to, bool forward) {
    double sweep = std::fmod(forward ? to - from : from - to, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    return forward ? sweep : -sweep;
}

std::uint8_t channel(double part) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(part, 0.0, 1.0) * 255));
}

// What a trimming is told by: a point, or a parameter.
const Value* of_kind(const Value& list, Value::Kind kind) {
    for (const Value& item : list.items)
        if (item.kind == kind) return &item;
    return nullptr;
}

} // namespace

Result<cad::Point> P21Curves::point(const Value& reference) const {
    const Instance of = TRY(m_instances.read(reference.reference));
    const std::vector<Value>& numbers = of.attribute("CARTESIAN_POINT", 0).items;
    if (numbers.size() < 2) return cad::Point{};
    return cad::Point{numbers[0].real(), numbers[1].real()};
}

Result<cad::Point> P21Curves::direction(const Value& reference) const {
    const Instance of = TRY(m_instances.read(reference.reference));
    const std::vector<Value>& numbers = of.attribute("DIRECTION", 0).items;
    if (numbers.size() < 2) return cad::Point{1, 0};
    return cad::Point{numbers[0].real(), numbers[1].real()};
}

Result<cad::Matrix> P21Curves::placement(const Value& reference) const {
    const Instance of = TRY(m_instances.read(reference.reference));
    const cad::Point at = TRY(point(of.attribute("AXIS2_PLACEMENT_2D", 0)));
    const cad::Point along = TRY(direction(of.attribute("AXIS2_PLACEMENT_2D", 1)));
    return cad::shift(at) * cad::turn(std::atan2(along.y, along.x));
}

Result<std::vector<cad::Point>> P21Curves::points(const Value& list) const {
    std::vector<cad::Point> made;
    for (const Value& item : list.items) made.push_back(TRY(point(item)));
    return made;
}

// From a circle with the radius 1.
Result<cad::Matrix> P21Curves::conic(const Instance& curve) const {
    const bool circle = curve.is("CIRCLE");
    const std::string_view entity = circle ? "CIRCLE" : "ELLIPSE";
    const double first = curve.attribute(entity, 1).real();
    const double second = circle ? first : curve.attribute(entity, 2).real();
    return TRY(placement(curve.attribute(entity, 0))) * cad::stretch(first, second);
}

Result<cad::Path> P21Curves::curve(std::uint64_t number, unsigned depth) const {
    cad::Path path;
    if (depth > deepest) return path;
    const Instance of = TRY(m_instances.read(number));
    if (of.is("POLYLINE")) {
        path.polygon(TRY(points(of.attribute("POLYLINE", 0))), false);
    } else if (of.is("CIRCLE") || of.is("ELLIPSE")) {
        cad::add_arc(path, TRY(conic(of)), 0, 2 * cad::pi);
    } else if (of.is("TRIMMED_CURVE")) {
        return trimmed(of);
    } else if (of.is("BEZIER_CURVE")) {
        return bezier(of);
    } else if (of.is("B_SPLINE_CURVE_WITH_KNOTS")) {
        return spline(of);
    } else if (of.is("COMPOSITE_CURVE")) {
        return composite(of, depth);
    }
    return path;
}

// The curve, where it begins, where it ends, and whether it runs as the curve itself does.
Result<cad::Path> P21Curves::trimmed(const Instance& curve) const {
    constexpr std::string_view entity = "TRIMMED_CURVE";
    const Instance basis = TRY(m_instances.read(curve.attribute(entity, 0).reference));
    const Value &from = curve.attribute(entity, 1), &to = curve.attribute(entity, 2);
    const bool forward = !curve.attribute(entity, 3).is("F");
    cad::Path path;
    if (basis.is("LINE")) {
        const cad::Point origin = TRY(point(basis.attribute("LINE", 0)));
        const Instance vector = TRY(m_instances.read(basis.attribute("LINE", 1).reference));
        cad::Point along = TRY(direction(vector.attribute("VECTOR", 0)));
        const double size = length(along);
        along = (size > 0 ? vector.attribute("VECTOR", 1).real() / size : 0) * along;
        for (const Value* end : {&from, &to}) {
            const Value* const at = of_kind(*end, Value::Kind::reference);
            path.go(at ? TRY(point(*at)) : origin + end->real() * along);
        }
        return path;
    }
    if (basis.is("CLOTHOID")) {
        const bool right = curve.attribute(entity, 3).is("F") || basis.attribute("CLOTHOID", 0, 0).text == "1";
        const double parameter = basis.attribute("CLOTHOID", 1).real() * (right ? -1 : 1);
        cad::add_clothoid(path, TRY(placement(basis.attribute("CLOTHOID", 0))), parameter, from.real(), to.real());
        return path;
    }
    if (!basis.is("CIRCLE") && !basis.is("ELLIPSE")) return path;
    const cad::Matrix place = TRY(conic(basis));
    const double determinant = place.determinant();
    std::array<double, 2> angles{};
    for (std::size_t i = 0; i < 2; ++i) {
        const Value& end = i == 0 ? from : to;
        const Value* const at = of_kind(end, Value::Kind::reference);
        if (!at) {
            angles[i] = end.real();
            continue;
        }
        const cad::Point p = TRY(point(*at)) - cad::Point{place.e, place.f};
        if (determinant == 0) return path;
        angles[i] =
            std::atan2((place.a * p.y - place.b * p.x) / determinant, (place.d * p.x - place.c * p.y) / determinant);
    }
    cad::add_arc(path, place, angles[0], sweep_of(angles[0], angles[1], forward));
    return path;
}

// Pieces of the degree, each beginning where the one before ends.
Result<cad::Path> P21Curves::bezier(const Instance& curve) const {
    const bool complex = curve.is("B_SPLINE_CURVE");
    const std::string_view entity = complex ? "B_SPLINE_CURVE" : "BEZIER_CURVE";
    const double degree = curve.attribute(entity, 0).real();
    const std::vector<cad::Point> controls = TRY(points(curve.attribute(entity, 1)));
    cad::Path path;
    if (!(degree >= 1 && degree <= 9) || controls.empty()) return path;
    const auto step = static_cast<std::size_t>(degree);
    cad::Spline piece;
    piece.degree = static_cast<unsigned>(step);
    piece.knots.assign(step + 1, 0);
    piece.knots.insert(piece.knots.end(), step + 1, 1);
    path.move(controls[0]);
    for (std::size_t i = 0; i + step < controls.size(); i += step) {
        if (step == 3) {
            path.curve(controls[i + 1], controls[i + 2], controls[i + 3]);
            continue;
        }
        piece.controls.assign(controls.begin() + static_cast<std::ptrdiff_t>(i),
                              controls.begin() + static_cast<std::ptrdiff_t>(i + step + 1));
        cad::add_spline(path, piece, true);
    }
    return path;
}

Result<cad::Path> P21Curves::spline(const Instance& curve) const {
    const bool complex = curve.is("B_SPLINE_CURVE");
    const std::string_view own = "B_SPLINE_CURVE_WITH_KNOTS", basic = complex ? "B_SPLINE_CURVE" : own;
    constexpr std::size_t basic_attributes = 5; // degree, points, form, closed, crosses itself
    const std::size_t before = complex ? 0 : basic_attributes;
    cad::Spline spline;
    spline.degree = static_cast<unsigned>(std::clamp(curve.attribute(basic, 0).real(), 0.0, 100.0));
    spline.controls = TRY(points(curve.attribute(basic, 1)));
    const Value &times = curve.attribute(own, before), &knots = curve.attribute(own, before + 1);
    for (std::size_t i = 0; i < std::min(times.items.size(), knots.items.size()); ++i) {
        const double count = std::clamp(times.items[i].real(), 0.0, 100.0);
        spline.knots.insert(spline.knots.end(), static_cast<std::size_t>(count), knots.items[i].real());
        if (spline.knots.size() > most_knots) return refuse(Reason::limit_members);
    }
    for (const Value& weight : curve.attribute("RATIONAL_B_SPLINE_CURVE", 0).items)
        spline.weights.push_back(weight.real());
    cad::Path path;
    if (!cad::add_spline(path, spline)) path.polygon(spline.controls, false);
    return path;
}

Result<cad::Path> P21Curves::composite(const Instance& curve, unsigned depth) const {
    cad::Path path;
    for (const Value& item : curve.attribute("COMPOSITE_CURVE", 0).items) {
        const Instance segment = TRY(m_instances.read(item.reference));
        const Value& part = segment.attribute("COMPOSITE_CURVE_SEGMENT", 2, 0);
        path.join(TRY(this->curve(part.reference, depth + 1)));
    }
    return path;
}

Result<cad::Color> P21Curves::color(const Value& reference) const {
    const Instance of = TRY(m_instances.read(reference.reference));
    for (const std::string_view entity : {"DRAUGHTING_PRE_DEFINED_COLOUR", "PRE_DEFINED_COLOUR"})
        if (of.is(entity)) return predefined_color(of.attribute(entity, 0, 0).text).value_or(cad::Color{});
    if (!of.is("COLOUR_RGB")) return cad::Color{};
    return cad::Color{channel(of.attribute("COLOUR_RGB", 0).real()), channel(of.attribute("COLOUR_RGB", 1).real()),
                      channel(of.attribute("COLOUR_RGB", 2).real())};
}

Result<double> P21Curves::measure(const Value& value) const {
    if (value.kind != Value::Kind::reference) return value.real();
    const Instance of = TRY(m_instances.read(value.reference));
    return of.attribute("LENGTH_MEASURE_WITH_UNIT", 0, 0).real();
}

Result<std::vector<double>> P21Curves::dashes(const Value& reference) const {
    const Instance font = TRY(m_instances.read(reference.reference));
    for (const std::string_view entity : {"DRAUGHTING_PRE_DEFINED_CURVE_FONT", "PRE_DEFINED_CURVE_FONT"})
        if (font.is(entity)) return predefined_line_type(font.attribute(entity, 0, 0).text);
    std::vector<double> made;
    for (const Value& item : font.attribute("CURVE_STYLE_FONT", 0).items) {
        const Instance pattern = TRY(m_instances.read(item.reference));
        for (const std::size_t at : {0, 1})
            made.push_back(TRY(measure(pattern.attribute("CURVE_STYLE_FONT_PATTERN", at, 0))));
    }
    return made;
}

// Its name, line type, width and colour.
Result<cad::Stroke> P21Curves::stroke(const Instance& style) const {
    constexpr std::string_view entity = "CURVE_STYLE";
    cad::Stroke made;
    made.dashes = TRY(dashes(style.attribute(entity, 0)));
    const double width = TRY(measure(style.attribute(entity, 1)));
    if (width > 0) made.width = width;
    made.color = TRY(color(style.attribute(entity, 2)));
    return made;
}

} // namespace sekisho::sxf
