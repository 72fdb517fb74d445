#include "sanitizer/formats/metafile/bitmap_rows.h"

#include <algorithm>
#include <bit>

#include "sanitizer/formats/metafile/fields.h"

namespace sekisho::metafile {

namespace {

constexpr std::uint32_t opaque = 0xFF000000;

std::uint32_t scaled(std::uint32_t value, std::uint32_t mask) {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    const std::uint64_t most = mask >> shift;
    return static_cast<std::uint32_t>(std::uint64_t{(value & mask) >> shift} * 255 / most);
}

std::uint32_t colour_at(const DibShape& shape, std::size_t index) {
    return index < shape.colours.size() ? shape.colours[index] : opaque;
}

std::uint32_t pixel_at(const DibShape& shape, View row, std::size_t x, bool alpha) {
    switch (shape.depth) {
    case 1:
        return colour_at(shape, (row[x / 8] >> (7 - x % 8)) & 1U);
    case 4:
        return colour_at(shape, (row[x / 2] >> (x % 2 == 0 ? 4 : 0)) & 0xFU);
    case 8:
        return colour_at(shape, row[x]);
    case 24:
        return opaque | std::uint32_t{row[3 * x + 2]} << 16 | std::uint32_t{row[3 * x + 1]} << 8 | row[3 * x];
    default:
        break;
    }
    const std::size_t size = shape.depth / 8;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::uint32_t{row[size * x + i]} << (8 * i);
    if (alpha && shape.depth == 32) return value;
    return opaque | scaled(value, shape.masks[0]) << 16 | scaled(value, shape.masks[1]) << 8 |
           scaled(value, shape.masks[2]);
}

// Where the runs of a compressed DIB are written; rows count from the bottom.
struct Pen {
    const DibShape& shape;
    Pixels& pixels;
    std::uint32_t x = 0;
    std::uint32_t y = 0;

    bool inside() const { return y < shape.height; }
    void put(std::size_t colour) {
        if (x < shape.width && inside())
            pixels[std::size_t{shape.height - 1 - y} * shape.width + x] = colour_at(shape, colour);
        if (x < shape.width) ++x;
    }
};

std::size_t part(const DibShape& shape, std::uint8_t byte, unsigned number) {
    if (shape.depth == 8) return byte;
    return number % 2 == 0 ? byte >> 4 : byte & 0xF;
}

void copy_run(const DibShape& shape, Fields& in, Pen& pen, unsigned count) {
    const std::size_t size = shape.depth == 8 ? count : (count + 1) / 2;
    const View run = in.bytes((size + 1) / 2 * 2);
    if (!in.good()) return;
    for (unsigned i = 0; i < count; ++i) pen.put(part(shape, run[shape.depth == 8 ? i : i / 2], i));
}

} // namespace

Pixels unpack_rows(const DibShape& shape, View bits, bool alpha) {
    Pixels pixels(std::size_t{shape.width} * shape.height);
    const std::size_t stride = shape.stride();
    const std::size_t rows = std::min<std::size_t>(shape.height, bits.size() / stride);
    for (std::size_t number = 0; number < rows; ++number) {
        const View row = bits.subspan(number * stride, stride);
        const std::size_t y = shape.top_down ? number : shape.height - 1 - number;
        for (std::size_t x = 0; x < shape.width; ++x) pixels[y * shape.width + x] = pixel_at(shape, row, x, alpha);
    }
    return pixels;
}

Pixels unpack_runs(const DibShape& shape, View bits) {
    Pixels pixels(std::size_t{shape.width} * shape.height);
    Pen pen{shape, pixels};
    Fields in(bits);
    while (in.good() && pen.inside()) {
        const unsigned count = in.u8();
        const std::uint8_t value = in.u8();
        if (!in.good()) break;
        if (count != 0) {
            for (unsigned i = 0; i < count; ++i) pen.put(part(shape, value, i));
        } else if (value == 0) { // end of line
            pen.x = 0;
            ++pen.y;
        } else if (value == 1) { // end of bitmap
            break;
        } else if (value == 2) { // delta
            pen.x = std::min(pen.x + in.u8(), shape.width);
            pen.y += in.u8();
        } else {
            copy_run(shape, in, pen, value);
        }
    }
    return pixels;
}

} // namespace sekisho::metafile
