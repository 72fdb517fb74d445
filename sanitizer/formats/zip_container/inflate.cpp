// Member contents. libdeflate where packed and unpacked fit small buffers, zlib in pieces otherwise.
#include <algorithm>
#include <memory>
#include <new>

#include <libdeflate.h>
#include <zlib.h>

#include "sanitizer/formats/zip_container/directory.h"

namespace sekisho {

namespace {

using zip_detail::method_deflated;
using zip_detail::method_stored;
using zip_detail::read_exactly;

constexpr std::uint64_t largest_whole = 16ULL << 20;
constexpr std::size_t piece_size = 128 * 1024;

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

Result<Bytes> inflate_whole(View packed, const ZipEntry& entry) {
    const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
    if (!decompressor) return refuse(Reason::limit_memory);
    Bytes unpacked(entry.unpacked);
    std::uint8_t none = 0; // a valid address for an empty member
    std::size_t used = 0, made = 0;
    const libdeflate_result result =
        libdeflate_deflate_decompress_ex(decompressor.get(), packed.data(), packed.size(),
                                         unpacked.empty() ? &none : unpacked.data(), unpacked.size(), &used, &made);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return refuse(Reason::zip_size);
    if (result != LIBDEFLATE_SUCCESS) return refuse(Reason::input_damaged);
    if (used != packed.size() || made != unpacked.size()) return refuse(Reason::zip_size);
    return unpacked;
}

// Counts, checks and passes on what a member turns out to be.
class Checked {
public:
    Checked(const ZipEntry& entry, Sink& out) : m_entry(entry), m_out(out) {}

    Result<> write(View view) {
        if (view.size() > m_entry.unpacked - m_made) return refuse(Reason::zip_size);
        m_made += view.size();
        m_crc = libdeflate_crc32(m_crc, view.data(), view.size());
        return m_out.write(view);
    }
    Result<> finish() const {
        if (m_made != m_entry.unpacked) return refuse(Reason::zip_size);
        if (m_crc != m_entry.crc) return refuse(Reason::zip_crc);
        return {};
    }

private:
    const ZipEntry& m_entry;
    Sink& m_out;
    std::uint64_t m_made = 0;
    std::uint32_t m_crc = 0;
};

// Calls `with` for each piece of the packed data until it answers false or the data ends.
template <typename Piece> Result<> for_pieces(const Source& in, const ZipEntry& entry, Budget& budget, Piece with) {
    Bytes piece(std::min<std::uint64_t>(piece_size, entry.packed));
    for (std::uint64_t done = 0; done < entry.packed;) {
        TRY(budget.check_time());
        const std::uint64_t size = std::min<std::uint64_t>(piece.size(), entry.packed - done);
        if (TRY(in.read_at(entry.data_offset + done, std::span(piece).first(size))) != size)
            return refuse(Reason::zip_truncated);
        done += size;
        TRY(with(View(piece).first(size), done == entry.packed));
    }
    return {};
}

class Inflater {
public:
    Result<> start() {
        if (inflateInit2(&m_stream, -15) != Z_OK) return refuse(Reason::limit_memory);
        m_started = true;
        return {};
    }
    ~Inflater() {
        if (m_started) inflateEnd(&m_stream);
    }
    bool ended() const { return m_ended; }

    Result<> feed(View packed, Checked& out) {
        if (m_ended) return refuse(Reason::zip_size);         // bytes behind the deflate stream
        m_stream.next_in = const_cast<Bytef*>(packed.data()); // zlib does not write there
        m_stream.avail_in = static_cast<uInt>(packed.size());
        do {
            m_stream.next_out = m_buffer.data();
            m_stream.avail_out = static_cast<uInt>(m_buffer.size());
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            if (result == Z_MEM_ERROR) return refuse(Reason::limit_memory);
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return refuse(Reason::input_damaged);
            TRY(out.write(View(m_buffer).first(m_buffer.size() - m_stream.avail_out)));
            m_ended = result == Z_STREAM_END;
        } while (!m_ended && m_stream.avail_out == 0);
        if (m_ended && m_stream.avail_in != 0) return refuse(Reason::zip_size);
        return {};
    }

private:
    z_stream m_stream{};
    bool m_started = false;
    bool m_ended = false;
    Bytes m_buffer = Bytes(2 * piece_size);
};

Result<> inflate_pieces(const Source& in, const ZipEntry& entry, Budget& budget, Checked& out) {
    Inflater inflater;
    TRY(inflater.start());
    TRY(for_pieces(in, entry, budget, [&](View piece, bool) { return inflater.feed(piece, out); }));
    if (!inflater.ended()) return refuse(Reason::zip_truncated);
    return {};
}

Result<> check_readable(const ZipEntry& entry, Budget& budget) {
    if (entry.encrypted) return refuse(Reason::input_encrypted);
    if (entry.method != method_stored && entry.method != method_deflated) return refuse(Reason::zip_method);
    TRY(budget.check_ratio(entry.packed, entry.unpacked));
    return budget.take_unpacked(entry.unpacked);
}

Result<> read_pieces(const Source& in, const ZipEntry& entry, Budget& budget, Sink& out) {
    Checked checked(entry, out);
    if (entry.method == method_stored)
        TRY(for_pieces(in, entry, budget, [&](View piece, bool) { return checked.write(piece); }));
    else
        TRY(inflate_pieces(in, entry, budget, checked));
    return checked.finish();
}

bool small(const ZipEntry& entry) {
    return entry.packed <= largest_whole && entry.unpacked <= largest_whole;
}

Result<Bytes> read_small(const Source& in, const ZipEntry& entry) {
    Bytes packed = TRY(read_exactly(in, entry.data_offset, entry.packed));
    Bytes unpacked = entry.method == method_stored ? std::move(packed) : TRY(inflate_whole(packed, entry));
    if (libdeflate_crc32(0, unpacked.data(), unpacked.size()) != entry.crc && !unpacked.empty())
        return refuse(Reason::zip_crc);
    if (unpacked.empty() && entry.crc != 0) return refuse(Reason::zip_crc);
    return unpacked;
}

} // namespace

Result<Bytes> ZipReader::read(const ZipEntry& entry) const try {
    if (entry.unpacked > m_budget->limits().bytes_in_memory) return refuse(Reason::limit_bytes);
    TRY(check_readable(entry, *m_budget));
    TRY(m_budget->check_time());
    if (small(entry)) return read_small(*m_in, entry);
    MemorySink sink(entry.unpacked);
    TRY(read_pieces(*m_in, entry, *m_budget, sink));
    return sink.take();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> ZipReader::read_to(const ZipEntry& entry, Sink& out) const try {
    TRY(check_readable(entry, *m_budget));
    TRY(m_budget->check_time());
    if (!small(entry)) return read_pieces(*m_in, entry, *m_budget, out);
    const Bytes bytes = TRY(read_small(*m_in, entry));
    return out.write(bytes);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho
