// Named places at which a crash test may kill the process. See README.md.
#pragma once

#ifdef SEKISHO_FAULT_POINTS

#include <atomic>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace sekisho {

// `hits` belongs to one place in the code.
inline void fault_point(std::string_view name, std::atomic<long>& hits) {
    const char* wanted = std::getenv("SEKISHO_FAULT_POINT");
    if (!wanted) return;
    const std::string_view text(wanted);
    const std::size_t colon = text.find(':');
    if (text.substr(0, colon) != name) return;
    const long turn = colon == std::string_view::npos ? 1 : std::atol(wanted + colon + 1);
    if (++hits == turn) _exit(137);
}

} // namespace sekisho

#define SEKISHO_FAULT(name)                                                                                            \
    do {                                                                                                               \
        static std::atomic<long> sekisho_fault_hits{0};                                                                \
        ::sekisho::fault_point(name, sekisho_fault_hits);                                                              \
    } while (false)

#else

#define SEKISHO_FAULT(name)                                                                                            \
    do {                                                                                                               \
    } while (false)

#endif
