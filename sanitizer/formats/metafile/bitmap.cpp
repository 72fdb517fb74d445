#include "sanitizer/formats/metafile/bitmap.h"

#include <algorithm>

#include "sanitizer/formats/metafile/bitmap_rows.h"
#include "sanitizer/formats/metafile/fields.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t most_side = 16'384; // Cairo's fixed point numbers hold twice that
constexpr std::uint32_t rgb = 0, rle8 = 1, rle4 = 2, bit_fields = 3, png = 5; // BI_*; 4 is JPEG

void read_colours(Fields& in, DibShape& shape, std::uint32_t used, std::size_t size) {
    if (shape.depth > 8) return;
    const std::size_t most = std::size_t{1} << shape.depth;
    const std::size_t count = used == 0 || used > most ? most : used;
    for (std::size_t i = 0; i < count && in.remaining() >= size; ++i) {
        const View colour = in.bytes(size);
        shape.colours.push_back(0xFF000000 | std::uint32_t{colour[2]} << 16 | std::uint32_t{colour[1]} << 8 |
                                colour[0]);
    }
}

void default_masks(DibShape& shape) {
    const bool wide = shape.depth == 32;
    shape.masks[0] = wide ? 0xFF0000 : 0x7C00;
    shape.masks[1] = wide ? 0x00FF00 : 0x03E0;
    shape.masks[2] = wide ? 0x0000FF : 0x001F;
}

DibShape read_core_header(Fields& in) {
    DibShape shape;
    shape.width = in.u16();
    shape.height = in.u16();
    in.u16(); // planes
    shape.depth = in.u16();
    default_masks(shape);
    read_colours(in, shape, 0, 3);
    shape.header_size = in.position();
    return shape;
}

DibShape read_info_header(Fields& in, std::uint32_t size) {
    DibShape shape;
    shape.width = in.u32();
    const std::int32_t height = in.i32();
    shape.top_down = height < 0;
    shape.height = height < 0 ? 0U - static_cast<std::uint32_t>(height) : static_cast<std::uint32_t>(height);
    in.u16(); // planes
    shape.depth = in.u16();
    shape.compression = in.u32();
    in.skip(12); // size of the bits, resolution
    const std::uint32_t used = in.u32();
    in.skip(4);
    default_masks(shape);
    if (shape.compression == bit_fields)
        for (std::size_t i = 0; i < 3; ++i) shape.masks[i] = in.u32();
    // The masks are the first fields of the longer headers, and follow the shortest.
    in.seek(std::max<std::size_t>(size, in.position()));
    read_colours(in, shape, used, 4);
    shape.header_size = in.position();
    return shape;
}

Result<DibShape> read_shape(View header) {
    Fields in(header);
    const std::uint32_t size = in.u32();
    if (size != 12 && (size < 40 || size > 124)) return refuse(Reason::input_damaged);
    DibShape shape = size == 12 ? read_core_header(in) : read_info_header(in, size);
    if (!in.good() || shape.width == 0 || shape.height == 0) return refuse(Reason::input_damaged);
    return shape;
}

bool is_drawable(const DibShape& shape) {
    if (shape.width > most_side || shape.height > most_side) return false;
    switch (shape.compression) {
    case rgb:
        return shape.depth == 1 || shape.depth == 4 || shape.depth == 8 || shape.depth == 16 || shape.depth == 24 ||
               shape.depth == 32;
    case bit_fields:
        return shape.depth == 16 || shape.depth == 32;
    case rle8:
        return shape.depth == 8;
    case rle4:
        return shape.depth == 4;
    default:
        return false;
    }
}

// Whatever comes in, no colour is stronger than its alpha: Cairo's arithmetic counts on it.
std::uint32_t premultiplied(std::uint32_t pixel) {
    const std::uint32_t alpha = pixel >> 24;
    const std::uint32_t red = std::min((pixel >> 16) & 0xFF, alpha);
    const std::uint32_t green = std::min((pixel >> 8) & 0xFF, alpha);
    return alpha << 24 | red << 16 | green << 8 | std::min(pixel & 0xFF, alpha);
}

