// ledger: reads the policy, gives up everything but its own folders, and keeps every transfer.
#include "gateway/daemon/daemon.h"
#include "gateway/daemon/events.h"
#include "gateway/ledger/ledger.h"
#include "sanitizer/name/name.h"

using namespace sekisho;

namespace {

ledger::Options options_of(const Daemon& daemon) {
    const Settings& settings = daemon.settings();
    ledger::Options options;
    options.spool = daemon.state("ledger");
    options.journal = options.spool + "/journal.sqlite";
    options.staging = daemon.state("staging");
    options.egress = daemon.state("egress");
    options.audit_socket = daemon.peer_path("audit");
    options.release_socket = daemon.peer_path("release");
    options.reserve_bytes = settings.number("ledger.reserve_bytes");
    options.largest_upload = std::min(settings.number("ledger.largest_upload"), settings.limits().bytes_in);
    options.upload_hours = static_cast<std::uint32_t>(settings.number("ledger.upload_hours"));
    options.keep_days = static_cast<std::uint32_t>(settings.number("ledger.keep_days"));
    options.conveyor_attempts = static_cast<std::uint32_t>(settings.number("conveyor.attempts"));
    options.stage_seconds = std::chrono::seconds(settings.limits().seconds);
    return options;
}

} // namespace

int main(int count, char** values) {
    return run_daemon("ledger", count, values, [](Daemon& daemon) -> Result<> {
        auto judge = ledger::Judge::load_file(daemon.settings().text("policy.file"));
        if (!judge) say_failed("ledger", judge.error()); // it serves, and refuses everything
        warm_up_names();
        TRY(daemon.confine());
        auto ledger = TRY(ledger::Ledger::open(daemon.loop(), options_of(daemon), judge ? *judge : ledger::Judge()));
        TRY(daemon.serve([&](Call call) { ledger->handle(std::move(call)); }));
        return daemon.run();
    });
}
