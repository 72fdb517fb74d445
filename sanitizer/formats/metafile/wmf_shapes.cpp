// Lines and areas.
#include "sanitizer/formats/metafile/wmf_play.h"

namespace sekisho::metafile {

namespace {

Point read_reversed(Fields& fields) {
    const double y = fields.i16();
    return {static_cast<double>(fields.i16()), y};
}

Rect read_box(Fields& fields) {
    const Point second = read_reversed(fields);
    const Point first = read_reversed(fields);
    return {first.x, first.y, second.x, second.y};
}

Result<> damaged_unless(bool good) {
    if (!good) return refuse(Reason::input_damaged);
    return {};
}

Result<> polygon(Wmf& wmf, Fields& fields, bool closed) {
    const std::uint16_t count = fields.u16();
    TRY(damaged_unless(count <= fields.remaining() / 4));
    Path path;
    for (unsigned i = 0; i < count; ++i) path.line(fields.point16());
    if (closed) path.close();
    return wmf.gdi.draw(std::move(path), closed, true);
}

Result<> polygons(Wmf& wmf, Fields& fields) {
    const std::uint16_t figures = fields.u16();
    TRY(damaged_unless(figures <= fields.remaining() / 2));
    std::vector<std::uint16_t> counts(figures);
    for (std::uint16_t& count : counts) count = fields.u16();
    Path path;
    for (const std::uint16_t count : counts) {
        TRY(damaged_unless(count <= fields.remaining() / 4));
        for (unsigned i = 0; i < count; ++i) {
            const Point point = fields.point16();
            i == 0 ? path.move(point) : path.line(point);
        }
        if (count != 0) path.close();
    }
    return wmf.gdi.draw(std::move(path), true, true);
}

Result<> arc(Wmf& wmf, Fields& fields, ArcKind kind) {
    const Point end = read_reversed(fields);
    const Point start = read_reversed(fields);
    const Rect box = read_box(fields);
    TRY(damaged_unless(fields.good()));
    return wmf.gdi.arc(box, start, end, kind);
}

Result<> box(Wmf& wmf, Fields& fields, std::uint16_t function) {
    const Point corner = function == 0x061C ? read_reversed(fields) : Point{};
    const Rect box = read_box(fields);
    TRY(damaged_unless(fields.good()));
    return wmf.gdi.box(box, function == 0x0418 ? Point{box.width(), box.height()} : corner);
}

Result<> line(Wmf& wmf, Fields& fields, bool visible) {
    const Point point = read_reversed(fields);
    TRY(damaged_unless(fields.good()));
    if (visible) return wmf.gdi.line_to(point);
    wmf.gdi.move_to(point);
    return {};
}

Result<> pixel(Wmf& wmf, Fields& fields) {
    const Colour colour = read_colour(fields);
    const Point point = read_reversed(fields);
    TRY(damaged_unless(fields.good()));
    return wmf.gdi.pixel(point, colour);
}

} // namespace

Result<> play_wmf_shape(Wmf& wmf, std::uint16_t function, Fields& fields) {
    switch (function) {
    case 0x0213:
        return line(wmf, fields, true);
    case 0x0214:
        return line(wmf, fields, false);
    case 0x0324:
        return polygon(wmf, fields, true);
    case 0x0325:
        return polygon(wmf, fields, false);
    case 0x0538:
        return polygons(wmf, fields);
    case 0x0418:
    case 0x041B:
    case 0x061C:
        return box(wmf, fields, function);
    case 0x041F:
        return pixel(wmf, fields);
    case 0x0817:
        return arc(wmf, fields, ArcKind::open);
    case 0x081A:
        return arc(wmf, fields, ArcKind::pie);
    case 0x0830:
        return arc(wmf, fields, ArcKind::chord);
    default:
        return {};
    }
}

} // namespace sekisho::metafile
