// verifier: forks its zygote, only then reads its key, gives up everything, and signs what a worker found harmless.
#include "gateway/daemon/daemon.h"
#include "gateway/verifier/service.h"
#include "sanitizer/worker/channel.h"
#include "sanitizer/worker/verify.h"

using namespace sekisho;

int main(int count, char** values) {
    const std::span<char* const> words(values + 1, static_cast<std::size_t>(count) - 1);
    if (worker::wants_channel(words)) return worker::serve_channel(worker::verify_kind, words);
    return run_daemon("verifier", count, values, [](Daemon& daemon) -> Result<> {
        const Settings& settings = daemon.settings();
        const Limits limits = settings.limits();
        const worker::Options options{static_cast<std::uint32_t>(settings.number("verifier.idle_workers")),
                                      static_cast<std::uint32_t>(settings.number("verifier.parallel")), limits.seconds,
                                      limits.memory, limits.bytes_out};
        const auto pool = TRY(worker::Pool::start(worker::verify_kind, options));
        auto key = TRY(SigningKey::from_seed(TRY(daemon.read_key())));
        TRY(daemon.confine());
        TRY(pool->attach(daemon.loop(), [&] { daemon.loop().stop(); }));
        const auto ticket_seconds = static_cast<std::int64_t>(settings.number("verifier.ticket_hours")) * 3600;
        verifier::Service service(*pool, std::move(key), ticket_seconds);
        TRY(daemon.serve([&](Call call) { service.handle(std::move(call)); }));
        return daemon.run();
    });
}
