#include <algorithm>

#include "sanitizer/formats/dxf_draw/painter.h"

namespace sekisho::dxf {

namespace {

using cad::Path;
using cad::Point;

constexpr std::int64_t polyline_flag = 2;
constexpr std::int64_t most_lines = 64; // of a pattern

double turn_of(double start, double end, bool counterclockwise) {
    double sweep = std::fmod(end - start, 2 * cad::pi);
    if (sweep <= 0) sweep += 2 * cad::pi;
    return counterclockwise ? sweep : -sweep;
}

// The outlines of a hatch (DXF Reference, "Boundary Path Data").
class Outlines {
public:
    explicit Outlines(Cursor& at) : m_at(at) {}

    Path read() {
        for (std::int64_t count = m_at.whole(91); count > 0 && m_at.skip_to(92); --count) {
            m_outline = {};
            const bool polyline = (m_at.whole(92) & polyline_flag) != 0;
            polyline ? corners() : edges();
            if (!m_outline.is_empty()) m_outline.close();
            m_path.add(m_outline);
        }
        return std::move(m_path);
    }

private:
    void corners() {
        m_at.whole(72);
        m_at.whole(73);
        double bulge = 0;
        Point first;
        bool any = false;
        for (std::int64_t count = m_at.whole(93); count > 0 && m_at.is(10); --count) {
            const Point corner = m_at.point(10);
            if (any)
                cad::add_bulge(m_outline, corner, bulge);
            else
                m_outline.move(first = corner);
            any = true;
            bulge = m_at.real(42);
        }
        if (any && bulge != 0) cad::add_bulge(m_outline, first, bulge);
    }

    void edges() {
        for (std::int64_t count = m_at.whole(93); count > 0 && m_at.is(72); --count) {
            switch (m_at.whole(72)) {
            case 1: {
                m_outline.go(m_at.point(10));
                m_outline.line(m_at.point(11));
                break;
            }
            case 2: {
                const Point center = m_at.point(10);
                const double radius = m_at.real(40);
                arc(cad::circle(center, radius));
                break;
            }
            case 3: {
                const Point center = m_at.point(10), major = m_at.point(11);
                const double ratio = m_at.real(40);
                arc({major.x, major.y, -major.y * ratio, major.x * ratio, center.x, center.y});
                break;
            }
            case 4:
                spline();
                break;
            default:
                return;
            }
        }
    }

    // Degrees. Clockwise ones count their angles clockwise, too.
    void arc(const cad::Matrix& place) {
        double start = cad::radians(m_at.real(50)), end = cad::radians(m_at.real(51));
        const bool counterclockwise = m_at.whole(73, 1) != 0;
        const double sweep = turn_of(start, end, true);
        cad::add_arc(m_outline, place, counterclockwise ? start : -start, counterclockwise ? sweep : -sweep, true);
    }

    void spline() {
        cad::Spline spline;
        spline.degree = static_cast<unsigned>(std::clamp<std::int64_t>(m_at.whole(94), 0, 100));
        for (const int code : {73, 74, 95, 96}) m_at.whole(code);
        while (m_at.is(40)) spline.knots.push_back(m_at.real(40));
        while (m_at.is(10)) {
            spline.controls.push_back(m_at.point(10));
            if (m_at.is(42)) spline.weights.push_back(m_at.real(42));
        }
        if (cad::add_spline(m_outline, spline, true)) return;
        for (const Point& point : spline.controls) m_outline.go(point);
    }

    Cursor& m_at;
    Path m_path, m_outline;
};

struct Pattern {
    double angle;
    Point start, step;
    std::vector<double> dashes;
};

std::vector<Pattern> patterns_of(Cursor& at) {
    std::vector<Pattern> made;
    if (!at.skip_to(78)) return made;
    for (std::int64_t count = std::min(at.whole(78), most_lines); count > 0 && at.is(53); --count) {
        Pattern one{cad::radians(at.real(53)), {}, {}, {}};
        one.start = {at.real(43), at.real(44)};
        one.step = {at.real(45), at.real(46)};
        for (std::int64_t dashes = at.whole(79); dashes > 0 && at.is(49); --dashes)
            one.dashes.push_back(std::fabs(at.real(49)));
        if (one.dashes.size() % 2 == 1) one.dashes.push_back(0);
        made.push_back(std::move(one));
    }
    return made;
}

} // namespace

Result<> Painter::hatch(const Entity& entity, const Scene& scene) {
    Cursor at(entity.groups());
    if (!at.skip_to(91)) return {};
    const cad::Matrix place = scene.place * entity.plane();
    const Path outline = Outlines(at).read().moved(place);
    if (outline.is_empty()) return {};
    if (entity.whole(70) == 1) return m_sheet.fill(outline, scene.stroke.color);
    const std::vector<Pattern> patterns = patterns_of(at);
    cad::Box box;
    for (const Point& point : outline.points) box.add(point);
    TRY(m_sheet.begin_clip(outline));
    for (const Pattern& pattern : patterns) {
        const Point along = place.direction({std::cos(pattern.angle), std::sin(pattern.angle)});
        const Point step = place.direction(pattern.step);
        const double size = length(along);
        // From one line to the next, across them.
        const double spacing = size > 0 ? (along.x * step.y - along.y * step.x) / size : 0;
        cad::Stroke look = scene.stroke;
        look.dashes = pattern.dashes;
        for (double& dash : look.dashes) dash *= size;
        Path path;
        if (spacing != 0 && cad::hatch_lines(path, box, place.of(pattern.start), spacing, std::atan2(along.y, along.x)))
            TRY(m_sheet.line(std::move(path), look));
        else
            m_sheet.lacks = true;
    }
    m_sheet.end_clip();
    if (patterns.empty()) return stroke(outline, scene);
    return {};
}

} // namespace sekisho::dxf
