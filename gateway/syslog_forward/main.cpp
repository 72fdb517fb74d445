// syslog-forward: reads the audit log, holds one connection, writes one cursor.
#include <unistd.h>

#include "gateway/daemon/daemon.h"
#include "gateway/syslog_forward/forwarder.h"

using namespace sekisho;

namespace {

void step_for_ever(Daemon& daemon, syslog::Forwarder& forwarder) {
    const auto pause = forwarder.step(std::chrono::steady_clock::now());
    daemon.loop().after(pause, [&] { step_for_ever(daemon, forwarder); });
}

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "-";
}

} // namespace

int main(int count, char** values) {
    return run_daemon("syslog-forward", count, values, [](Daemon& daemon) -> Result<> {
        const Settings& settings = daemon.settings();
        const std::string& address = settings.text("syslog.collector");
        if (address.empty()) { // nobody to send to: stay, confined, so that the process list is always the same
            TRY(daemon.confine());
            return daemon.run();
        }
        const std::string& name = settings.text("syslog.server_name");
        auto collector = TRY(syslog::Collector::create(
            {address, name.empty() ? address.substr(0, address.rfind(':')) : name, settings.text("syslog.ca"),
             settings.text("syslog.certificate"), settings.text("syslog.key")}));
        const std::string host = host_name();
        TRY(daemon.confine());
        auto forwarder = TRY(syslog::Forwarder::create(
            {daemon.state("audit"), daemon.state("syslog-forward/cursor"), host}, std::move(collector)));
        step_for_ever(daemon, forwarder);
        return daemon.run();
    });
}
