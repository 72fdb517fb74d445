// Lines, curves, and areas with corners.
#include <algorithm>
#include <array>

#include "sanitizer/formats/dxf_draw/painter.h"

namespace sekisho::dxf {

namespace {

using cad::Path;
using cad::Point;

constexpr std::size_t most_parts = 16; // lines of a multiple line

// The part of a line, in lengths of `along`, that lies in the box.
bool cut(const cad::Box& box, Point at, Point along, double& from, double& to) {
    const auto side = [&](double start, double step, double low, double high) {
        if (step == 0) return start >= low && start <= high;
        const double first = (low - start) / step, second = (high - start) / step;
        from = std::max(from, std::min(first, second));
        to = std::min(to, std::max(first, second));
        return true;
    };
    return side(at.x, along.x, box.low.x, box.high.x) && side(at.y, along.y, box.low.y, box.high.y) && from < to;
}

} // namespace

Result<> Painter::line(const Entity& entity, const Scene& scene) {
    Path path;
    path.polygon({entity.point(10), entity.point(11)}, false);
    return stroke(path.moved(scene.place), scene);
}

Result<> Painter::endless(const Entity& entity, const Scene& scene) {
    constexpr std::size_t most = 10'000;
    if (m_endless.size() == most) return refuse(Reason::limit_members);
    m_endless.push_back({scene.place.of(entity.point(10)), scene.place.direction(entity.point(11)),
                         entity.kind() == "XLINE", scene.stroke});
    return {};
}

Result<> Painter::draw_endless(const cad::Box& box) {
    for (const Endless& one : m_endless) {
        double from = one.both ? -HUGE_VAL : 0, to = HUGE_VAL;
        if (box.is_empty() || !cut(box, one.at, one.along, from, to)) {
            m_sheet.lacks = true;
            continue;
        }
        Path path;
        path.polygon({one.at + from * one.along, one.at + to * one.along}, false);
        TRY(m_sheet.line(std::move(path), one.stroke));
    }
    return {};
}

Result<> Painter::point(const Entity& entity, const Scene& scene) {
    Path dot;
    dot.polygon({entity.point(10), entity.point(10)}, false);
    return stroke(dot.moved(scene.place), scene);
}

Result<> Painter::circle(const Entity& entity, const Scene& scene) {
    const cad::Matrix place = scene.place * entity.plane() * cad::circle(entity.point(10), entity.real(40));
    const double start = cad::radians(entity.real(50)), end = cad::radians(entity.real(51, 360));
    double sweep = std::fmod(end - start, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    Path path;
    if (entity.kind() == "ARC")
        cad::add_arc(path, place, start, sweep);
    else
        cad::add_arc(path, place, 0, 2 * cad::pi);
    return stroke(std::move(path), scene);
}

Result<> Painter::ellipse(const Entity& entity, const Scene& scene) {
    const Point center = entity.point(10), major = entity.point(11);
    const double ratio = entity.real(40, 1), up = entity.real(230, 1) < 0 ? -1 : 1;
    const cad::Matrix place{major.x, major.y, -major.y * ratio * up, major.x * ratio * up, center.x, center.y};
    const double start = entity.real(41), end = entity.real(42, 2 * cad::pi);
    double sweep = std::fmod(end - start, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    Path path;
    cad::add_arc(path, scene.place * place, start, sweep);
    return stroke(std::move(path), scene);
}

Result<> Painter::spline(const Entity& entity, const Scene& scene) {
    cad::Spline spline;
    spline.degree = static_cast<unsigned>(std::clamp<std::int64_t>(entity.whole(71, 3), 0, 100));
    std::vector<Point> fits;
    for (Cursor at(entity.groups()); !at.at_end();) {
        if (at.is(100) && at.front().text == "AcDbHelix") break; // what follows describes the same curve
        if (at.is(40))
            spline.knots.push_back(at.real(40));
        else if (at.is(41))
            spline.weights.push_back(at.real(41));
        else if (at.is(10))
            spline.controls.push_back(at.point(10));
        else if (at.is(11))
            fits.push_back(at.point(11));
        else
            at.skip();
    }
    Path path;
    if (!cad::add_spline(path, spline)) {
        if (fits.size() < 2) fits = spline.controls;
        cad::add_through(path, fits);
    }
    return stroke(path.moved(scene.place), scene);
}

// The third and the fourth corner stand in the order of a triangle strip.
Result<> Painter::solid(const Entity& entity, const Scene& scene) {
    const Point third = entity.has(12) ? entity.point(12) : entity.point(11);
    const Point fourth = entity.has(13) ? entity.point(13) : third;
    Path path;
    path.polygon({entity.point(10), entity.point(11), fourth, third}, true);
    return m_sheet.fill(path.moved(scene.place * entity.plane()), scene.stroke.color);
}

Result<> Painter::face(const Entity& entity, const Scene& scene) {
    const std::array corners{entity.point(10), entity.point(11), entity.point(12),
                             entity.has(13) ? entity.point(13) : entity.point(12)};
    Path path;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        if ((entity.whole(70) >> i & 1) != 0) continue; // an edge that does not show
        path.polygon({corners[i], corners[(i + 1) % corners.size()]}, false);
    }
    return stroke(path.moved(scene.place), scene);
}

Result<> Painter::leader(const Entity& entity, const Scene& scene) {
    std::vector<Point> points;
    for (Cursor at(entity.groups()); at.skip_to(10);) points.push_back(at.point(10));
    Path path;
    path.polygon(points, false);
    TRY(stroke(path.moved(scene.place), scene));
    if (points.size() < 2 || entity.whole(71, 1) == 0) return {};
    const Point back = points[1] - points[0];
    const double size = m_drawing.variable("$DIMASZ", 40, 2.5) * m_drawing.variable("$DIMSCALE", 40, 1);
    if (!(length(back) > 0) || !(size > 0)) return {};
    const Point unit = 1 / length(back) * back, aside{-unit.y / 6, unit.x / 6};
    Path head;
    head.polygon({points[0], points[0] + size * (unit + aside), points[0] + size * (unit - aside)}, true);
    return m_sheet.fill(head.moved(scene.place), scene.stroke.color);
}

// MLINE: each corner has the direction (13) in which its lines lie, and how far each does (the first 41 after a 74).
Result<> Painter::many_lines(const Entity& entity, const Scene& scene) {
    std::array<std::vector<Point>, most_parts> parts;
    Cursor at(entity.groups());
    while (at.skip_to(11)) {
        const Point corner = at.point(11);
        if (!at.skip_to(13)) break;
        const Point across = at.point(13);
        for (std::size_t i = 0; at.is(74); ++i) {
            const std::int64_t count = at.whole(74);
            const double offset = at.real(41);
            for (std::int64_t more = 1; more < count && at.is(41); ++more) at.skip();
            for (std::int64_t fills = at.whole(75); fills > 0 && at.is(42); --fills) at.skip();
            if (count > 0 && i < most_parts) parts[i].push_back(corner + offset * across);
        }
    }
    const bool closed = (entity.whole(71) & 2) != 0;
    Path path;
    for (const auto& part : parts) path.polygon(part, closed);
    return stroke(path.moved(scene.place), scene);
}

} // namespace sekisho::dxf
