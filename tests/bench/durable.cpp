// How fast small uploads become durable: through TLS, and at the ledger's own socket, where nothing else is in the way.
#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/ipc/client.h"
#include "gateway/protocol/ledger.h"
#include "tests/bench/crossing.h"
#include "tests/bench/disk.h"

namespace sekisho::bench {

namespace {

using Clock = std::chrono::steady_clock;

Person sender() {
    return {"tanaka", "p-0001", "田中 太郎", {"tax"}};
}

Result<> upload(Client& ledger, const Bytes& content) {
    ledger::CreateUpload create;
    create.sender = sender();
    create.zone_to = "lgwan";
    create.name = "本文.txt";
    create.size = content.size();
    const auto begun = TRY(ledger.call<ledger::UploadState>(create));
    Pipe pipe = TRY(make_pipe());
    TRY(write_all(pipe.write_end, content)); // fits into the pipe
    pipe.write_end.close();
    ledger::AppendUpload append;
    append.sender = sender();
    append.id = begun.id;
    const int end = pipe.read_end.get();
    const auto stored = TRY(ledger.call<ledger::UploadState>(append, std::span(&end, 1)));
    if (!stored.complete) return fail("bench.upload", "an upload is not complete");
    return {};
}

// Each thread is the sending zone's portal to the ledger.
Result<double> ledger_rate(const std::string& socket, pid_t portal, unsigned senders, unsigned files) {
    std::atomic<unsigned> next = 0;
    std::mutex lock;
    std::string failure;
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < senders; ++i)
            threads.emplace_back([&] {
                Result<> outcome;
                Client client(socket);
                if (!become(portal)) outcome = fail_errno("bench.identity", "become the portal");
                for (unsigned number = next++; outcome && number < files; number = next++)
                    outcome = upload(client, small_text(number));
                const std::lock_guard guard(lock);
                if (!outcome) failure = to_line(outcome.error());
            });
    }
    const std::chrono::duration<double> passed = Clock::now() - start;
    if (!failure.empty()) return fail("bench.send", failure);
    return files / passed.count();
}

} // namespace

Result<> measure_durable(const Scene& scene) {
    const pid_t conveyor = find_process(scene.launcher, "conveyor", "");
    const pid_t portal = find_process(scene.launcher, "portal", "internet");
    if (conveyor == 0 || portal == 0) return fail("bench.process", "a process of the gateway is missing");
    kill(conveyor, SIGSTOP); // accepting alone is measured
    fmt::print("\n10 KB, durable, files/s (nothing is processed meanwhile)\n");
    fmt::print("{:<44} {:>8} {:>12}\n", "", "files/s", "of the disk");
    for (const unsigned senders : {1U, 4U, 16U, 64U}) {
        const double disk = durable_rate(scene.ground.root, senders, 2000);
        const Census before = take_census(scene.launcher);
        const double rate =
            TRY(ledger_rate(scene.ground.root + "/run/ledger.sock", portal, senders, senders == 1 ? 300 : 1500));
        const auto used = used_between(before, take_census(scene.launcher));
        fmt::print("{:<44} {:>8.0f}\n", fmt::format("  disk: create+fsync+rename+fsync, {} threads", senders), disk);
        fmt::print("{:<44} {:>8.0f} {:>12.2f}   CPU ms a file: ledger {:.2f} audit {:.2f}\n",
                   fmt::format("  ledger, {} senders", senders), rate, rate / disk,
                   used.at("ledger") * 1000 / (senders == 1 ? 300 : 1500),
                   used.at("audit") * 1000 / (senders == 1 ? 300 : 1500));
    }
    return {};
}

} // namespace sekisho::bench
