// Picture codecs inside PDF: each decodes to samples, or for JPEG writes the coefficients anew.
#pragma once

#include <cstdint>

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"

namespace sekisho::pdf {

struct Samples {
    Bytes bytes; // rows padded to whole bytes
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int components = 0;
    int bits = 8;
};

struct Jpeg {
    Bytes bytes;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int components = 0;
};

// Reads the coefficients and writes them with tables of our own; only the Adobe marker's colour transform survives.
Result<Jpeg> rewrite_jpeg(View jpeg, Budget& budget);

struct FaxParameters {
    int k = 0;
    bool end_of_line = false;
    bool byte_align = false;
    bool black_is_1 = false;
    std::uint32_t columns = 1728;
    std::uint32_t rows = 0;
};
// One bit per pixel (ITU-T T.4 and T.6). At most `rows` rows, which must be known.
Result<Bytes> decode_fax(View data, const FaxParameters& parameters, std::uint32_t rows);

// One bit per pixel, 1 = black (ITU-T T.88).
Result<Samples> decode_jbig2(View data, View globals, Budget& budget);
// Scaled to eight bits. `wanted` is the number of colour components if the document says it, else 0; opacity is
// dropped.
Result<Samples> decode_jpx(View data, int wanted, bool indices, Budget& budget);

} // namespace sekisho::pdf
