#include <algorithm>

#include <zlib.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/archive/shape.h"

namespace sekisho::verify {

namespace {

class Stream {
public:
    Stream() : m_open(inflateInit2(&m_stream, -15) == Z_OK) {}
    ~Stream() {
        if (m_open) inflateEnd(&m_stream);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    bool open() const { return m_open; }
    bool ended() const { return m_ended; }
    std::uint64_t made() const { return m_made; }

    // False if the piece is no deflate data, or goes on behind its end, or makes more than `most` in all.
    bool feed(Bytes& piece, std::size_t size, std::uint64_t most) {
        if (m_ended) return false;
        m_stream.next_in = piece.data();
        m_stream.avail_in = static_cast<uInt>(size);
        do {
            m_stream.next_out = m_scratch.data();
            m_stream.avail_out = static_cast<uInt>(m_scratch.size());
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return false;
            m_made += m_scratch.size() - m_stream.avail_out;
            m_ended = result == Z_STREAM_END;
            if (m_made > most) return false;
        } while (!m_ended && m_stream.avail_out == 0);
        return m_stream.avail_in == 0;
    }

private:
    z_stream m_stream{};
    bool m_open;
    bool m_ended = false;
    std::uint64_t m_made = 0;
    Bytes m_scratch = Bytes(256 * 1024);
};

} // namespace

Result<> check_deflate(const Source& output, const ZipMember& member) {
    if (member.method == 0) return {};
    Stream stream;
    if (!stream.open()) return refuse(Reason::limit_memory);
    Bytes piece(std::min<std::uint64_t>(128 * 1024, member.packed));
    for (std::uint64_t done = 0; done < member.packed;) {
        const std::size_t size = std::min<std::uint64_t>(piece.size(), member.packed - done);
        if (TRY(output.read_at(member.data + done, std::span(piece).first(size))) != size)
            return refuse(Reason::input_short);
        if (!stream.feed(piece, size, member.unpacked)) return refuse(Reason::verify_zip_content);
        done += size;
    }
    if (!stream.ended() || stream.made() != member.unpacked) return refuse(Reason::verify_zip_content);
    return {};
}

} // namespace sekisho::verify