Result<std::shared_ptr<Bitmap>> to_bitmap(const DibShape& shape, const Pixels& pixels) {
    auto bitmap = std::make_shared<Bitmap>();
    bitmap->width = static_cast<int>(shape.width);
    bitmap->height = static_cast<int>(shape.height);
    bitmap->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, bitmap->width, bitmap->height));
    unsigned char* const data = cairo_image_surface_get_data(bitmap->surface.get());
    if (!data) return refuse(Reason::limit_memory);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(bitmap->surface.get()));
    cairo_surface_flush(bitmap->surface.get());
    for (std::size_t y = 0; y < shape.height; ++y)
        for (std::size_t x = 0; x < shape.width; ++x) {
            const std::uint32_t pixel = premultiplied(pixels[y * shape.width + x]);
            std::memcpy(data + y * stride + 4 * x, &pixel, sizeof pixel);
        }
    cairo_surface_mark_dirty(bitmap->surface.get());
    return bitmap;
}

struct Stream {
    View rest;
};

cairo_status_t read_stream(void* closure, unsigned char* into, unsigned length) {
    auto& stream = *static_cast<Stream*>(closure);
    if (length > stream.rest.size()) return CAIRO_STATUS_READ_ERROR;
    std::copy_n(stream.rest.begin(), length, into);
    stream.rest = stream.rest.subspan(length);
    return CAIRO_STATUS_SUCCESS;
}

// A PNG in place of the bits: only what our own encoder has written anew is decoded.
Result<std::shared_ptr<Bitmap>> read_png(View bits, Context& context) {
    MemorySink clean(context.limits().bytes_in_memory);
    const auto type = context.sanitize_nested(MemorySource(bits), clean, "");
    if (!type && type.error().code.starts_with("limit.")) return std::unexpected(type.error());
    if (!type || *type != Type::png) return nullptr;
    Stream stream{clean.bytes()};
    auto bitmap = std::make_shared<Bitmap>();
    Surface decoded(cairo_image_surface_create_from_png_stream(read_stream, &stream));
    bitmap->width = cairo_image_surface_get_width(decoded.get());
    bitmap->height = cairo_image_surface_get_height(decoded.get());
    if (bitmap->width <= 0 || bitmap->height <= 0) return nullptr;
    bitmap->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, bitmap->width, bitmap->height));
    const Drawing drawing(cairo_create(bitmap->surface.get()));
    cairo_set_source_surface(drawing.get(), decoded.get(), 0, 0);
    cairo_paint(drawing.get());
    return bitmap;
}

} // namespace

Result<std::shared_ptr<Bitmap>> read_bitmap(View header, View bits, Alpha alpha, Context& context) {
    const DibShape shape = TRY(read_shape(header));
    if (shape.compression == png) return read_png(bits, context);
    if (!is_drawable(shape)) return nullptr;
    TRY(context.budget().take_picture(shape.width, shape.height));
    const bool runs = shape.compression == rle8 || shape.compression == rle4;
    if (!runs && bits.size() < shape.stride()) return refuse(Reason::input_damaged);
    const Pixels pixels = runs ? unpack_runs(shape, bits) : unpack_rows(shape, bits, alpha == Alpha::premultiplied);
    return to_bitmap(shape, pixels);
}

Result<std::shared_ptr<Bitmap>> read_packed_bitmap(View packed, Context& context) {
    const DibShape shape = TRY(read_shape(packed));
    return read_bitmap(packed, packed.subspan(shape.header_size), Alpha::ignored, context);
}

void for_each_pixel(Bitmap& bitmap, std::uint32_t (*change)(std::uint32_t)) {
    cairo_surface_flush(bitmap.surface.get());
    unsigned char* const data = cairo_image_surface_get_data(bitmap.surface.get());
    if (!data) return;
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(bitmap.surface.get()));
    for (std::size_t y = 0; y < static_cast<std::size_t>(bitmap.height); ++y)
        for (std::size_t x = 0; x < static_cast<std::size_t>(bitmap.width); ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + y * stride + 4 * x, sizeof pixel);
            pixel = change(pixel);
            std::memcpy(data + y * stride + 4 * x, &pixel, sizeof pixel);
        }
    cairo_surface_mark_dirty(bitmap.surface.get());
}

} // namespace sekisho::metafile
