// Counts what an LZW stream of GIF (appendix F) or TIFF (section 13) unpacks to; keeps no symbol.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::verify {

struct LzwShape {
    unsigned symbol_bits = 8;
    unsigned symbols = 256;  // how many of them may occur
    bool high_first = false; // TIFF: high bit first, and codes grow one entry early
};

// True if the stream begins with a clear code, unpacks to exactly `count` symbols, ends with its end code in the last
// byte, and has no bit behind it.
bool is_exact_lzw(View stream, const LzwShape& shape, std::uint64_t count);

} // namespace sekisho::verify
