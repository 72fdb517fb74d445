#include "sanitizer/formats/cad_sheet/path.h"

#include <algorithm>
#include <array>

namespace sekisho::cad {

namespace {

constexpr int points_of_a_span = 12;
constexpr unsigned highest_degree = 15;

Point on_circle(double angle) {
    return {std::cos(angle), std::sin(angle)};
}

void begin(Path& path, Point at, bool joined) {
    joined ? path.go(at) : path.move(at);
}

// De Boor's algorithm, in homogeneous coordinates.
struct Weighted {
    double x, y, w;
};

Point value_at(const Spline& spline, std::size_t span, double at) {
    std::array<Weighted, highest_degree + 1> d;
    const std::size_t p = spline.degree;
    for (std::size_t j = 0; j <= p; ++j) {
        const std::size_t i = span - p + j;
        const double weight = spline.weights.empty() ? 1 : spline.weights[i];
        d[j] = {spline.controls[i].x * weight, spline.controls[i].y * weight, weight};
    }
    for (std::size_t r = 1; r <= p; ++r)
        for (std::size_t j = p; j >= r; --j) {
            const std::size_t i = span - p + j;
            const double low = spline.knots[i], high = spline.knots[i + p + 1 - r];
            const double part = high > low ? (at - low) / (high - low) : 0;
            d[j].x += (part - 1) * (d[j].x - d[j - 1].x);
            d[j].y += (part - 1) * (d[j].y - d[j - 1].y);
            d[j].w += (part - 1) * (d[j].w - d[j - 1].w);
        }
    return {d[p].x / d[p].w, d[p].y / d[p].w};
}

bool fits_together(const Spline& spline) {
    const std::size_t count = spline.controls.size();
    if (spline.degree < 1 || spline.degree > highest_degree || count <= spline.degree) return false;
    if (spline.knots.size() != count + spline.degree + 1 || !std::ranges::is_sorted(spline.knots)) return false;
    return spline.weights.empty() ||
           (spline.weights.size() == count && std::ranges::all_of(spline.weights, [](double w) { return w > 0; }));
}

} // namespace

void Path::move(Point to) {
    steps.push_back(Step::move);
    points.push_back(to);
}

void Path::line(Point to) {
    steps.push_back(Step::line);
    points.push_back(to);
}

void Path::curve(Point first, Point second, Point to) {
    steps.push_back(Step::curve);
    points.insert(points.end(), {first, second, to});
}

void Path::close() {
    steps.push_back(Step::close);
}

void Path::polygon(std::span<const Point> corners, bool closed) {
    if (corners.empty()) return;
    move(corners[0]);
    for (const Point& corner : corners.subspan(1)) line(corner);
    if (closed) close();
}

void Path::add(const Path& other) {
    steps.insert(steps.end(), other.steps.begin(), other.steps.end());
    points.insert(points.end(), other.points.begin(), other.points.end());
}

Path Path::moved(const Matrix& by) const {
    Path made = *this;
    for (Point& point : made.points) point = by.of(point);
    return made;
}

void Path::join(const Path& piece) {
    if (is_empty() || piece.points.empty()) return add(piece);
    const Point pen = points.back();
    Path next = piece;
    if (length(piece.points.back() - pen) < length(piece.points.front() - pen)) {
        std::ranges::reverse(next.points);
        std::reverse(next.steps.begin() + 1, next.steps.end());
    }
    next.steps.front() = Step::line; // to where it begins
    std::erase(next.steps, Step::close);
    add(next);
}

void add_arc(Path& path, const Matrix& place, double start, double sweep, bool joined) {
    const bool whole = std::fabs(sweep) >= 2 * pi - 1e-9;
    if (!std::isfinite(start) || !std::isfinite(sweep)) return;
    sweep = std::clamp(sweep, -2 * pi, 2 * pi);
    begin(path, place.of(on_circle(start)), joined);
    // The usual approximation, off by less than 0.03 % of the radius.
    const int parts = std::max(1, static_cast<int>(std::ceil(std::fabs(sweep) / (pi / 2) - 1e-9)));
    const double part = sweep / parts, reach = 4.0 / 3.0 * std::tan(part / 4);
    for (int i = 0; i < parts; ++i) {
        const Point from = on_circle(start + i * part), to = on_circle(start + (i + 1) * part);
        path.curve(place.of(from + reach * Point{-from.y, from.x}), place.of(to - reach * Point{-to.y, to.x}),
                   place.of(to));
    }
    if (whole && !joined) path.close();
}

void add_bulge(Path& path, Point to, double bulge) {
    if (path.points.empty()) return path.move(to);
    const Point from = path.points.back(), half = 0.5 * (to - from);
    if (std::fabs(bulge) < 1e-9 || length(half) == 0 || !std::isfinite(bulge)) return path.line(to);
    // The middle of the circle lies on the perpendicular of the chord.
    const double away = (1 - bulge * bulge) / (2 * bulge);
    const Point center = from + half + away * Point{-half.y, half.x};
    const Point first = from - center;
    add_arc(path, circle(center, length(first)), std::atan2(first.y, first.x), 4 * std::atan(bulge), true);
}

bool add_spline(Path& path, const Spline& spline, bool joined) {
    if (!fits_together(spline)) return false;
    bool first = true;
    for (std::size_t span = spline.degree; span < spline.controls.size(); ++span) {
        const double low = spline.knots[span], high = spline.knots[span + 1];
        if (!(high > low)) continue;
        if (first) begin(path, value_at(spline, span, low), joined);
        first = false;
        const int steps = spline.degree == 1 ? 1 : points_of_a_span;
        for (int i = 1; i <= steps; ++i) path.line(value_at(spline, span, low + (high - low) * i / steps));
    }
    return !first;
}

void add_through(Path& path, std::span<const Point> points) {
    if (points.empty()) return;
    path.move(points[0]);
    const std::size_t last = points.size() - 1;
    for (std::size_t i = 0; i < last; ++i) { // Catmull and Rom
        const Point before = points[i == 0 ? 0 : i - 1], after = points[std::min(i + 2, last)];
        path.curve(points[i] + 1.0 / 6 * (points[i + 1] - before), points[i + 1] - 1.0 / 6 * (after - points[i]),
                   points[i + 1]);
    }
}

void add_clothoid(Path& path, const Matrix& place, double parameter, double from, double to) {
    constexpr int steps = 256;
    const double most = std::max(std::fabs(from), std::fabs(to));
    // More than ten turns are no road.
    if (parameter == 0 || !(most * most / (2 * parameter * parameter) < 20 * pi)) return;
    // The angle at a length is length² / (2 parameter²) (Simpson's rule for where that leads).
    const auto along = [&](double s) {
        const double angle = std::copysign(s * s / (2 * parameter * parameter), parameter);
        return Point{std::cos(angle), std::sin(angle)};
    };
    Point at;
    const auto go = [&](double a, double b) { at = at + (b - a) / 6 * (along(a) + 4 * along((a + b) / 2) + along(b)); };
    for (int i = 0; i < steps; ++i) go(from * i / steps, from * (i + 1) / steps);
    path.move(place.of(at));
    for (int i = 0; i < steps; ++i) {
        go(from + (to - from) * i / steps, from + (to - from) * (i + 1) / steps);
        path.line(place.of(at));
    }
}

} // namespace sekisho::cad
