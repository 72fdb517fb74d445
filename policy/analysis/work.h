// The bound of the algebra. Whether boxes cover a box is a hard question in general: a policy may be written so that
// it takes forever. Work is counted, not timed, so that the answer is the same on every machine, and a policy that is
// too intricate is a problem of the policy, never a yes.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace sekisho::policy {

// Comparisons of one box with another; one takes about 30 ns.
inline constexpr std::uint64_t work_max = 200'000'000;

// What was being looked at, as far as it is known: the id of a rule.
struct TooIntricate {
    std::string rule;
};
template <typename T> using Bounded = std::expected<T, TooIntricate>;

class Work {
public:
    explicit Work(std::uint64_t limit = work_max) : m_left(limit) {}
    // False if there is not so much left; from then on always.
    bool spend(std::uint64_t units) {
        if (units > m_left) m_left = 0;
        if (m_left == 0) return false;
        m_left -= units;
        return true;
    }
    std::uint64_t left() const { return m_left; }

private:
    std::uint64_t m_left;
};

} // namespace sekisho::policy
