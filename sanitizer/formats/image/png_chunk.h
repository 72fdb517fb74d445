// One PNG chunk (ISO/IEC 15948 section 5.3).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes/bytes.h"
#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

constexpr std::string_view png_signature("\x89PNG\r\n\x1A\n", 8);

std::uint32_t chunk_crc(std::string_view type, View content);
void append_chunk(ByteWriter& writer, std::string_view type, View content);
// The signature and the header.
void append_start(ByteWriter& writer, const PngShape& shape, bool interlaced);

} // namespace sekisho::image
