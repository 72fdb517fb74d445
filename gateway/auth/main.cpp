// auth: people, passwords and sessions. It reads one file, speaks to the portals and to the audit log.
#include "gateway/auth/recorder.h"
#include "gateway/auth/service.h"
#include "gateway/daemon/daemon.h"

using namespace sekisho;

int main(int count, char** values) {
    return run_daemon("auth", count, values, [](Daemon& daemon) -> Result<> {
        TRY(daemon.confine());
        const auto seconds = [&](std::string_view name, std::int64_t unit) {
            return static_cast<std::int64_t>(daemon.settings().number(name)) * unit;
        };
        auth::SessionOptions sessions;
        sessions.longest = seconds("portal.session_hours", 3600);
        sessions.idle = seconds("portal.idle_minutes", 60);
        sessions.fresh = seconds("portal.fresh_minutes", 60);
        auth::BrakeOptions brakes;
        brakes.attempts = static_cast<std::uint32_t>(daemon.settings().number("portal.login_attempts"));
        brakes.lock_seconds = seconds("portal.lock_minutes", 60);
        auth::Recorder recorder(daemon.peer_path("audit"));
        auth::Service service(
            daemon.loop(), daemon.state("auth/accounts.toml"), sessions, brakes,
            [&](std::string body) { recorder.record(std::move(body)); }, [&] { return recorder.keeps_up(); });
        TRY(daemon.serve([&](Call call) { service.handle(std::move(call)); }));
        return daemon.run();
    });
}
