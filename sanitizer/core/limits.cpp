#include "sanitizer/core/limits.h"

#include <array>

namespace sekisho {

namespace {

template <auto member> std::uint64_t get(const Limits& limits) {
    return limits.*member;
}
template <auto member> void set(Limits& limits, std::uint64_t value) {
    limits.*member = static_cast<std::remove_reference_t<decltype(limits.*member)>>(value);
}

constexpr std::uint64_t kib = 1024, mib = 1024 * kib, gib = 1024 * mib;

#define LIMIT(name, minimum, maximum, unit, english)                                                                   \
    LimitRow {                                                                                                         \
#name, minimum, maximum, unit, english, get < &Limits::name>, set < &Limits::name>                             \
    }

constexpr std::array rows{
    LIMIT(bytes_in, kib, 64 * gib, "bytes", "size of the file that is sent"),
    LIMIT(bytes_unpacked, kib, 256 * gib, "bytes", "everything that decoding produces, nested files included"),
    LIMIT(bytes_out, kib, 64 * gib, "bytes", "size of the file that is delivered"),
    LIMIT(bytes_in_memory, kib, 2 * gib, "bytes", "one buffer that a format holds whole"),
    LIMIT(ratio, 10, 100'000, "unpacked per packed byte", "compression ratio, looked at beyond 16 MiB"),
    LIMIT(members, 1, 10'000'000, "count", "archive members, document parts and PDF objects"),
    LIMIT(depth, 1, 32, "count", "files in files"),
    LIMIT(pixels, 1, 64 * gib, "pixels", "all pictures of a file together"),
    LIMIT(pixels_one, 1, 16 * gib, "pixels", "one picture"),
    LIMIT(pages, 1, 1'000'000, "count", "pages of a document"),
    LIMIT(seconds, 1, 86'400, "seconds", "time that a worker has"),
    LIMIT(memory, 64 * mib, 64 * gib, "bytes", "address space of a worker"),
};

#undef LIMIT

} // namespace

std::span<const LimitRow> all_limits() {
    return rows;
}

} // namespace sekisho
