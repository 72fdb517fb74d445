// The limits of one job. Reaching one is a verdict of its own (Reason::limit_*), never "clean".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho {

struct Limits {
    std::uint64_t bytes_in = 2ULL << 30;          // of the file that was sent
    std::uint64_t bytes_unpacked = 4ULL << 30;    // everything that decoding produces, nested files included
    std::uint64_t bytes_out = 2ULL << 30;         // of the file that is delivered
    std::uint64_t bytes_in_memory = 160ULL << 20; // of one buffer that a format holds whole
    std::uint32_t ratio = 1000;                   // unpacked : packed, looked at beyond 16 MiB
    std::uint32_t members = 100'000;              // archive members, document parts, PDF objects
    std::uint32_t depth = 6;                      // files in files
    std::uint64_t pixels = 1ULL << 30;            // decoded, all pictures together
    std::uint64_t pixels_one = 1ULL << 28;        // of one picture
    std::uint32_t pages = 20'000;
    std::uint32_t seconds = 60;        // wall time of a worker
    std::uint64_t memory = 1ULL << 30; // address space of a worker
};

// One row per limit: the settings file, --help and the manual page loop over it.
struct LimitRow {
    std::string_view name;
    std::uint64_t minimum;
    std::uint64_t maximum;
    std::string_view unit;
    std::string_view english;
    std::uint64_t (*get)(const Limits&);
    void (*set)(Limits&, std::uint64_t);
};

std::span<const LimitRow> all_limits();

} // namespace sekisho
