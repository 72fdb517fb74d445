// Records that set something: mapping, modes, colours, clips, saved states.
#include <numbers>

#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

namespace {

Result<> set_point(Emf& emf, std::uint32_t type, Fields& fields) {
    const Point point = fields.point32();
    TRY(all_read(fields));
    State& state = emf.gdi.state();
    const bool flat = point.x == 0 || point.y == 0;
    if (type == 9 && !flat) state.window_extent = point;
    if (type == 10) state.window_origin = point;
    if (type == 11 && !flat) state.viewport_extent = point;
    if (type == 12) state.viewport_origin = point;
    if (type == 27) emf.gdi.move_to(point);
    return {};
}

// ScaleViewportExtEx (31) and ScaleWindowExtEx (32)
Result<> scale_extent(Emf& emf, std::uint32_t type, Fields& fields) {
    const double x = fields.i32(), x_by = fields.i32(), y = fields.i32(), y_by = fields.i32();
    TRY(all_read(fields));
    if (x == 0 || y == 0 || x_by == 0 || y_by == 0) return {};
    State& state = emf.gdi.state();
    Point& extent = type == 31 ? state.viewport_extent : state.window_extent;
    extent = {extent.x * x / x_by, extent.y * y / y_by};
    return {};
}

Result<> set_mode(Emf& emf, std::uint32_t type, Fields& fields) {
    const std::uint32_t value = fields.u32();
    TRY(all_read(fields));
    State& state = emf.gdi.state();
    if (type == 17) state.map_mode = value;
    if (type == 18) state.opaque = value == 2;
    if (type == 19) state.winding = value == 2;
    if (type == 20) state.rop2 = value;
    if (type == 22) state.text_align = value;
    if (type == 57) state.clockwise = value == 2;
    if (type == 58) state.miter_limit = value;
    return {};
}

Result<> set_colour(Emf& emf, std::uint32_t type, Fields& fields) {
    const Colour colour = read_colour(fields);
    TRY(all_read(fields));
    (type == 24 ? emf.gdi.state().text_colour : emf.gdi.state().background) = colour;
    return {};
}

Matrix read_matrix(Fields& fields) {
    Matrix matrix;
    matrix.xx = fields.real();
    matrix.yx = fields.real();
    matrix.xy = fields.real();
    matrix.yy = fields.real();
    matrix.x0 = fields.real();
    matrix.y0 = fields.real();
    return matrix;
}

Result<> set_world(Emf& emf, std::uint32_t, Fields& fields) {
    const Matrix matrix = read_matrix(fields);
    TRY(all_read(fields));
    emf.gdi.state().world = matrix;
    return {};
}

Result<> modify_world(Emf& emf, std::uint32_t, Fields& fields) {
    const Matrix matrix = read_matrix(fields);
    const std::uint32_t mode = fields.u32();
    TRY(all_read(fields));
    Matrix& world = emf.gdi.state().world;
    if (mode == 1) world = {};
    if (mode == 2) world = matrix.then(world);
    if (mode == 3) world = world.then(matrix);
    if (mode == 4) world = matrix;
    return {};
}

Result<> save(Emf& emf, std::uint32_t, Fields&) {
    emf.gdi.save();
    return {};
}

Result<> restore(Emf& emf, std::uint32_t, Fields& fields) {
    const std::int32_t number = fields.i32();
    TRY(all_read(fields));
    emf.gdi.restore(number);
    return {};
}

Result<> clip_box(Emf& emf, std::uint32_t type, Fields& fields) {
    const Rect box = fields.rect32();
    TRY(all_read(fields));
    emf.gdi.clip_rectangle(box, type == 29);
    return {};
}

Result<> path_bracket(Emf& emf, std::uint32_t type, Fields&) {
    if (type == 59) emf.gdi.begin_path();
    if (type == 60) emf.gdi.end_path();
    if (type == 61) emf.gdi.close_figure();
    if (type == 68) emf.gdi.abort_path();
    return {};
}

Result<> paint_path(Emf& emf, std::uint32_t type, Fields&) {
    return emf.gdi.paint_path(type != 64, type != 62);
}

Result<> clip_path(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t mode = fields.u32();
    TRY(all_read(fields));
    emf.gdi.clip_to_path(mode);
    return {};
}

constexpr EmfRow rows[] = {
    {9, set_point},     {10, set_point},    {11, set_point},  {12, set_point},  {27, set_point},    {31, scale_extent},
    {32, scale_extent}, {17, set_mode},     {18, set_mode},   {19, set_mode},   {20, set_mode},     {22, set_mode},
    {57, set_mode},     {58, set_mode},     {24, set_colour}, {25, set_colour}, {35, set_world},    {36, modify_world},
    {33, save},         {34, restore},      {29, clip_box},   {30, clip_box},   {59, path_bracket}, {60, path_bracket},
    {61, path_bracket}, {68, path_bracket}, {62, paint_path}, {63, paint_path}, {64, paint_path},   {67, clip_path},
};

} // namespace

std::span<const EmfRow> emf_state_rows() {
    return rows;
}

} // namespace sekisho::metafile
