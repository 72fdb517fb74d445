#include "sanitizer/formats/sxf_draw/sfc_painter.h"

namespace sekisho::sxf {

namespace {

constexpr std::size_t first = 4; // after layer, colour, line type and width

double sweep_of(double start, double end, bool clockwise) {
    double sweep = std::fmod(clockwise ? start - end : end - start, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    return clockwise ? -sweep : sweep;
}

// Direction (1: clockwise), then the start and the end in degrees; between direction and start of an ellipse, its
// angle.
void add_arc(cad::Path& path, const cad::Matrix& place, const Values& values, std::size_t direction,
             std::size_t start) {
    const double from = cad::radians(values.real(start)), to = cad::radians(values.real(start + 1));
    cad::add_arc(path, place, from, sweep_of(from, to, values.whole(direction) == 1));
}

cad::Matrix ellipse(const Values& values, std::size_t rotation) {
    return cad::shift(values.point(first)) * cad::turn(cad::radians(values.real(rotation))) *
           cad::stretch(values.real(first + 2), values.real(first + 3));
}

// Bézier curves one after the other: a point, then two that bend and one that it leads to.
void add_spline(cad::Path& path, std::span<const cad::Point> points) {
    if (points.empty()) return;
    path.move(points[0]);
    for (std::size_t i = 1; i + 2 < points.size(); i += 3) path.curve(points[i], points[i + 1], points[i + 2]);
}

} // namespace

cad::Path path_of(std::string_view name, const Values& values) {
    cad::Path path;
    if (name == "line_feature") {
        path.polygon({values.point(first), values.point(first + 2)}, false);
    } else if (name == "polyline_feature") {
        path.polygon(values.points(first + 1), false);
    } else if (name == "circle_feature") {
        cad::add_arc(path, cad::circle(values.point(first), values.real(first + 2)), 0, 2 * cad::pi);
    } else if (name == "arc_feature") {
        add_arc(path, cad::circle(values.point(first), values.real(first + 2)), values, first + 3, first + 4);
    } else if (name == "ellipse_feature") {
        cad::add_arc(path, ellipse(values, first + 4), 0, 2 * cad::pi);
    } else if (name == "ellipse_arc_feature") {
        add_arc(path, ellipse(values, first + 5), values, first + 4, first + 6);
    } else if (name == "spline_feature") {
        add_spline(path, values.points(first + 2));
    } else if (name == "clothoid_feature") {
        const double parameter = values.real(first + 2) * (values.whole(first + 3) == 1 ? -1 : 1);
        const cad::Matrix place = cad::shift(values.point(first)) * cad::turn(cad::radians(values.real(first + 4)));
        cad::add_clothoid(path, place, parameter, values.real(first + 5), values.real(first + 6));
    }
    return path;
}

} // namespace sekisho::sxf
