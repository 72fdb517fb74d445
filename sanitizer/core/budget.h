// What a file and everything nested in it may use together.
#pragma once

#include <chrono>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho {

class Budget {
public:
    explicit Budget(const Limits& limits);
    const Limits& limits() const { return m_limits; }

    // Each takes from what is left, or refuses with the limit's own reason and leaves the budget exhausted.
    Result<> take_unpacked(std::uint64_t bytes);
    Result<> take_members(std::uint64_t count = 1);
    // Checks one picture's size and takes it from the whole; overflow-safe. Call before decoding.
    Result<> take_picture(std::uint64_t width, std::uint64_t height, std::uint64_t frames = 1);
    // Whether a picture of that size may be looked at for its meaning; says no when a job has had enough of it.
    bool take_look(std::uint64_t pixels);
    // `packed` bytes turned into `unpacked`: refuses a ratio that no document has.
    Result<> check_ratio(std::uint64_t packed, std::uint64_t unpacked) const;
    // Cheap enough for inner loops: looks at the clock every 256th call.
    Result<> check_time();

private:
    Limits m_limits;
    std::uint64_t m_unpacked = 0;
    std::uint64_t m_members = 0;
    std::uint64_t m_pixels = 0;
    std::uint64_t m_looked = 0;
    unsigned m_calls = 0;
    std::chrono::steady_clock::time_point m_deadline;
};

} // namespace sekisho
