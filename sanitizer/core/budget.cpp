#include "sanitizer/core/budget.h"

namespace sekisho {

namespace {

// Adds `amount` to `used`; false when that passes `limit`. Never overflows.
bool take(std::uint64_t& used, std::uint64_t amount, std::uint64_t limit) {
    if (amount > limit || used > limit - amount) {
        used = limit;
        return false;
    }
    used += amount;
    return true;
}

constexpr std::uint64_t ratio_floor = 16ULL << 20;

} // namespace

Budget::Budget(const Limits& limits)
    : m_limits(limits), m_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(limits.seconds)) {}

Result<> Budget::take_unpacked(std::uint64_t bytes) {
    if (!take(m_unpacked, bytes, m_limits.bytes_unpacked)) return refuse(Reason::limit_bytes);
    return {};
}

Result<> Budget::take_members(std::uint64_t count) {
    if (!take(m_members, count, m_limits.members)) return refuse(Reason::limit_members);
    return {};
}

Result<> Budget::take_picture(std::uint64_t width, std::uint64_t height, std::uint64_t frames) {
    if (width == 0 || height == 0 || width > m_limits.pixels_one / height) return refuse(Reason::limit_pixels);
    const std::uint64_t one = width * height;
    if (frames > m_limits.pixels / one || !take(m_pixels, one * frames, m_limits.pixels))
        return refuse(Reason::limit_pixels);
    return {};
}

bool Budget::take_look(std::uint64_t pixels) {
    constexpr std::uint64_t most_looked = 300'000'000; // a second or two
    return take(m_looked, pixels, most_looked);
}

Result<> Budget::check_ratio(std::uint64_t packed, std::uint64_t unpacked) const {
    if (unpacked > ratio_floor && unpacked / m_limits.ratio > packed) return refuse(Reason::limit_ratio);
    return {};
}

Result<> Budget::check_time() {
    if (++m_calls % 256 != 0) return {};
    if (std::chrono::steady_clock::now() > m_deadline) return refuse(Reason::limit_seconds);
    return {};
}

} // namespace sekisho
