// audit: opens the log and its key, gives up everything else, and appends.
#include "gateway/audit/service.h"
#include "gateway/daemon/daemon.h"

using namespace sekisho;

int main(int count, char** values) {
    return run_daemon("audit", count, values, [](Daemon& daemon) -> Result<> {
        auto key = TRY(SigningKey::from_seed(TRY(daemon.read_key())));
        TRY(daemon.confine());
        auto log = TRY(audit::Log::open(daemon.state("audit")));
        const Settings& settings = daemon.settings();
        const audit::Options options{static_cast<std::uint32_t>(settings.number("audit.checkpoint_seconds")),
                                     static_cast<std::uint32_t>(settings.number("audit.checkpoint_records"))};
        audit::Service service(daemon.loop(), std::move(log), std::move(key), options);
        TRY(daemon.serve([&](Call call) { service.handle(std::move(call)); }));
        return daemon.run();
    });
}
