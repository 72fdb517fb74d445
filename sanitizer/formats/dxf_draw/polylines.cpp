#include <algorithm>

#include "sanitizer/formats/dxf_draw/painter.h"

namespace sekisho::dxf {

namespace {

using cad::Path;
using cad::Point;

// Of the polyline (DXF Reference, POLYLINE, 70).
constexpr std::int64_t closed_flag = 1, mesh_flag = 16, closed_across_flag = 32, faces_flag = 64, three_flag = 8;
// Of a vertex (VERTEX, 70).
constexpr std::int64_t frame_flag = 16, corner_flag = 64, face_flag = 128;

} // namespace

Result<> Painter::light_polyline(const Entity& entity, const Scene& scene) {
    std::vector<Vertex> vertices;
    const double width = entity.real(43);
    for (Cursor at(entity.groups()); !at.at_end();) {
        if (at.is(10)) {
            vertices.push_back({at.point(10), 0, width, width});
        } else if (vertices.empty()) {
            at.skip();
        } else if (at.is(40)) {
            vertices.back().from = at.real(40);
        } else if (at.is(41)) {
            vertices.back().to = at.real(41);
        } else if (at.is(42)) {
            vertices.back().bulge = at.real(42);
        } else {
            at.skip();
        }
    }
    const bool closed = (entity.whole(70) & closed_flag) != 0;
    return draw_vertices(vertices, closed, scene.place * entity.plane(), scene);
}

// Runs of one width are one line; what grows narrower or wider is an area.
Result<> Painter::draw_vertices(std::span<const Vertex> vertices, bool closed, const cad::Matrix& place,
                                const Scene& scene) {
    if (vertices.empty()) return {};
    const std::size_t segments = vertices.size() - (closed ? 0 : 1);
    const bool even = std::ranges::all_of(
        vertices, [&](const Vertex& v) { return v.from == vertices[0].from && v.to == vertices[0].from; });
    cad::Stroke look = scene.stroke;
    Path path;
    for (std::size_t i = 0; i < segments; ++i) {
        const Vertex &from = vertices[i], &to = vertices[(i + 1) % vertices.size()];
        const double breadth = std::fabs(std::max(from.from, from.to)) * place.scale();
        if (!even && from.from != from.to) {
            const Point along = to.at - from.at;
            const double half = length(along) > 0 ? 0.5 / length(along) : 0;
            const Point aside{-along.y * half, along.x * half};
            Path area;
            area.polygon({from.at + from.from * aside, to.at + from.to * aside, to.at - from.to * aside,
                          from.at - from.from * aside},
                         true);
            TRY(m_sheet.fill(area.moved(place), look.color));
            continue;
        }
        if (!path.is_empty() && (path.points.back() != from.at || look.breadth != breadth)) {
            TRY(m_sheet.line(path.moved(place), look));
            path = {};
        }
        look.breadth = breadth;
        if (path.is_empty()) path.move(from.at);
        cad::add_bulge(path, to.at, from.bulge);
    }
    if (segments == 0) path.polygon({vertices[0].at, vertices[0].at}, false);
    if (closed && even) path.close();
    return m_sheet.line(path.moved(place), look);
}

Result<> Painter::polyline(const Entity& entity, std::span<const Stored> stored, const Scene& scene) {
    const std::int64_t flags = entity.whole(70);
    std::vector<Vertex> vertices;
    std::vector<Point> points;
    Path faces;
    for (const Stored& one : stored) {
        Entity vertex;
        TRY(vertex.read(one));
        const std::int64_t kind = vertex.whole(70);
        if ((kind & frame_flag) != 0) continue;
        if ((flags & faces_flag) != 0 && (kind & face_flag) != 0 && (kind & corner_flag) == 0) {
            std::vector<std::int64_t> corners; // a negative one: the edge from it does not show
            for (const int code : {71, 72, 73, 74})
                if (const std::int64_t corner = std::clamp<std::int64_t>(vertex.whole(code), -99999, 99999);
                    corner != 0)
                    corners.push_back(corner);
            for (std::size_t i = 0; i < corners.size(); ++i) {
                const auto from = static_cast<std::size_t>(std::abs(corners[i])),
                           to = static_cast<std::size_t>(std::abs(corners[(i + 1) % corners.size()]));
                if (corners[i] > 0 && from <= points.size() && to <= points.size())
                    faces.polygon({points[from - 1], points[to - 1]}, false);
            }
            continue;
        }
        points.push_back(vertex.point(10));
        vertices.push_back(
            {vertex.point(10), vertex.real(42), vertex.real(40, entity.real(40)), vertex.real(41, entity.real(41))});
    }
    if ((flags & faces_flag) != 0) return stroke(faces.moved(scene.place), scene);
    if ((flags & mesh_flag) != 0) return mesh(entity, points, scene);
    const bool flat = (flags & three_flag) == 0;
    return draw_vertices(vertices, (flags & closed_flag) != 0, flat ? scene.place * entity.plane() : scene.place,
                         scene);
}

Result<> Painter::mesh(const Entity& entity, std::span<const Point> points, const Scene& scene) {
    const auto count = [&](int code) {
        return static_cast<std::size_t>(std::clamp<std::int64_t>(entity.whole(code), 0, 32767));
    };
    const std::size_t rows = count(71), columns = count(72);
    if (rows * columns == 0 || rows * columns > points.size()) {
        m_sheet.lacks = true;
        return {};
    }
    const std::int64_t flags = entity.whole(70);
    Path path;
    for (std::size_t row = 0; row < rows; ++row)
        path.polygon(points.subspan(row * columns, columns), (flags & closed_across_flag) != 0);
    for (std::size_t column = 0; column < columns; ++column) {
        std::vector<Point> line;
        for (std::size_t row = 0; row < rows; ++row) line.push_back(points[row * columns + column]);
        path.polygon(line, (flags & closed_flag) != 0);
    }
    return stroke(path.moved(scene.place), scene);
}

} // namespace sekisho::dxf
