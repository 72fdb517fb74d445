#include "sanitizer/formats/compound_file/compound_file.h"

#include <algorithm>
#include <new>

#include "sanitizer/formats/compound_file/reader.h"

namespace sekisho {

namespace {

constexpr std::uint64_t largest_piece = 64U << 10;

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

} // namespace

Result<CompoundFile> CompoundFile::open(const Source& in, Budget& budget) try {
    return CompoundReader(in, budget).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

std::optional<std::uint32_t> CompoundFile::child(std::uint32_t storage, std::string_view name) const {
    for (const std::uint32_t index : m_entries[storage].children)
        if (std::ranges::equal(m_entries[index].name, name, {}, upper, upper)) return index;
    return std::nullopt;
}

Result<Bytes> CompoundFile::read(std::uint32_t stream) const try {
    const Entry& entry = m_entries[stream];
    if (entry.size > m_budget->limits().bytes_in_memory) return refuse(Reason::limit_memory);
    MemorySink sink(entry.size);
    TRY(read_to(stream, sink));
    return sink.take();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

// open() has walked every chain: they end, share nothing and are long enough.
Result<> CompoundFile::read_to(std::uint32_t stream, Sink& out) const try {
    const Entry& entry = m_entries[stream];
    if (entry.storage) return refuse(Reason::ole_damaged);
    TRY(m_budget->take_unpacked(entry.size));
    const bool mini = entry.size < m_mini_cutoff;
    const std::uint32_t unit = mini ? cfb_mini_sector : m_sector_size;
    Bytes piece;
    std::uint32_t sector = entry.first_sector;
    for (std::uint64_t at = 0; at < entry.size;) {
        TRY(m_budget->check_time());
        const std::uint64_t place = place_of(sector, mini);
        // Sectors that lie one behind the other are read at once.
        std::uint64_t size = 0;
        do {
            size += unit;
            sector = mini ? m_mini_fat[sector] : m_fat[sector];
        } while (at + size < entry.size && size < largest_piece && place_of(sector, mini) == place + size);
        piece.resize(static_cast<std::size_t>(std::min(size, entry.size - at)));
        if (TRY(m_in->read_at(place, piece)) != piece.size()) return refuse(Reason::input_short);
        TRY(out.write(View(piece)));
        at += piece.size();
    }
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

std::uint64_t CompoundFile::place_of(std::uint32_t sector, bool mini) const {
    if (!mini) return (std::uint64_t{sector} + 1) * m_sector_size;
    const std::uint64_t inside = std::uint64_t{sector} * cfb_mini_sector;
    const std::uint32_t around = m_mini_stream[inside / m_sector_size];
    return (std::uint64_t{around} + 1) * m_sector_size + inside % m_sector_size;
}

} // namespace sekisho
