// Member contents. libdeflate where packed and unpacked fit small buffers, zlib in pieces otherwise.
#include <algorithm>
#include <memory>
#include <new>

#include <libdeflate.h>
#include <zlib.h>

#include "base/stream/spool.h"
#include "sanitizer/formats/zip_container/decrypt.h"

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
        if (m_entry.crc_given && m_crc != m_entry.crc) return refuse(Reason::zip_crc);
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
        // Bytes behind the deflate stream, in this piece or a later one: zlib leaves them.
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
    if (libdeflate_crc32(0, unpacked.data(), unpacked.size()) != entry.crc) return refuse(Reason::zip_crc);
    return unpacked;
}

class Nowhere final : public Sink {
public:
    Result<> write(View) override { return {}; }
};

bool is_limit(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.");
}

// Whether what a password made of a member unpacks and has the right checksum.
Result<bool> unpacks(const Source& packed, const ZipEntry& entry, Budget& budget) {
    Nowhere nowhere;
    const auto read = read_pieces(packed, entry, budget, nowhere);
    if (!read && is_limit(read.error())) return std::unexpected(read.error());
    return read.has_value();
}

} // namespace

Result<> ZipReader::read_encrypted(const ZipEntry& entry, Sink& out) const {
    if (m_passwords.empty()) return refuse(Reason::input_encrypted);
    for (std::size_t i = 0; i < m_passwords.size(); ++i) {
        const std::size_t index = (m_fitted + i) % m_passwords.size();
        Spool packed(entry.packed);
        const auto opened = zip_detail::decrypt(*m_in, entry, m_passwords[index], *m_budget, packed);
        if (!opened && reason_of(opened.error()) == Reason::archive_password) continue;
        TRY(opened);
        const Source* source = TRY(packed.finish());
        const ZipEntry plain = zip_detail::decrypted_entry(entry, source->size());
        TRY(check_readable(plain, *m_budget));
        if (entry.encryption == ZipEntry::Encryption::zipcrypto && !TRY(unpacks(*source, plain, *m_budget))) continue;
        m_fitted = index;
        return read_pieces(*source, plain, *m_budget, out);
    }
    return refuse(Reason::archive_password);
}

Result<Bytes> ZipReader::read(const ZipEntry& entry) const try {
    if (entry.unpacked > m_budget->limits().bytes_in_memory) return refuse(Reason::limit_bytes);
    TRY(m_budget->check_time());
    if (entry.encrypted) {
        MemorySink plain(entry.unpacked);
        TRY(read_encrypted(entry, plain));
        return plain.take();
    }
    TRY(check_readable(entry, *m_budget));
    if (small(entry)) return read_small(*m_in, entry);
    MemorySink sink(entry.unpacked);
    TRY(read_pieces(*m_in, entry, *m_budget, sink));
    return sink.take();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> ZipReader::read_to(const ZipEntry& entry, Sink& out) const try {
    TRY(m_budget->check_time());
    if (entry.encrypted) return read_encrypted(entry, out);
    TRY(check_readable(entry, *m_budget));
    if (!small(entry)) return read_pieces(*m_in, entry, *m_budget, out);
    const Bytes bytes = TRY(read_small(*m_in, entry));
    return out.write(bytes);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho
