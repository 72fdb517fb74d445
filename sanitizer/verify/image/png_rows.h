// Inflates picture data and counts rows; keeps none of them.
#pragma once

#include <cstdint>

#include <zlib.h>

#include "base/bytes/bytes.h"

namespace sekisho::verify {

class PngRows {
public:
    // `row_bytes` without the filter byte.
    PngRows(std::uint64_t row_bytes, std::uint64_t rows);
    PngRows(const PngRows&) = delete;
    PngRows& operator=(const PngRows&) = delete;
    ~PngRows();

    // False: not deflated, a filter that does not exist, or more than the picture needs.
    bool add(View packed);
    // All rows were there and the stream is over.
    bool complete() const { return m_ended && m_left == 0; }

private:
    bool count(View rows);

    z_stream m_stream{};
    Bytes m_buffer;
    std::uint64_t m_row_bytes;
    std::uint64_t m_left;       // bytes, filter bytes included
    std::uint64_t m_in_row = 0; // bytes until the next filter byte
    bool m_ready;
    bool m_ended = false;
};

} // namespace sekisho::verify
