#include "sanitizer/verify/image/png_rows.h"

#include <algorithm>

namespace sekisho::verify {

PngRows::PngRows(std::uint64_t row_bytes, std::uint64_t rows)
    : m_buffer(128 * 1024), m_row_bytes(row_bytes), m_left((row_bytes + 1) * rows),
      m_ready(inflateInit2(&m_stream, 15) == Z_OK) {}

PngRows::~PngRows() {
    inflateEnd(&m_stream);
}

bool PngRows::count(View rows) {
    if (rows.size() > m_left) return false;
    m_left -= rows.size();
    while (!rows.empty()) {
        if (m_in_row == 0) {
            if (rows[0] > 4) return false;
            m_in_row = m_row_bytes + 1;
        }
        const std::size_t step = std::min<std::uint64_t>(rows.size(), m_in_row);
        m_in_row -= step;
        rows = rows.subspan(step);
    }
    return true;
}

bool PngRows::add(View packed) {
    if (!m_ready) return false;
    m_stream.next_in = const_cast<Bytef*>(packed.data()); // zlib does not write to it
    m_stream.avail_in = static_cast<uInt>(packed.size());
    bool more = false; // output that did not fit the buffer
    while (m_stream.avail_in != 0 || more) {
        if (m_ended) return false; // bytes behind the stream
        m_stream.next_out = m_buffer.data();
        m_stream.avail_out = static_cast<uInt>(m_buffer.size());
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        if (result == Z_BUF_ERROR) break; // all is out
        if (result != Z_OK && result != Z_STREAM_END) return false;
        m_ended = result == Z_STREAM_END;
        more = m_stream.avail_out == 0 && !m_ended;
        if (!count(View(m_buffer).first(m_buffer.size() - m_stream.avail_out))) return false;
    }
    return true;
}

} // namespace sekisho::verify
