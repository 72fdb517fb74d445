#pragma once

#include <string>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

struct ZipMember {
    std::string name;
    std::uint16_t flags = 0, method = 0;
    std::uint32_t crc = 0, attributes = 0;
    std::uint64_t packed = 0, unpacked = 0, offset = 0;
    std::uint64_t data = 0; // where the packed bytes start
};

// Accounts for every byte of the archive; the members in their order.
Result<std::vector<ZipMember>> zip_shape(const Source& output, const Limits& limits);

// Is the packed data one deflate stream that ends with its last byte? libzip stops at the declared size and would not
// see bytes behind the stream.
Result<> check_deflate(const Source& output, const ZipMember& member);

} // namespace sekisho::verify
