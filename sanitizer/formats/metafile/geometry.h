// Points, matrices and paths. Logical coordinates become pixels here; Cairo only ever sees bounded pixels.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace sekisho::metafile {

struct Point {
    double x = 0;
    double y = 0;
};

struct Rect {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    double width() const { return right - left; }
    double height() const { return bottom - top; }
    Point centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
    std::array<Point, 4> corners() const { return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}}; }
};

// x' = xx x + xy y + x0, y' = yx x + yy y + y0
struct Matrix {
    double xx = 1, yx = 0, xy = 0, yy = 1, x0 = 0, y0 = 0;

    Point operator()(Point p) const { return {xx * p.x + xy * p.y + x0, yx * p.x + yy * p.y + y0}; }
    Point direction(Point p) const { return {xx * p.x + xy * p.y, yx * p.x + yy * p.y}; }
    Matrix then(const Matrix& next) const;
    double determinant() const { return xx * yy - xy * yx; }
    double scale() const; // of a length, on the average
    bool axis_aligned() const { return xy == 0 && yx == 0; }
    static Matrix scaling(double x, double y) { return {x, 0, 0, y, 0, 0}; }
    static Matrix shift(double x, double y) { return {1, 0, 0, 1, x, y}; }
};

class Path {
public:
    enum class Step : std::uint8_t { move, line, curve, close };

    void move(Point point);
    void line(Point point); // begins a figure if there is none
    void curve(Point first, Point second, Point end);
    void close();
    void append(const Path& other);
    void clear();
    void transform(const Matrix& matrix);
    bool empty() const { return m_steps.empty(); }
    std::size_t size() const { return m_points.size(); }
    double length() const; // of the polygon through its points, roughly that of the line
    const std::vector<Step>& steps() const { return m_steps; }
    const std::vector<Point>& points() const { return m_points; }

    void polygon(const std::vector<Point>& corners);
    void rectangle(const Rect& box);
    // Part of the ellipse within `box`: angles in radians, from the x axis towards the y axis. Joined by a line if
    // `joined`.
    void arc(const Rect& box, double start, double sweep, bool joined);

private:
    void add(Step step, Point point);

    std::vector<Step> m_steps;
    std::vector<Point> m_points;
};

} // namespace sekisho::metafile
