#include "sanitizer/formats/metafile/wmf.h"

#include <algorithm>
#include <cmath>

#include "sanitizer/formats/metafile/wmf_play.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t placeable_key = 0x9AC6CDD7;
constexpr std::size_t placeable_size = 22;
constexpr std::size_t header_size = 18;
constexpr std::uint32_t most_records = 2'000'000;
constexpr double resolution = 288;  // dots per inch
constexpr double usual_side = 1000; // pixels, where no size is given

struct Record {
    std::uint16_t function;
    View content;
};

Result<Record> next_record(Fields& file) {
    const std::uint32_t words = file.u32();
    const std::uint16_t function = file.u16();
    if (words < 3) return refuse(Reason::input_damaged);
    const std::uint64_t size = std::uint64_t{words} * 2 - 6;
    const View content = file.bytes(static_cast<std::size_t>(size));
    TRY(all_read(file));
    return Record{function, content};
}

// Without the header that places it, the first window says what is to be seen.
Result<Rect> first_window(View file, std::size_t first_record) {
    Fields in(file);
    in.seek(first_record);
    Point origin;
    for (std::uint32_t count = 0; count < most_records; ++count) {
        const Record record = TRY(next_record(in));
        Fields fields(record.content);
        const double y = fields.i16();
        const double x = fields.i16();
        if (record.function == 0) break;
        if (record.function == 0x020B && fields.good()) origin = {x, y};
        if (record.function == 0x020C && fields.good()) return Rect{origin.x, origin.y, origin.x + x, origin.y + y};
    }
    return refuse(Reason::image_unsupported);
}

void set_size(WmfFrame& wmf, double pixels_per_unit) {
    const double width = std::abs(wmf.window.width());
    const double height = std::abs(wmf.window.height());
    const double scale = std::min(pixels_per_unit, most_side / std::max(width, height));
    wmf.frame.width = std::max(1, static_cast<int>(std::lround(width * scale)));
    wmf.frame.height = std::max(1, static_cast<int>(std::lround(height * scale)));
}

} // namespace

bool is_wmf(View file) {
    Fields in(file);
    const std::uint32_t key = in.u32();
    return in.good() && (key == placeable_key || key == 0x00090001 || key == 0x00090002);
}

Result<WmfFrame> read_wmf_frame(View file) {
    Fields in(file);
    WmfFrame wmf;
    double pixels_per_unit = 0;
    const bool placed = in.u32() == placeable_key;
    if (placed) {
        in.skip(2);
        const Point first = in.point16();
        const Point second = in.point16();
        const double unit = in.u16(); // per inch
        wmf.window = {first.x, first.y, second.x, second.y};
        if (unit == 0) return refuse(Reason::input_damaged);
        pixels_per_unit = resolution / unit;
        in.seek(placeable_size);
    } else {
        in.seek(0);
    }
    const std::size_t header = in.position();
    in.skip(2);
    if (in.u16() != 9) return refuse(Reason::input_damaged);
    in.skip(6);
    wmf.frame.handles = in.u16();
    TRY(all_read(in));
    wmf.first_record = header + header_size;
    if (wmf.window.width() == 0 || wmf.window.height() == 0) wmf.window = TRY(first_window(file, wmf.first_record));
    const double longest = std::max(std::abs(wmf.window.width()), std::abs(wmf.window.height()));
    if (wmf.window.width() == 0 || wmf.window.height() == 0) return refuse(Reason::input_damaged);
    set_size(wmf, placed ? pixels_per_unit : usual_side / longest);
    return wmf;
}

Result<bool> play_wmf(View file, const WmfFrame& wmf, Gdi& gdi) {
    Wmf player{gdi, ObjectTable(std::max<std::size_t>(wmf.frame.handles, 1))};
    State& state = gdi.state();
    state.map_mode = 8;
    state.window_origin = {wmf.window.left, wmf.window.top};
    state.window_extent = {wmf.window.width(), wmf.window.height()};
    state.viewport_extent = {static_cast<double>(wmf.frame.width), static_cast<double>(wmf.frame.height)};
    Fields in(file);
    in.seek(wmf.first_record);
    for (std::uint32_t count = 0; count < most_records; ++count) {
        TRY(gdi.context().budget().check_time());
        const auto record = next_record(in);
        if (!record) return true;
        if (record->function == 0) return false;
        Fields fields(record->content);
        if (auto played = play_wmf_record(player, record->function, fields); !played) {
            if (reason_of(played.error()) != Reason::input_damaged) return std::unexpected(std::move(played).error());
            return true;
        }
    }
    return true;
}

} // namespace sekisho::metafile
