// Bitmaps and gradients.
#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

namespace {

Result<std::shared_ptr<Bitmap>> read_at(Emf& emf, Fields& fields, Alpha alpha) {
    const std::uint32_t header = fields.u32(), header_size = fields.u32();
    const std::uint32_t bits = fields.u32(), bits_size = fields.u32();
    TRY(all_read(fields));
    if (header_size == 0) return nullptr;
    const View header_view = part_of_record(fields, header, header_size);
    const View bits_view = part_of_record(fields, bits, bits_size);
    TRY(all_read(fields));
    return read_bitmap(header_view, bits_view, alpha, emf.gdi.context());
}

std::array<Point, 3> corners_of(const Rect& box) {
    return {{{box.left, box.top}, {box.right, box.top}, {box.left, box.bottom}}};
}

Rect read_box(Fields& fields) { // position and size
    const Rect box = fields.rect32();
    return {box.left, box.top, box.left + box.right, box.top + box.bottom};
}

// BitBlt, StretchBlt, MaskBlt, AlphaBlend, TransparentBlt
Result<> blit(Emf& emf, std::uint32_t type, Fields& fields) {
    fields.skip(16); // bounds
    const Rect to = read_box(fields);
    const std::uint32_t rop = fields.u32();
    const Point from = fields.point32();
    fields.skip(24 + 4 + 4); // transform, background and colour usage of the source
    const std::size_t place = fields.position();
    const bool sized = type == 77 || type == 114 || type == 116;
    fields.skip(16);
    const Point size = sized ? fields.point32() : Point{to.width(), to.height()};
    TRY(all_read(fields));
    const bool blending = type == 114;
    const bool samples = blending && ((rop >> 24) & 1) != 0;
    fields.seek(place);
    const auto bitmap = TRY(read_at(emf, fields, samples ? Alpha::premultiplied : Alpha::ignored));
    const bool plain = type == 76 || type == 77 || type == 78;
    if (!bitmap) return plain && !uses_source(rop) ? emf.gdi.pattern_blit(to, rop) : Result<>();
    const Rect source{from.x, from.y, from.x + size.x, from.y + size.y};
    const double alpha = blending ? ((rop >> 16) & 0xFF) / 255.0 : 1;
    return emf.gdi.draw_bitmap(*bitmap, source, corners_of(to), plain ? blend_of(rop) : Blend::copy, alpha);
}

Result<> parallelogram(Emf& emf, std::uint32_t, Fields& fields) {
    fields.skip(16);
    const std::array<Point, 3> corners{fields.point32(), fields.point32(), fields.point32()};
    const Rect source = read_box(fields);
    fields.skip(24 + 4 + 4);
    const auto bitmap = TRY(read_at(emf, fields, Alpha::ignored));
    return bitmap ? emf.gdi.draw_bitmap(*bitmap, source, corners, Blend::copy, 1) : Result<>();
}

// The source's y counts from the bitmap's last row.
Rect from_below(const Rect& source, const Bitmap& bitmap) {
    const double top = bitmap.height - source.bottom;
    return {source.left, top, source.right, top + source.height()};
}

// SetDIBitsToDevice and StretchDIBits
Result<> device_bits(Emf& emf, std::uint32_t type, Fields& fields) {
    fields.skip(16);
    const Point at = fields.point32();
    const Rect source = read_box(fields);
    const std::size_t place = fields.position();
    fields.skip(16 + 4); // the bitmap, usage of colours
    const std::uint32_t rop = type == 81 ? fields.u32() : 0xCC0020;
    const Point size = type == 81 ? fields.point32() : Point{source.width(), source.height()};
    TRY(all_read(fields));
    fields.seek(place);
    const auto bitmap = TRY(read_at(emf, fields, Alpha::ignored));
    const Rect to{at.x, at.y, at.x + size.x, at.y + size.y};
    if (!bitmap) return uses_source(rop) ? Result<>() : emf.gdi.pattern_blit(to, rop);
    return emf.gdi.draw_bitmap(*bitmap, from_below(source, *bitmap), corners_of(to), blend_of(rop), 1);
}

struct Vertex {
    Point at;
    Colour colour;
};

Vertex read_vertex(Fields& fields) {
    Vertex vertex;
    vertex.at = fields.point32();
    vertex.colour.red = static_cast<std::uint8_t>(fields.u16() >> 8);
    vertex.colour.green = static_cast<std::uint8_t>(fields.u16() >> 8);
    vertex.colour.blue = static_cast<std::uint8_t>(fields.u16() >> 8);
    fields.skip(2); // alpha
    return vertex;
}

// Triangles are filled with the colour of their first corner.
Result<> gradient_piece(Emf& emf, const std::vector<Vertex>& corners, std::uint32_t mode) {
    constexpr std::uint32_t triangle = 2;
    const Vertex& first = corners[0];
    const Vertex& second = corners[1];
    if (mode != triangle)
        return emf.gdi.gradient({first.at.x, first.at.y, second.at.x, second.at.y}, first.colour, second.colour,
                                mode == 1);
    Path path;
    path.polygon({first.at, second.at, corners[2].at});
    return emf.gdi.fill_path(std::move(path), make_brush(0, first.colour, 0));
}

Result<> gradient(Emf& emf, std::uint32_t, Fields& fields) {
    fields.skip(16);
    const std::uint32_t count = fields.u32();
    const std::uint32_t pieces = fields.u32();
    const std::uint32_t mode = fields.u32();
    if (mode > 2 || count > fields.remaining() / 16) return refuse(Reason::input_damaged);
    std::vector<Vertex> vertices(count);
    for (Vertex& vertex : vertices) vertex = read_vertex(fields);
    const std::size_t size = mode == 2 ? 3 : 2;
    if (pieces > fields.remaining() / (4 * size)) return refuse(Reason::input_damaged);
    for (std::uint32_t i = 0; i < pieces; ++i) {
        std::vector<Vertex> corners;
        for (std::size_t j = 0; j < size; ++j) {
            const std::uint32_t index = fields.u32();
            if (index >= count) return refuse(Reason::input_damaged);
            corners.push_back(vertices[index]);
        }
        TRY(gradient_piece(emf, corners, mode));
    }
    return {};
}

constexpr EmfRow rows[] = {
    {76, blit},        {77, blit},  {78, blit},  {79, parallelogram}, {80, device_bits},
    {81, device_bits}, {114, blit}, {116, blit}, {118, gradient},
};

} // namespace

std::span<const EmfRow> emf_bitmap_rows() {
    return rows;
}

} // namespace sekisho::metafile
