#include "gateway/settings/deadlines.h"

#include <algorithm>

namespace sekisho {

namespace {

using std::chrono::seconds;

constexpr seconds slack{10};
constexpr seconds longest_sync{60}; // of the largest file on a slow disk

// Of one file: with fewer places than lines it waits for those before it.
seconds stage(std::uint64_t one, std::uint64_t lines, std::uint64_t places) {
    const std::uint64_t rounds = (lines + places - 1) / std::max<std::uint64_t>(places, 1);
    return seconds(one * std::max<std::uint64_t>(rounds, 1)) + slack;
}

} // namespace

Deadlines deadlines_of(const Settings& settings) {
    const std::uint64_t lines = settings.number("conveyor.parallel");
    const std::uint64_t worker = settings.limits().seconds;
    Deadlines deadlines;
    deadlines.scan = stage(settings.number("scanner.seconds"), lines, settings.number("scanner.threads"));
    deadlines.sanitize = stage(worker, lines, settings.number("sanitizer.parallel"));
    deadlines.store = longest_sync;
    deadlines.verify = stage(worker, lines, settings.number("verifier.parallel"));
    // Scan and rebuild run side by side, the verifier after both.
    deadlines.lease = std::max(deadlines.scan, deadlines.sanitize + deadlines.store) + deadlines.verify + slack;
    return deadlines;
}

} // namespace sekisho
