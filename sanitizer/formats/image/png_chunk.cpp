#include "sanitizer/formats/image/png_chunk.h"

#include <libdeflate.h>

namespace sekisho::image {

std::uint32_t chunk_crc(std::string_view type, View content) {
    const std::uint32_t start = libdeflate_crc32(0, type.data(), type.size());
    return content.empty() ? start : libdeflate_crc32(start, content.data(), content.size());
}

void append_chunk(ByteWriter& writer, std::string_view type, View content) {
    writer.u32be(static_cast<std::uint32_t>(content.size()));
    writer.text(type);
    writer.raw(content);
    writer.u32be(chunk_crc(type, content));
}

void append_start(ByteWriter& writer, const PngShape& shape, bool interlaced) {
    ByteWriter header;
    header.u32be(shape.width);
    header.u32be(shape.height);
    header.u8(shape.depth);
    header.u8(shape.colour);
    header.u8(0); // deflate
    header.u8(0); // the five filters
    header.u8(interlaced ? 1 : 0);
    writer.text(png_signature);
    append_chunk(writer, "IHDR", header.bytes());
}

} // namespace sekisho::image
