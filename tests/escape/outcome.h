#pragma once

#include <cerrno>
#include <cstdint>
#include <ostream>

namespace sekisho::tests {

// How an attempt ended.
struct Outcome {
    enum class Kind : std::uint8_t { works, refused, unreachable, any_error, killed, other };
    Kind kind = Kind::other;
    int number = 0; // refused: errno; other: signal
    bool operator==(const Outcome&) const = default;
    // What happened fits what was expected.
    bool fits(const Outcome& expected) const {
        if (expected.kind == Kind::any_error) return kind == Kind::refused;
        if (expected.kind == Kind::unreachable) return kind == Kind::refused && (number == EACCES || number == ENOENT);
        return *this == expected;
    }
};

constexpr Outcome works{Outcome::Kind::works, 0};
constexpr Outcome killed{Outcome::Kind::killed, 0};           // SIGSYS
constexpr Outcome unreachable{Outcome::Kind::unreachable, 0}; // forbidden or not even there
constexpr Outcome any_error{Outcome::Kind::any_error, 0};
constexpr Outcome error(int number) {
    return {Outcome::Kind::refused, number};
}

inline std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
    switch (outcome.kind) {
    case Outcome::Kind::works:
        return out << "works";
    case Outcome::Kind::refused:
        return out << "errno " << outcome.number;
    case Outcome::Kind::any_error:
        return out << "any errno";
    case Outcome::Kind::unreachable:
        return out << "out of reach";
    case Outcome::Kind::killed:
        return out << "killed";
    default:
        return out << "signal " << outcome.number;
    }
}

} // namespace sekisho::tests
