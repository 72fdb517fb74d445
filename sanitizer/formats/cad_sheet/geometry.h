// Points of a plane, y upwards, and what moves them.
#pragma once

#include <cmath>

namespace sekisho::cad {

struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};
inline Point operator+(Point p, Point q) {
    return {p.x + q.x, p.y + q.y};
}
inline Point operator-(Point p, Point q) {
    return {p.x - q.x, p.y - q.y};
}
inline Point operator*(double times, Point p) {
    return {times * p.x, times * p.y};
}
inline double length(Point p) {
    return std::hypot(p.x, p.y);
}
inline bool is_finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

// (x, y) becomes (a x + c y + e, b x + d y + f).
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    Point of(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
    Point direction(Point p) const { return {a * p.x + c * p.y, b * p.x + d * p.y}; }
    double determinant() const { return a * d - b * c; }
    // How much longer things become, both directions together.
    double scale() const { return std::sqrt(std::fabs(determinant())); }
};
// What is right of it comes first.
inline Matrix operator*(const Matrix& second, const Matrix& first) {
    const Point x = second.direction({first.a, first.b}), y = second.direction({first.c, first.d}),
                origin = second.of({first.e, first.f});
    return {x.x, x.y, y.x, y.y, origin.x, origin.y};
}
inline Matrix shift(Point by) {
    return {1, 0, 0, 1, by.x, by.y};
}
inline Matrix turn(double radians) {
    const double cosine = std::cos(radians), sine = std::sin(radians);
    return {cosine, sine, -sine, cosine, 0, 0};
}
inline Matrix stretch(double x, double y) {
    return {x, 0, 0, y, 0, 0};
}

inline constexpr double pi = 3.14159265358979323846;
inline double radians(double degrees) {
    return degrees * pi / 180;
}

struct Box {
    Point low{HUGE_VAL, HUGE_VAL}, high{-HUGE_VAL, -HUGE_VAL};

    void add(Point p) {
        low = {std::fmin(low.x, p.x), std::fmin(low.y, p.y)};
        high = {std::fmax(high.x, p.x), std::fmax(high.y, p.y)};
    }
    bool is_empty() const { return low.x > high.x; }
    double width() const { return high.x - low.x; }
    double height() const { return high.y - low.y; }
    bool touches(const Box& other) const {
        return low.x <= other.high.x && other.low.x <= high.x && low.y <= other.high.y && other.low.y <= high.y;
    }
    bool holds(const Box& other) const {
        return low.x <= other.low.x && low.y <= other.low.y && other.high.x <= high.x && other.high.y <= high.y;
    }
};

} // namespace sekisho::cad
