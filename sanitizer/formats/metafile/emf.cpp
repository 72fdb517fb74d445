#include "sanitizer/formats/metafile/emf.h"

#include <algorithm>
#include <cmath>

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t record_eof = 14, record_comment = 70;
constexpr std::uint32_t most_records = 2'000'000;
constexpr double resolution = 288; // dots per inch of the picture at the size it was made for
constexpr double mm_per_inch = 25.4;

struct Record {
    std::uint32_t type;
    View content; // without type and size
};

Result<Record> next_record(Fields& file) {
    const std::uint32_t type = file.u32();
    const std::uint32_t size = file.u32();
    if (size < 8 || size % 4 != 0) return refuse(Reason::input_damaged);
    const View content = file.bytes(size - 8);
    TRY(all_read(file));
    return Record{type, content};
}

// Comments begin with their size. The one that begins an EMF+ drawing says whether plain records follow as well.
bool is_emf_plus_only(View content) {
    Fields in(content);
    const std::uint32_t size = in.u32();
    if (size < 16 || in.u32() != 0x2B464D45) return false; // "EMF+"
    constexpr std::uint16_t plus_header = 0x4001;
    constexpr std::uint16_t dual = 1;
    const bool header = in.u16() == plus_header;
    return header && (in.u16() & dual) == 0 && in.good();
}

PlayEmf find_player(std::uint32_t type) {
    for (const auto rows : {emf_line_rows(), emf_state_rows(), emf_object_rows(), emf_text_rows(), emf_bitmap_rows(),
                            emf_region_rows()}) {
        const auto row = std::ranges::find(rows, type, &EmfRow::type);
        if (row != rows.end()) return row->play;
    }
    return nullptr;
}

Rect frame_in_pixels(const Rect& frame, const Rect& bounds, Point pixels_per_mm) {
    const Rect box{frame.left / 100 * pixels_per_mm.x, frame.top / 100 * pixels_per_mm.y,
                   frame.right / 100 * pixels_per_mm.x, frame.bottom / 100 * pixels_per_mm.y};
    if (box.width() > 0 && box.height() > 0) return box;
    return {bounds.left, bounds.top, bounds.right + 1, bounds.bottom + 1};
}

Result<bool> play_record(const Record& record, Emf& emf) {
    if (record.type == record_comment && is_emf_plus_only(record.content)) return refuse(Reason::image_unsupported);
    const PlayEmf play = find_player(record.type);
    if (!play) return true;
    Fields fields(record.content);
    if (auto played = play(emf, record.type, fields); !played) {
        if (reason_of(played.error()) != Reason::input_damaged) return std::unexpected(std::move(played).error());
        return false;
    }
    return true;
}

} // namespace

Result<Frame> read_emf_frame(View file) {
    Fields in(file);
    const std::uint32_t type = in.u32();
    Frame frame;
    frame.header_size = in.u32();
    const Rect bounds = in.rect32();
    const Rect wanted = in.rect32();
    const std::uint32_t signature = in.u32();
    in.skip(12); // version, size of the file, number of records
    frame.handles = in.u16();
    in.skip(2 + 12); // reserved, description, palette
    const Point device = in.point32();
    const Point millimetres = in.point32();
    if (!in.good() || type != 1 || signature != 0x464D4520) return refuse(Reason::input_damaged);
    if (frame.header_size < 88 || frame.header_size > file.size()) return refuse(Reason::input_damaged);
    if (device.x <= 0 || device.y <= 0 || millimetres.x <= 0 || millimetres.y <= 0)
        return refuse(Reason::input_damaged);
    const Point per_mm{device.x / millimetres.x, device.y / millimetres.y};
    const Rect box = frame_in_pixels(wanted, bounds, per_mm);
    if (!(box.width() > 0 && box.height() > 0)) return refuse(Reason::input_damaged);
    const double wished = std::max(1.0, resolution / (per_mm.x * mm_per_inch));
    const double scale = std::min(wished, most_side / std::max(box.width(), box.height()));
    frame.width = std::max(1, static_cast<int>(std::lround(box.width() * scale)));
    frame.height = std::max(1, static_cast<int>(std::lround(box.height() * scale)));
    frame.device_to_image = Matrix::shift(-box.left, -box.top).then(Matrix::scaling(scale, scale));
    frame.pixels_per_mm = per_mm.x;
    return frame;
}

Result<bool> play_emf(View file, const Frame& frame, Gdi& gdi) {
    Emf emf{gdi, ObjectTable(std::max<std::size_t>(frame.handles, 1))};
    Fields in(file);
    in.seek(frame.header_size);
    for (std::uint32_t count = 0; count < most_records; ++count) {
        TRY(gdi.context().budget().check_time());
        const auto record = next_record(in);
        if (!record) return true;
        if (record->type == record_eof) return emf.glyph_numbers;
        if (!TRY(play_record(*record, emf))) return true;
    }
    return true;
}

} // namespace sekisho::metafile
