// RFC 9110 section 14: one byte range. Several ranges are answered with the whole, as a server may.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error/error.h"

namespace sekisho::portal {

struct Range {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool partial = false;
};

// The whole for an empty or malformed header; reject "http.range" for a range outside of `size` bytes.
Result<Range> range_of(std::string_view header, std::uint64_t size);

} // namespace sekisho::portal
