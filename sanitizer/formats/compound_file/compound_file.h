// OLE compound files ([MS-CFB]), read strictly.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho {

class CompoundFile {
public:
    struct Entry {
        std::string name; // UTF-8, as stored
        bool storage = false;
        std::uint64_t size = 0;              // of a stream
        std::vector<std::uint32_t> children; // indices of entries, of a storage
        std::array<std::uint8_t, 16> class_id{};
        std::uint32_t first_sector = 0;
    };
    static constexpr std::uint32_t root = 0;

    // Reads and checks all tables and the directory. `in` and `budget` must outlive it.
    // Refuses Reason::ole_damaged, limit_members, limit_memory.
    static Result<CompoundFile> open(const Source& in, Budget& budget);

    const Entry& entry(std::uint32_t index) const { return m_entries[index]; }
    std::uint32_t count() const { return static_cast<std::uint32_t>(m_entries.size()); }
    // The child of a storage by its name without regard to case; nothing if there is none. Entries that no storage
    // leads to are not found.
    std::optional<std::uint32_t> child(std::uint32_t storage, std::string_view name) const;
    // The bytes of a stream; takes from the budget. At most limits().bytes_in_memory.
    Result<Bytes> read(std::uint32_t stream) const;
    // The same in pieces, for streams of any size.
    Result<> read_to(std::uint32_t stream, Sink& out) const;

private:
    friend class CompoundReader;
    std::uint64_t place_of(std::uint32_t sector, bool mini) const; // in the file
    const Source* m_in = nullptr;
    Budget* m_budget = nullptr;
    std::uint32_t m_sector_size = 512;
    std::uint32_t m_mini_cutoff = 4096;
    std::vector<std::uint32_t> m_fat, m_mini_fat;
    std::vector<std::uint32_t> m_mini_stream; // sectors of the container of small streams
    std::vector<Entry> m_entries;
};

} // namespace sekisho
