// sanitizer: forks its zygote, gives up everything, and hands files to workers.
#include "gateway/daemon/daemon.h"
#include "gateway/sanitizer/conversion.h"
#include "gateway/sanitizer/service.h"
#include "sanitizer/worker/channel.h"
#include "sanitizer/worker/sanitize.h"

using namespace sekisho;

int main(int count, char** values) {
    const std::span<char* const> words(values + 1, static_cast<std::size_t>(count) - 1);
    if (worker::wants_channel(words)) return worker::serve_channel(worker::sanitize_kind, words);
    return run_daemon("sanitizer", count, values, [](Daemon& daemon) -> Result<> {
        const Limits limits = daemon.settings().limits();
        const worker::Options options{static_cast<std::uint32_t>(daemon.settings().number("sanitizer.idle_workers")),
                                      static_cast<std::uint32_t>(daemon.settings().number("sanitizer.parallel")),
                                      limits.seconds, limits.memory, limits.bytes_out};
        sanitizer::Conversion conversion(daemon.loop(), daemon.peer_path("converter"));
        const auto pool = TRY(worker::Pool::start(worker::sanitize_kind, options));
        TRY(daemon.confine());
        TRY(pool->attach(daemon.loop(), [&] { daemon.loop().stop(); }));
        TRY(conversion.keep(*pool));
        sanitizer::Service service(*pool);
        TRY(daemon.serve([&](Call call) { service.handle(std::move(call)); }));
        return daemon.run();
    });
}
