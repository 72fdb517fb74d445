#include "sanitizer/worker/heap.h"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <string>
#include <sys/mman.h>

namespace sekisho::worker {

namespace {

constexpr std::uintptr_t huge_page = 2U << 20;
constexpr int collapse = 25; // MADV_COLLAPSE of madvise(2), which glibc 2.36 does not name

void gather(std::uintptr_t begin, std::uintptr_t end) {
    begin = (begin + huge_page - 1) / huge_page * huge_page;
    end = end / huge_page * huge_page;
    if (begin >= end) return;
    // An address range that the kernel itself has named, not a cast of bytes.
    static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, collapse)); // NOLINT
}

} // namespace

void gather_heap() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (!line.ends_with("[heap]")) continue;
        std::uintptr_t begin = 0, end = 0;
        const char* last = line.data() + line.size();
        const auto first = std::from_chars(line.data(), last, begin, 16);
        if (first.ptr == last || *first.ptr != '-') return;
        std::from_chars(first.ptr + 1, last, end, 16);
        gather(begin, end);
    }
}

} // namespace sekisho::worker
