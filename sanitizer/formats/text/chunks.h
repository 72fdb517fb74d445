// A source in chunks, where each chunk starts with what the reader of the last one left over.
#pragma once

#include <algorithm>
#include <optional>

#include "sanitizer/core/job.h"

namespace sekisho::text {

constexpr std::size_t chunk_size = 256 * 1024;

// Calls `take(View chunk, bool last)` until the end of the source. It returns how many bytes it used, a
// Result<std::optional<std::size_t>>; empty stops the reading.
template <typename Take> Result<> for_chunks(const Source& in, std::uint64_t offset, Budget& budget, Take take) {
    Bytes buffer(chunk_size);
    std::size_t kept = 0;
    for (bool last = false; !last;) {
        TRY(budget.check_time());
        const std::size_t count = TRY(in.read_at(offset, std::span(buffer).subspan(kept)));
        offset += count;
        last = offset >= in.size() || count == 0;
        const std::size_t filled = kept + count;
        const std::optional<std::size_t> used = TRY(take(View(buffer).first(filled), last));
        if (!used) return {};
        kept = filled - *used;
        std::copy_n(buffer.begin() + static_cast<std::ptrdiff_t>(*used), kept, buffer.begin());
    }
    return {};
}

} // namespace sekisho::text
