#include "sanitizer/worker/places.h"

#include <algorithm>
#include <filesystem>

namespace sekisho::worker {

std::size_t Places::take() {
    if (m_paths.empty()) return 0;
    const auto free = std::ranges::find(m_taken, false);
    // There is one for each worker that the zygote starts.
    if (free == m_taken.end()) bug("no place for another worker");
    *free = true;
    return static_cast<std::size_t>(free - m_taken.begin());
}

Result<> Places::give_back(std::size_t number) {
    if (m_paths.empty()) return {};
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(m_paths[number], error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        std::filesystem::remove_all(entry->path(), error);
        if (error) break;
    }
    if (error) return fail("worker.unavailable", error.message(), m_paths[number]);
    m_taken[number] = false;
    return {};
}

} // namespace sekisho::worker
