// A file put together from pieces of memory and pieces of another file, as they are or decrypted while they are read.
#pragma once

#include <optional>

#include "base/stream/stream.h"
#include "sanitizer/formats/archive_encryption/cipher.h"

namespace sekisho::archive_encryption {

class Assembled final : public Source {
public:
    // `in` must outlive it.
    explicit Assembled(const Source& in) : m_in(in) {}
    void add(Bytes bytes);
    void add(std::uint64_t from, std::uint64_t size);
    // `size` bytes of what is encrypted from `from` on, in blocks of which the last may hold more.
    void add_decrypted(std::uint64_t from, std::uint64_t size, const Key& key, const Iv& iv);

    std::uint64_t size() const override { return m_size; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override;
    Result<View> whole(std::uint64_t limit) const override;

private:
    struct Piece {
        std::uint64_t at = 0, size = 0; // in what is made
        std::uint64_t from = 0;         // in `in`
        Bytes bytes;                    // instead of it
        std::optional<std::pair<Key, Iv>> cipher;
    };
    void append(Piece piece);
    Result<> read(const Piece& piece, std::uint64_t offset, std::span<std::uint8_t> into) const;
    Result<> read_decrypted(const Piece& piece, std::uint64_t offset, std::span<std::uint8_t> into) const;

    const Source& m_in;
    std::vector<Piece> m_pieces;
    std::uint64_t m_size = 0;
    mutable Bytes m_whole;
};

} // namespace sekisho::archive_encryption
