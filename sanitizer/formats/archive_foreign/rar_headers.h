// The headers of a RAR, read beside libarchive: 3.6 unpacks a stored member without a look at its checksum, and what
// two readers see differently is refused.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho::archive_foreign {

struct RarMember {
    std::uint64_t unpacked = 0;
    bool stored = false;              // not compressed
    std::optional<std::uint32_t> crc; // of the content; RAR 5 may have another kind of checksum in its place
};

// In the order of the file; a member that goes on in the next volume is there once. `parts`: sizes of the volumes, or
// nothing for one file. Refuses what is encrypted and what is cut off.
Result<std::vector<RarMember>> rar_members(const Source& in, std::span<const std::uint64_t> parts, Budget& budget);

} // namespace sekisho::archive_foreign
