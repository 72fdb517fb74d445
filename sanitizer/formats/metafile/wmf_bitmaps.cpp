// Bitmaps. Those of a device (META_BITBLT, META_STRETCHBLT) say nothing on another device and are left out.
#include "sanitizer/formats/metafile/wmf_play.h"

namespace sekisho::metafile {

namespace {

constexpr std::size_t least_bitmap = 12;

Rect read_box(Fields& fields) { // height, width, y, x
    const double height = fields.i16(), width = fields.i16(), y = fields.i16(), x = fields.i16();
    return {x, y, x + width, y + height};
}

Point read_reversed(Fields& fields) {
    const double y = fields.i16();
    return {static_cast<double>(fields.i16()), y};
}

struct Blit {
    std::uint32_t rop = 0xCC0020;
    Rect source, to;
    bool from_below = false; // the source's y counts from the last row
};

Result<> draw(Wmf& wmf, const Blit& blit, Fields& fields) {
    if (!fields.good()) return refuse(Reason::input_damaged);
    if (fields.remaining() < least_bitmap)
        return uses_source(blit.rop) ? Result<>() : wmf.gdi.pattern_blit(blit.to, blit.rop);
    const auto bitmap = TRY(read_packed_bitmap(fields.bytes(fields.remaining()), wmf.gdi.context()));
    if (!bitmap) return {};
    Rect source = blit.source;
    if (blit.from_below) {
        const double top = bitmap->height - source.bottom;
        source = {source.left, top, source.right, top + source.height()};
    }
    const Rect& to = blit.to;
    return wmf.gdi.draw_bitmap(*bitmap, source, {{{to.left, to.top}, {to.right, to.top}, {to.left, to.bottom}}},
                               blend_of(blit.rop), 1);
}

Blit read_stretch(Fields& fields, bool with_usage) {
    Blit blit;
    blit.from_below = with_usage;
    blit.rop = fields.u32();
    if (with_usage) fields.skip(2);
    blit.source = read_box(fields);
    // Without a bitmap there is one more, unused word.
    if (fields.remaining() == 10) fields.skip(2);
    blit.to = read_box(fields);
    return blit;
}

Blit read_blit(Fields& fields) {
    Blit blit;
    blit.rop = fields.u32();
    const Point from = read_reversed(fields);
    if (fields.remaining() == 10) fields.skip(2);
    blit.to = read_box(fields);
    blit.source = {from.x, from.y, from.x + blit.to.width(), from.y + blit.to.height()};
    return blit;
}

Blit read_device_bits(Fields& fields) {
    Blit blit;
    blit.from_below = true;
    fields.skip(6); // usage of colours, rows
    const Point from = read_reversed(fields);
    blit.to = read_box(fields);
    blit.source = {from.x, from.y, from.x + blit.to.width(), from.y + blit.to.height()};
    return blit;
}

Result<> pattern(Wmf& wmf, Fields& fields) {
    const std::uint32_t rop = fields.u32();
    const Rect to = read_box(fields);
    if (!fields.good()) return refuse(Reason::input_damaged);
    return wmf.gdi.pattern_blit(to, rop);
}

} // namespace

Result<> play_wmf_bitmap(Wmf& wmf, std::uint16_t function, Fields& fields) {
    switch (function) {
    case 0x0F43:
        return draw(wmf, read_stretch(fields, true), fields);
    case 0x0B41:
        return draw(wmf, read_stretch(fields, false), fields);
    case 0x0940:
        return draw(wmf, read_blit(fields), fields);
    case 0x0D33:
        return draw(wmf, read_device_bits(fields), fields);
    case 0x061D:
        return pattern(wmf, fields);
    default:
        return {};
    }
}

} // namespace sekisho::metafile
