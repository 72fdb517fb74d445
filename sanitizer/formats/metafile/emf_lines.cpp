// Lines, curves and areas.
#include <algorithm>

#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

namespace {

using Points = std::vector<Point>;

// Records from 85 on have the same meaning as those from 2 on, with 16-bit coordinates.
bool is_short(std::uint32_t type) {
    return type >= 85;
}

// Never more than the record holds: the count is checked before anything is kept.
Result<Points> read_points(Fields& fields, std::uint32_t count, bool small) {
    if (count > fields.remaining() / (small ? 4 : 8)) return refuse(Reason::input_damaged);
    Points points(count);
    for (Point& point : points) point = small ? fields.point16() : fields.point32();
    return points;
}

Result<Points> read_bounded(Fields& fields, std::uint32_t type) {
    fields.skip(16); // bounds
    return read_points(fields, fields.u32(), is_short(type));
}

void add_curves(Path& path, const Points& points, std::size_t first) {
    for (std::size_t i = first; i + 2 < points.size(); i += 3) path.curve(points[i], points[i + 1], points[i + 2]);
}

Result<> bezier(Emf& emf, std::uint32_t type, Fields& fields) {
    const Points points = TRY(read_bounded(fields, type));
    if (points.empty()) return {};
    Path path;
    path.move(points.front());
    add_curves(path, points, 1);
    return emf.gdi.draw(std::move(path), false, true);
}

Result<> polygon(Emf& emf, std::uint32_t type, Fields& fields) {
    Path path;
    path.polygon(TRY(read_bounded(fields, type)));
    return emf.gdi.draw(std::move(path), true, true);
}

Result<> polyline(Emf& emf, std::uint32_t type, Fields& fields) {
    Path path;
    for (const Point& point : TRY(read_bounded(fields, type))) path.line(point);
    return emf.gdi.draw(std::move(path), false, true);
}

// In a path bracket the figure goes on, else it begins at the current position: both ways a line leads there.
Result<> polyline_to(Emf& emf, std::uint32_t type, Fields& fields) {
    return emf.gdi.lines_to(TRY(read_bounded(fields, type)));
}

Result<> bezier_to(Emf& emf, std::uint32_t type, Fields& fields) {
    const Points points = TRY(read_bounded(fields, type));
    if (points.size() < 3) return {};
    return emf.gdi.curves_to(points);
}

Result<> many(Emf& emf, std::uint32_t type, Fields& fields) {
    fields.skip(16);
    const std::uint32_t figures = fields.u32();
    const std::uint32_t total = fields.u32();
    if (figures > fields.remaining() / 4) return refuse(Reason::input_damaged);
    std::vector<std::uint32_t> counts(figures);
    for (std::uint32_t& count : counts) count = fields.u32();
    const Points points = TRY(read_points(fields, total, is_short(type)));
    const bool closed = type == 8 || type == 91;
    Path path;
    std::size_t next = 0;
    for (const std::uint32_t count : counts) {
        if (count > points.size() - next) return refuse(Reason::input_damaged);
        for (std::size_t i = 0; i < count; ++i) i == 0 ? path.move(points[next + i]) : path.line(points[next + i]);
        if (closed && count != 0) path.close();
        next += count;
    }
    return emf.gdi.draw(std::move(path), closed, true);
}

Result<> poly_draw(Emf& emf, std::uint32_t type, Fields& fields) {
    const Points points = TRY(read_bounded(fields, type));
    const View types = fields.bytes(points.size());
    TRY(all_read(fields));
    constexpr unsigned close = 1, line = 2, curve = 4, move = 6;
    Path path;
    path.move(emf.gdi.state().position);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const unsigned kind = types[i] & 6U;
        if (kind == move) path.move(points[i]);
        if (kind == line) path.line(points[i]);
        if (kind == curve) {
            if (i + 2 >= points.size()) return refuse(Reason::input_damaged);
            path.curve(points[i], points[i + 1], points[i + 2]);
            i += 2;
        }
        if ((types[i] & close) != 0) path.close();
    }
    if (!points.empty()) emf.gdi.state().position = points.back();
    return emf.gdi.draw(std::move(path), false, true);
}

Result<> line_to(Emf& emf, std::uint32_t, Fields& fields) {
    const Point point = fields.point32();
    TRY(all_read(fields));
    return emf.gdi.line_to(point);
}

Result<> box(Emf& emf, std::uint32_t type, Fields& fields) {
    const Rect rect = fields.rect32();
    const Point corner = type == 44 ? fields.point32() : Point{};
    TRY(all_read(fields));
    return emf.gdi.box(rect, type == 42 ? Point{rect.width(), rect.height()} : corner);
}

Result<> arc(Emf& emf, std::uint32_t type, Fields& fields) {
    const Rect rect = fields.rect32();
    const Point start = fields.point32();
    const Point end = fields.point32();
    TRY(all_read(fields));
    const ArcKind kind = type == 46   ? ArcKind::chord
                         : type == 47 ? ArcKind::pie
                         : type == 55 ? ArcKind::joined
                                      : ArcKind::open;
    return emf.gdi.arc(rect, start, end, kind);
}

Result<> angle_arc(Emf& emf, std::uint32_t, Fields& fields) {
    const Point centre = fields.point32();
    const double radius = fields.u32();
    const double start = fields.real();
    const double sweep = fields.real();
    TRY(all_read(fields));
    return emf.gdi.angle_arc(centre, radius, start, sweep);
}

Result<> pixel(Emf& emf, std::uint32_t, Fields& fields) {
    const Point point = fields.point32();
    const Colour colour = read_colour(fields);
    TRY(all_read(fields));
    return emf.gdi.pixel(point, colour);
}

constexpr EmfRow rows[] = {
    {2, bezier},     {3, polygon},      {4, polyline}, {5, bezier_to},  {6, polyline_to}, {7, many},     {8, many},
    {15, pixel},     {41, angle_arc},   {42, box},     {43, box},       {44, box},        {45, arc},     {46, arc},
    {47, arc},       {54, line_to},     {55, arc},     {56, poly_draw}, {85, bezier},     {86, polygon}, {87, polyline},
    {88, bezier_to}, {89, polyline_to}, {90, many},    {91, many},      {92, poly_draw},
};

} // namespace

std::span<const EmfRow> emf_line_rows() {
    return rows;
}

} // namespace sekisho::metafile
