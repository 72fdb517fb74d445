#pragma once

#include <atomic>
#include <functional>
#include <random>

#include "tests/crash/book.h"
#include "tests/crash/patient.h"
#include "tests/crash/rig.h"
#include "tests/crash/samples.h"

namespace sekisho::crash {

inline constexpr std::array<const char*, 3> accounts{"tanaka", "suzuki", "sato"};
inline constexpr unsigned sender_count = 4;

// What the threads share.
struct Stage {
    const Rig& rig;
    std::uint64_t seed = 0;
    Book book;
    std::atomic<bool> no_more{false};   // senders finish the file that they have in hand
    std::atomic<bool> all_there{false}; // fetchers look once more and end
    std::atomic<bool> too_late{false};

    Patient client(const std::string& zone, const std::string& account) const {
        const cli::DemoGround& ground = rig.ground();
        return Patient({ground.address(zone), ground.certificate(zone), account, ground.password, &too_late});
    }
};

// Sends files from internet to lgwan.
void run_sender(Stage& stage, unsigned number);
// Fetches what arrives for one account in lgwan.
void run_fetcher(Stage& stage, const std::string& account);
// Kills `rounds` times; returns how often each kind.
std::map<std::string, unsigned> run_killer(const Stage& stage, unsigned rounds);

using Rows = std::vector<boost::json::object>;
// The transfers in a box, newest first, page by page until `enough` says so; nothing once it is too late.
std::optional<Rows> rows_of(Patient& client, const std::string& box,
                            const std::function<bool(const Rows& page)>& enough);
// All of them.
std::optional<Rows> whole_box(Patient& client, const std::string& box);

} // namespace sekisho::crash
