// Records that set something, and the way to the others.
#include "sanitizer/formats/metafile/wmf_play.h"

namespace sekisho::metafile {

namespace {

Point read_reversed(Fields& fields) { // y comes first
    const double y = fields.i16();
    return {static_cast<double>(fields.i16()), y};
}

void scale_window(State& state, Fields& fields) {
    const double y_by = fields.i16(), y = fields.i16(), x_by = fields.i16(), x = fields.i16();
    if (x * y * x_by * y_by == 0) return;
    state.window_extent = {state.window_extent.x * x / x_by, state.window_extent.y * y / y_by};
}

void set_window(State& state, std::uint16_t function, Point point) {
    if (function == 0x020B) state.window_origin = point;
    if (function == 0x020C && point.x != 0 && point.y != 0) state.window_extent = point;
    if (function == 0x020F) {
        state.window_origin.x += point.x;
        state.window_origin.y += point.y;
    }
}

void set_mode(State& state, std::uint16_t function, std::uint16_t value) {
    if (function == 0x0102) state.opaque = value == 2;
    if (function == 0x0104) state.rop2 = value;
    if (function == 0x0106) state.winding = value == 2;
    if (function == 0x012E) state.text_align = value;
}

Result<> play_state(Wmf& wmf, std::uint16_t function, Fields& fields) {
    State& state = wmf.gdi.state();
    switch (function) {
    case 0x020B:
    case 0x020C:
    case 0x020F:
        set_window(state, function, read_reversed(fields));
        break;
    case 0x0410:
        scale_window(state, fields);
        break;
    case 0x0102:
    case 0x0104:
    case 0x0106:
    case 0x012E:
        set_mode(state, function, fields.u16());
        break;
    case 0x0201:
        state.background = read_colour(fields);
        break;
    case 0x0209:
        state.text_colour = read_colour(fields);
        break;
    case 0x001E:
        wmf.gdi.save();
        break;
    case 0x0127:
        wmf.gdi.restore(fields.i16());
        break;
    case 0x0415:
    case 0x0416: {
        const Point second = read_reversed(fields);
        const Point first = read_reversed(fields);
        if (fields.good()) wmf.gdi.clip_rectangle({first.x, first.y, second.x, second.y}, function == 0x0415);
        break;
    }
    default:
        break;
    }
    return fields.good() ? Result<>() : refuse(Reason::input_damaged);
}

} // namespace

Result<> play_wmf_record(Wmf& wmf, std::uint16_t function, Fields& fields) {
    for (const auto play : {play_state, play_wmf_shape, play_wmf_object, play_wmf_bitmap, play_wmf_text}) {
        Fields again = fields;
        TRY(play(wmf, function, again));
    }
    return {};
}

} // namespace sekisho::metafile
