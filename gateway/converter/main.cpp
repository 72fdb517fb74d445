// converter: forks the zygote that holds the office suite, gives up everything, and hands documents to its workers.
#include "gateway/converter/service.h"
#include "gateway/daemon/daemon.h"
#include "sanitizer/convert/convert.h"
#include "sanitizer/worker/channel.h"

using namespace sekisho;

int main(int count, char** values) {
    const std::span<char* const> words(values + 1, static_cast<std::size_t>(count) - 1);
    if (worker::wants_channel(words))
        return worker::serve_channel(worker::convert_kind, words, worker::Start::when_asked);
    return run_daemon("converter", count, values, [](Daemon& daemon) -> Result<> {
        const Settings& settings = daemon.settings();
        const Limits limits = settings.limits();
        const worker::Options options{static_cast<std::uint32_t>(settings.number("converter.idle_workers")),
                                      static_cast<std::uint32_t>(settings.number("converter.parallel")),
                                      worker::convert_seconds(limits.seconds), worker::convert_memory,
                                      limits.bytes_out};
        const auto pool = TRY(worker::Pool::start(worker::convert_kind, options));
        TRY(daemon.confine());
        TRY(pool->attach(daemon.loop(), [&] { daemon.loop().stop(); }));
        converter::Service service(*pool);
        TRY(daemon.serve([&](Call call) { service.handle(std::move(call)); }));
        return daemon.run();
    });
}
