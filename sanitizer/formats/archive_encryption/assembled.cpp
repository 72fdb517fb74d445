#include "sanitizer/formats/archive_encryption/assembled.h"

#include <algorithm>

namespace sekisho::archive_encryption {

void Assembled::append(Piece piece) {
    if (piece.size == 0) return;
    piece.at = m_size;
    m_size += piece.size;
    m_pieces.push_back(std::move(piece));
}

void Assembled::add(Bytes bytes) {
    Piece piece;
    piece.size = bytes.size();
    piece.bytes = std::move(bytes);
    append(std::move(piece));
}

void Assembled::add(std::uint64_t from, std::uint64_t size) {
    append({0, size, from, {}, std::nullopt});
}

void Assembled::add_decrypted(std::uint64_t from, std::uint64_t size, const Key& key, const Iv& iv) {
    append({0, size, from, {}, std::pair(key, iv)});
}

Result<std::size_t> Assembled::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    std::size_t done = 0;
    auto piece = std::ranges::upper_bound(m_pieces, offset, {}, &Piece::at);
    if (piece != m_pieces.begin()) --piece;
    for (; piece != m_pieces.end() && done < into.size(); ++piece) {
        const std::uint64_t inside = offset + done - piece->at;
        if (inside >= piece->size) break; // behind the last
        const std::size_t size = std::min<std::uint64_t>(into.size() - done, piece->size - inside);
        TRY(read(*piece, inside, into.subspan(done, size)));
        done += size;
    }
    return done;
}

Result<> Assembled::read(const Piece& piece, std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (piece.cipher) return read_decrypted(piece, offset, into);
    if (!piece.bytes.empty()) {
        std::ranges::copy(View(piece.bytes).subspan(offset, into.size()), into.begin());
        return {};
    }
    if (TRY(m_in.read_at(piece.from + offset, into)) != into.size()) return refuse(Reason::archive_part);
    return {};
}

// A block is decrypted with the encrypted one before it, so that reading may begin anywhere.
Result<> Assembled::read_decrypted(const Piece& piece, std::uint64_t offset, std::span<std::uint8_t> into) const {
    auto [key, iv] = *piece.cipher;
    const std::uint64_t start = offset / block_size * block_size;
    const std::uint64_t end = (offset + into.size() + block_size - 1) / block_size * block_size;
    Bytes blocks(end - start);
    if (TRY(m_in.read_at(piece.from + start, blocks)) != blocks.size()) return refuse(Reason::archive_part);
    if (start > 0 && TRY(m_in.read_at(piece.from + start - block_size, iv)) != iv.size())
        return refuse(Reason::archive_part);
    TRY(decrypt(key, iv, blocks));
    std::ranges::copy(View(blocks).subspan(offset - start, into.size()), into.begin());
    return {};
}

Result<View> Assembled::whole(std::uint64_t limit) const {
    if (m_size > limit) return refuse(Reason::limit_bytes);
    if (m_whole.empty()) {
        m_whole.resize(m_size);
        m_whole.resize(TRY(read_at(0, m_whole)));
    }
    return View(m_whole);
}

} // namespace sekisho::archive_encryption
