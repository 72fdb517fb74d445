// conveyor: a few production lines; each may speak to four peers and do nothing else.
#include <thread>

#include "gateway/conveyor/line.h"
#include "gateway/daemon/daemon.h"
#include "gateway/daemon/events.h"

using namespace sekisho;

namespace {

void say_stages(const Error* missing) {
    if (!missing) return say(DaemonEvent::conveyor_stages_back);
    say(DaemonEvent::conveyor_stage_missing, {{"code", missing->code}, {"peer", missing->where}});
}

} // namespace

int main(int count, char** values) {
    return run_daemon("conveyor", count, values, [](Daemon& daemon) -> Result<> {
        TRY(daemon.confine());
        conveyor::Options options;
        options.peers = {daemon.peer_path("ledger"), daemon.peer_path("scanner"), daemon.peer_path("sanitizer"),
                         daemon.peer_path("verifier")};
        options.limits = daemon.settings().limits();
        options.deadlines = deadlines_of(daemon.settings());
        options.stages_changed = say_stages;
        std::atomic<bool> stopping = false;
        // Detached: a line may be waiting for a lease for a long time; the process ends without it.
        for (std::uint64_t i = 0; i < daemon.settings().number("conveyor.parallel"); ++i)
            std::thread([&options, &stopping] { conveyor::Line(options).run(stopping); }).detach();
        auto ran = daemon.run();
        stopping = true;
        std::_Exit(ran ? 0 : 1);
    });
}
