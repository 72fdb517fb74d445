// Who may look again. Numbers grow for ever, over restarts too, so an old one is never taken for a new one.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ipc/server.h"

namespace sekisho::ledger {

class Changes {
public:
    // `now` in Unix milliseconds. Versions grow over restarts and stay below 2^53, beyond which a browser's numbers are
    // not exact any more.
    explicit Changes(std::int64_t now)
        : m_version((static_cast<std::uint64_t>(now) / 1000) << 20), m_forgotten(m_version) {}

    std::uint64_t version() const { return m_version; }
    void touch(const std::string& person);
    // For everybody who may have to approve something.
    void touch_approvers() { m_approvers = ++m_version; }
    // Answers at once if something changed after `version`, else later.
    void wait(std::shared_ptr<Call> call, std::string person, std::uint64_t version,
              std::chrono::steady_clock::time_point until);
    // Answers those who need not wait any longer.
    void wake(std::chrono::steady_clock::time_point now);

private:
    static constexpr std::size_t most_people = 20'000;
    static constexpr std::size_t most_waiting = 4'000;
    struct Waiting {
        std::shared_ptr<Call> call;
        std::string person;
        std::uint64_t version;
        std::chrono::steady_clock::time_point until;
    };
    bool changed_since(const std::string& person, std::uint64_t version) const;

    std::uint64_t m_version;
    std::uint64_t m_forgotten; // changes up to here are not known one by one
    std::uint64_t m_approvers = 0;
    std::uint64_t m_woken_at = 0;
    std::unordered_map<std::string, std::uint64_t> m_people;
    std::vector<Waiting> m_waiting;
};

} // namespace sekisho::ledger
