#include "sanitizer/formats/compound_file/compound_file.h"

#include <algorithm>
#include <new>

#include "sanitizer/formats/compound_file/reader.h"

namespace sekisho {

namespace {

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

// open() has walked every chain: they end, share nothing and are long enough.
Result<Bytes> CompoundFile::read(std::uint32_t stream) const try {
    const Entry& entry = m_entries[stream];
    if (entry.storage) return refuse(Reason::ole_damaged);
    if (entry.size > m_budget->limits().bytes_in_memory) return refuse(Reason::limit_memory);
    TRY(m_budget->take_unpacked(entry.size));
    Bytes bytes(entry.size);
    const bool mini = entry.size < m_mini_cutoff;
    const std::uint32_t unit = mini ? cfb_mini_sector : m_sector_size;
    std::uint32_t sector = entry.first_sector;
    for (std::uint64_t at = 0; at < entry.size; at += unit) {
        TRY(m_budget->check_time());
        std::uint64_t place = (std::uint64_t{sector} + 1) * m_sector_size;
        if (mini) {
            const std::uint64_t inside = std::uint64_t{sector} * cfb_mini_sector;
            place = (std::uint64_t{m_mini_stream[inside / m_sector_size]} + 1) * m_sector_size + inside % m_sector_size;
        }
        const auto into = std::span(bytes).subspan(at, std::min<std::uint64_t>(unit, entry.size - at));
        if (TRY(m_in->read_at(place, into)) != into.size()) return refuse(Reason::input_short);
        sector = mini ? m_mini_fat[sector] : m_fat[sector];
    }
    return bytes;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho
