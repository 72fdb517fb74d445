#include <algorithm>
#include <bit>

#include "sanitizer/formats/raster/gif.h"
#include "sanitizer/formats/raster/lzw.h"

namespace sekisho::raster {

namespace {

// Colour tables have a power of two of colours, at least two.
unsigned table_bits(std::size_t colours) {
    return static_cast<unsigned>(std::max(1, static_cast<int>(std::bit_width(std::max<std::size_t>(colours, 1) - 1))));
}

void write_palette(ByteWriter& writer, const Bytes& palette) {
    writer.raw(palette);
    for (std::size_t at = palette.size(); at < 3 * (std::size_t{1} << table_bits(palette.size() / 3)); ++at)
        writer.u8(0);
}

void write_blocks(ByteWriter& writer, View data) {
    while (!data.empty()) {
        const View part = data.first(std::min<std::size_t>(data.size(), 255));
        writer.u8(static_cast<std::uint8_t>(part.size()));
        writer.raw(part);
        data = data.subspan(part.size());
    }
    writer.u8(0);
}

} // namespace

void write_gif_start(ByteWriter& writer, const Gif& gif) {
    writer.text("GIF89a");
    writer.u16le(static_cast<std::uint16_t>(gif.width));
    writer.u16le(static_cast<std::uint16_t>(gif.height));
    const unsigned bits = table_bits(gif.palette.size() / 3);
    writer.u8(static_cast<std::uint8_t>(gif.palette.empty() ? 0x70 : 0xF0 | (bits - 1))); // eight bits a colour
    writer.u8(0);
    writer.u8(0);
    if (!gif.palette.empty()) write_palette(writer, gif.palette);
    if (!gif.loops) return;
    writer.text("\x21\xFF\x0BNETSCAPE2.0\x03\x01");
    writer.u16le(*gif.loops);
    writer.u8(0);
}

void write_gif_frame(ByteWriter& writer, const GifFrame& frame, View symbols, std::size_t colours) {
    writer.text("\x21\xF9\x04");
    writer.u8(static_cast<std::uint8_t>(frame.disposal << 2 | (frame.transparent ? 1 : 0)));
    writer.u16le(frame.delay);
    writer.u8(frame.transparent.value_or(0));
    writer.u8(0);
    writer.u8(0x2C);
    for (const std::uint32_t number : {frame.left, frame.top, frame.width, frame.height})
        writer.u16le(static_cast<std::uint16_t>(number));
    writer.u8(static_cast<std::uint8_t>(frame.palette.empty() ? 0 : 0x80 | (table_bits(frame.palette.size() / 3) - 1)));
    if (!frame.palette.empty()) write_palette(writer, frame.palette);
    const unsigned bits = std::max(2U, table_bits(colours));
    writer.u8(static_cast<std::uint8_t>(bits));
    write_blocks(writer, lzw_pack(symbols, bits, LzwDialect::gif));
}

void write_gif_end(ByteWriter& writer) {
    writer.u8(0x3B);
}

} // namespace sekisho::raster
