#include "gateway/portal/forms/kept.h"

#include <algorithm>

namespace sekisho::portal {

namespace {
constexpr std::size_t piece_size = 1 << 20;
}

Result<> Kept::take(Multipart& from, std::uint64_t limit) {
    for (;;) {
        if (m_pieces.empty() || m_pieces.back().size() == piece_size) add_piece();
        Bytes& piece = m_pieces.back();
        const std::size_t old = piece.size();
        piece.resize(std::min(piece_size, old + 64 * 1024));
        const auto count = from.read(std::span(piece).subspan(old));
        piece.resize(old + count.value_or(0));
        if (!count) return std::unexpected(count.error());
        if (*count == 0) return {};
        m_size += *count;
        if (m_size > limit) return reject("upload.form-too-large", "The file is too large for a form");
    }
}

Result<std::size_t> Kept::read(std::span<std::uint8_t> into) {
    if (m_piece == m_pieces.size()) return 0;
    const View left = View(m_pieces[m_piece]).subspan(m_read);
    const std::size_t count = std::min(left.size(), into.size());
    std::ranges::copy(left.first(count), into.begin());
    m_read += count;
    if (count == left.size()) {
        m_pieces[m_piece++] = {};
        m_read = 0;
    }
    return count;
}

void Kept::add_piece() {
    m_pieces.emplace_back();
    m_pieces.back().reserve(piece_size);
}

Result<std::size_t> Joined::read(std::span<std::uint8_t> into) {
    for (; m_part < m_parts.size(); ++m_part)
        if (const std::size_t count = TRY(m_parts[m_part]->read(into)); count > 0) return count;
    return 0;
}

} // namespace sekisho::portal
