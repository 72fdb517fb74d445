// ledger: gives up everything but its own folders, loads the policy that it keeps, and keeps every transfer.
#include "gateway/daemon/daemon.h"
#include "gateway/ledger/ledger.h"
#include "gateway/settings/deadlines.h"
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
    options.signers = signers_path(settings);
    options.release_socket = daemon.peer_path("release");
    options.reserve_bytes = settings.number("ledger.reserve_bytes");
    options.largest_upload = std::min(settings.number("ledger.largest_upload"), settings.limits().bytes_in);
    options.upload_hours = static_cast<std::uint32_t>(settings.number("ledger.upload_hours"));
    options.keep_days = static_cast<std::uint32_t>(settings.number("ledger.keep_days"));
    options.conveyor_attempts = static_cast<std::uint32_t>(settings.number("conveyor.attempts"));
    const Deadlines deadlines = deadlines_of(settings);
    options.lease = deadlines.lease;
    options.output_idle = deadlines.sanitize;
    return options;
}

} // namespace

int main(int count, char** values) {
    return run_daemon("ledger", count, values, [](Daemon& daemon) -> Result<> {
        tzset(); // rules have hours of the local day, and later the time zone's file is out of reach
        warm_up_names();
        TRY(daemon.confine());
        auto ledger = TRY(ledger::Ledger::open(daemon.loop(), options_of(daemon)));
        TRY(daemon.serve([&](Call call) { ledger->handle(std::move(call)); }, [&] { ledger->peer_closed(); }));
        return daemon.run();
    });
}
