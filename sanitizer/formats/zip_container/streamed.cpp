#include "sanitizer/formats/zip_container/streamed.h"

#include <algorithm>

#include <libdeflate.h>

namespace sekisho::zip_detail {

namespace {

constexpr std::size_t piece_size = 128 * 1024;

} // namespace

StreamedMember::~StreamedMember() {
    if (m_started) deflateEnd(&m_stream);
}

Result<> StreamedMember::start(int level) {
    constexpr int raw_deflate = -15, memory_level = 9;
    if (deflateInit2(&m_stream, level, Z_DEFLATED, raw_deflate, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
        return refuse(Reason::limit_memory);
    m_started = true;
    m_pending.reserve(piece_size);
    m_buffer.resize(piece_size);
    return {};
}

Result<> StreamedMember::write(View view) {
    m_unpacked += view.size();
    if (m_unpacked >= UINT32_MAX) return refuse(Reason::limit_bytes);
    while (!view.empty()) {
        const std::size_t count = std::min(view.size(), piece_size - m_pending.size());
        m_pending.insert(m_pending.end(), view.begin(), view.begin() + static_cast<std::ptrdiff_t>(count));
        view = view.subspan(count);
        if (m_pending.size() == piece_size) TRY(deflate_pending(Z_NO_FLUSH));
    }
    return {};
}

Result<> StreamedMember::deflate_pending(int flush) {
    if (!m_pending.empty()) m_crc = libdeflate_crc32(m_crc, m_pending.data(), m_pending.size());
    m_stream.next_in = m_pending.data();
    m_stream.avail_in = static_cast<uInt>(m_pending.size());
    do {
        m_stream.next_out = m_buffer.data();
        m_stream.avail_out = static_cast<uInt>(m_buffer.size());
        if (deflate(&m_stream, flush) == Z_STREAM_ERROR) bug("deflate was called out of order");
        const View made = View(m_buffer).first(m_buffer.size() - m_stream.avail_out);
        m_packed += made.size();
        if (m_packed >= UINT32_MAX) return refuse(Reason::limit_bytes);
        TRY(m_out.write(made));
    } while (m_stream.avail_out == 0);
    m_pending.clear();
    return {};
}

Result<> StreamedMember::finish() {
    return deflate_pending(Z_FINISH);
}

} // namespace sekisho::zip_detail
