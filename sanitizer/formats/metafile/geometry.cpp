#include "sanitizer/formats/metafile/geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sekisho::metafile {

Matrix Matrix::then(const Matrix& next) const {
    Matrix result;
    result.xx = next.xx * xx + next.xy * yx;
    result.yx = next.yx * xx + next.yy * yx;
    result.xy = next.xx * xy + next.xy * yy;
    result.yy = next.yx * xy + next.yy * yy;
    const Point origin = next({x0, y0});
    result.x0 = origin.x;
    result.y0 = origin.y;
    return result;
}

double Matrix::scale() const {
    return std::sqrt(std::abs(determinant()));
}

void Path::add(Step step, Point point) {
    m_steps.push_back(step);
    m_points.push_back(point);
}

void Path::move(Point point) {
    add(Step::move, point);
}

void Path::line(Point point) {
    add(m_steps.empty() ? Step::move : Step::line, point);
}

void Path::curve(Point first, Point second, Point end) {
    if (m_steps.empty()) move(first);
    add(Step::curve, first);
    m_points.push_back(second);
    m_points.push_back(end);
}

void Path::close() {
    if (!m_steps.empty() && m_steps.back() != Step::close) m_steps.push_back(Step::close);
}

void Path::append(const Path& other) {
    m_steps.insert(m_steps.end(), other.m_steps.begin(), other.m_steps.end());
    m_points.insert(m_points.end(), other.m_points.begin(), other.m_points.end());
}

void Path::clear() {
    m_steps.clear();
    m_points.clear();
}

void Path::transform(const Matrix& matrix) {
    for (Point& point : m_points) point = matrix(point);
}

double Path::length() const {
    double sum = 0;
    for (std::size_t i = 1; i < m_points.size(); ++i)
        sum += std::hypot(m_points[i].x - m_points[i - 1].x, m_points[i].y - m_points[i - 1].y);
    return sum;
}

void Path::polygon(const std::vector<Point>& corners) {
    if (corners.empty()) return;
    move(corners.front());
    for (std::size_t i = 1; i < corners.size(); ++i) line(corners[i]);
    close();
}

void Path::rectangle(const Rect& box) {
    const auto corners = box.corners();
    polygon({corners.begin(), corners.end()});
}

void Path::arc(const Rect& box, double start, double sweep, bool joined) {
    const double x = box.width() / 2;
    const double y = box.height() / 2;
    const Point centre = box.centre();
    const auto at = [&](double angle) { return Point{centre.x + x * std::cos(angle), centre.y + y * std::sin(angle)}; };
    const int pieces = std::clamp(static_cast<int>(std::ceil(std::abs(sweep) / (std::numbers::pi / 2))), 1, 4);
    const double step = sweep / pieces;
    const double reach = 4.0 / 3.0 * std::tan(step / 4); // of the control points of a quarter
    if (joined && !empty())
        line(at(start));
    else
        move(at(start));
    for (int i = 0; i < pieces; ++i) {
        const double from = start + i * step;
        const double to = from + step;
        const Point begin = at(from);
        const Point end = at(to);
        curve({begin.x - reach * x * std::sin(from), begin.y + reach * y * std::cos(from)},
              {end.x + reach * x * std::sin(to), end.y - reach * y * std::cos(to)}, end);
    }
}

} // namespace sekisho::metafile
