// Files of a form without script, in memory until the ledger takes them.
#pragma once

#include <vector>

#include "gateway/portal/forms/multipart.h"

namespace sekisho::portal {

// A file in pieces: it grows without being copied.
class Kept final : public Body {
public:
    // reject "upload.form-too-large" beyond `limit`.
    Result<> take(Multipart& from, std::uint64_t limit);
    std::uint64_t size() const { return m_size; }
    // Of a file that is not read yet: its first bytes, some thousand of them.
    View start() const { return m_pieces.empty() ? View() : View(m_pieces.front()); }
    Result<std::size_t> read(std::span<std::uint8_t> into) override;

private:
    void add_piece();
    std::vector<Bytes> m_pieces;
    std::uint64_t m_size = 0;
    std::size_t m_piece = 0;
    std::size_t m_read = 0;
};

// One behind the other.
class Joined final : public Body {
public:
    explicit Joined(std::vector<Kept*> parts) : m_parts(std::move(parts)) {}
    Result<std::size_t> read(std::span<std::uint8_t> into) override;

private:
    std::vector<Kept*> m_parts;
    std::size_t m_part = 0;
};

} // namespace sekisho::portal
