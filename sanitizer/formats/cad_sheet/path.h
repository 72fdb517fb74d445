// Lines and curves, as a pen draws them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "sanitizer/formats/cad_sheet/geometry.h"

namespace sekisho::cad {

enum class Step : std::uint8_t { move, line, curve, close }; // take one point, one, three, none

struct Path {
    std::vector<Step> steps;
    std::vector<Point> points;

    bool is_empty() const { return steps.empty(); }
    void move(Point to);
    void line(Point to);
    void curve(Point first, Point second, Point to); // a cubic Bézier curve
    void close();
    void go(Point to) { is_empty() ? move(to) : line(to); }
    void polygon(std::span<const Point> corners, bool closed);
    void polygon(std::initializer_list<Point> corners, bool closed) {
        polygon(std::span(corners.begin(), corners.size()), closed);
    }
    void add(const Path& other);
    Path moved(const Matrix& by) const;
    // Goes on along a path of one piece, from the end of it that is nearer.
    void join(const Path& piece);
};

// Of the circle with radius 1 around (0, 0), moved by `place`; radians, at most one turn. With `joined`, a line leads
// from where the pen is to its start.
void add_arc(Path& path, const Matrix& place, double start, double sweep, bool joined = false);
inline Matrix circle(Point center, double radius) {
    return shift(center) * stretch(radius, radius);
}
// From where the pen is, an arc with that tangent of a quarter of its angle (DXF, "bulge"); 0: a line.
void add_bulge(Path& path, Point to, double bulge);

// A B-spline (ISO 10303-42, 4.5.23); weights may be none.
struct Spline {
    unsigned degree = 3;
    std::vector<double> knots, weights;
    std::vector<Point> controls;
};
// False, and nothing drawn, for one whose numbers do not fit together.
bool add_spline(Path& path, const Spline& spline, bool joined = false);
// Through the points, smoothly.
void add_through(Path& path, std::span<const Point> points);

// From (0, 0) along x, with curvature length / parameter² (negative: to the right), between two lengths from there.
void add_clothoid(Path& path, const Matrix& place, double parameter, double from, double to);

} // namespace sekisho::cad
