// Regions: lists of rectangles.
#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t most_rectangles = 100'000;

Result<std::vector<Rect>> read_region(Fields& fields) {
    fields.skip(8); // size of the header, type
    const std::uint32_t count = fields.u32();
    fields.skip(4 + 16); // size, bounds
    if (count > fields.remaining() / 16 || count > most_rectangles) return refuse(Reason::input_damaged);
    std::vector<Rect> rectangles(count);
    for (Rect& rectangle : rectangles) rectangle = fields.rect32();
    TRY(all_read(fields));
    return rectangles;
}

Result<> select_clip(Emf& emf, std::uint32_t, Fields& fields) {
    const std::uint32_t size = fields.u32();
    const std::uint32_t mode = fields.u32();
    TRY(all_read(fields));
    const std::vector<Rect> rectangles = size == 0 ? std::vector<Rect>() : TRY(read_region(fields));
    emf.gdi.clip_region(rectangles, mode);
    return {};
}

// FillRgn
Result<> fill_region(Emf& emf, std::uint32_t, Fields& fields) {
    fields.skip(16 + 4); // bounds, size
    const std::uint32_t index = fields.u32();
    const std::vector<Rect> rectangles = TRY(read_region(fields));
    const Object* object = emf.objects.find(index);
    const auto* brush = object ? std::get_if<Brush>(object) : nullptr;
    if (!brush) return {};
    return emf.gdi.fill_path(emf.gdi.region_path(rectangles), *brush);
}

Result<> paint_region(Emf& emf, std::uint32_t, Fields& fields) {
    fields.skip(16 + 4);
    const std::vector<Rect> rectangles = TRY(read_region(fields));
    return emf.gdi.fill_path(emf.gdi.region_path(rectangles), emf.gdi.state().brush);
}

constexpr EmfRow rows[] = {{71, fill_region}, {74, paint_region}, {75, select_clip}};

} // namespace

std::span<const EmfRow> emf_region_rows() {
    return rows;
}

} // namespace sekisho::metafile
