// QR codes, written by zxing-cpp.
#pragma once

#include <string_view>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// A greyscale PGM file; each module of the code is `scale` pixels a side.
Bytes qr_code(std::string_view text, unsigned scale = 4);

} // namespace sekisho::tests
