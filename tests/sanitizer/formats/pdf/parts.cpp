#include "tests/sanitizer/formats/pdf/parts.h"

#include <libdeflate.h>

namespace sekisho::tests {

Bytes tiny_jpeg(bool with_table) {
    ByteWriter out;
    out.raw(Bytes{0xFF, 0xD8});
    if (with_table) {
        out.raw(Bytes{0xFF, 0xDB, 0, 67, 0});
        out.raw(Bytes(64, 1));
    }
    out.raw(Bytes{0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0});
    for (const char table : {'\x00', '\x10'}) { // one code of one bit: no difference, no more coefficients
        out.raw(Bytes{0xFF, 0xC4, 0, 20, static_cast<std::uint8_t>(table), 1});
        out.raw(Bytes(16));
    }
    out.raw(Bytes{0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F, 0xFF, 0xD9});
    return out.take();
}

Bytes tiny_jbig2() {
    // Segment 0 of type 48 (page information) for page 1.
    return {0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
}

Bytes tiny_jpx() {
    return {0xFF, 0x4F, 0xFF, 0x51, 0,    41,   0, 0, 0, 0,  0, 8, 0,    0,    0, 8, 0, 0, 0, 0, 0, 0, 0,
            0,    0,    0,    0,    8,    0,    0, 0, 8, 0,  0, 0, 0,    0,    0, 0, 0, 0, 1, 7, 1, 1, // size, one
                                                                                                       // component
            0xFF, 0x52, 0,    12,   0,    0,    0, 1, 0, 0,  4, 4, 0,    1,       // coding: no levels
            0xFF, 0x5C, 0,    4,    0x40, 0x40,                                   // quantisation: none
            0xFF, 0x90, 0,    10,   0,    0,    0, 0, 0, 15, 0, 1, 0xFF, 0x93, 0, // one tile with an empty packet
            0xFF, 0xD9};
}

std::string deflated(std::string_view text) {
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(9);
    std::string out(libdeflate_zlib_compress_bound(compressor, text.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

} // namespace sekisho::tests
