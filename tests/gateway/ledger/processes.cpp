// The processes that a rig starts: this test program again, told by its first argument what to be.
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gateway/ledger/ledger.h"
#include "gateway/release/service.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {

namespace {

std::uint64_t setting(const Settings& settings, const std::string& name, std::uint64_t fallback) {
    const auto found = settings.find(name);
    return found == settings.end() ? fallback : std::stoull(found->second);
}

Result<> run_ledger(const std::string& root, const Settings& settings) {
    Loop loop = TRY(Loop::create());
    ledger::Options options;
    options.spool = root + "/ledger";
    options.journal = root + "/journal.sqlite";
    options.staging = root + "/staging";
    options.egress = root + "/egress";
    options.audit_socket = root + "/run/audit.sock";
    options.release_socket = root + "/run/release.sock";
    options.reserve_bytes = setting(settings, "reserve", 1 << 20);
    options.pipe_idle = std::chrono::milliseconds(setting(settings, "pipe_idle", 10'000));
    options.wait_longest = std::chrono::milliseconds(setting(settings, "wait", 2'000));
    options.audit_patience = std::chrono::milliseconds(setting(settings, "audit_patience", 3000));
    options.retry_pause = std::chrono::milliseconds(setting(settings, "retry_pause", 50));
    options.longest_pause = 4 * options.retry_pause;
    options.tick = std::chrono::milliseconds(50);
    options.lease = std::chrono::milliseconds(setting(settings, "lease", 180'000));
    options.conveyor_attempts = static_cast<std::uint32_t>(setting(settings, "attempts", 3));
    const std::int64_t shift = static_cast<std::int64_t>(setting(settings, "hours_later", 0)) * 3'600'000;
    // "clock": the test moves the time while the ledger runs, by the hours in a file.
    const bool moves = settings.contains("clock");
    options.now = [shift, moves, path = root + "/clock"] {
        std::int64_t hours = 0;
        if (moves) std::ifstream(path) >> hours;
        return ledger::milliseconds_now() + shift + hours * 3'600'000;
    };
    options.signers = root + "/signers";
    options.signers_owner = getuid();
    auto ledger = TRY(ledger::Ledger::open(loop, options));
    const std::vector<std::pair<std::string, std::string>> peers{{"portal-internet", "portal@internet"},
                                                                 {"portal-lgwan", "portal@lgwan"},
                                                                 {"portal-mynumber", "portal@mynumber"},
                                                                 {"conveyor", "conveyor"},
                                                                 {"stranger", "scanner"},
                                                                 {"operator", "operator"}};
    std::vector<std::unique_ptr<Server>> servers;
    for (const auto& [name, process] : peers)
        servers.push_back(
            TRY(Server::create(loop, TRY(listen_at(root + "/run/" + name + ".sock", 0600)), {{getuid(), process}},
                               [&](Call call) { ledger->handle(std::move(call)); })));
    for (auto& server : servers) server->when_closed([&] { ledger->peer_closed(); });
    return loop.run();
}

Result<> run_release(const std::string& root, const std::string& public_key) {
    Loop loop = TRY(Loop::create());
    release::Options options{root + "/staging", root + "/egress", {}};
    const Bytes key = TRY(from_hex(public_key));
    std::copy(key.begin(), key.end(), options.verifier.begin());
    const release::Service service(options);
    auto server = TRY(Server::create(loop, TRY(listen_at(root + "/run/release.sock", 0600)), {{getuid(), "ledger"}},
                                     [&](const Call& call) { service.handle(call); }));
    return loop.run();
}

} // namespace

std::optional<int> run_as_process(int count, char** values) {
    if (count < 3) return std::nullopt;
    const std::string what = values[1];
    if (what != "--ledger" && what != "--release") return std::nullopt;
    Settings settings;
    for (int i = 3; i < count; ++i) {
        const std::string text = values[i];
        const std::size_t sign = text.find('=');
        settings[text.substr(0, sign)] = sign == std::string::npos ? "" : text.substr(sign + 1);
    }
    const auto outcome = what == "--ledger" ? run_ledger(values[2], settings) : run_release(values[2], values[3]);
    if (!outcome) fmt::print(stderr, "{}\n", to_line(outcome.error()));
    return outcome ? 0 : 1;
}

} // namespace sekisho::tests

int main(int count, char** values) {
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 1;
    if (const auto status = sekisho::tests::run_as_process(count, values)) return *status;
    testing::InitGoogleTest(&count, values);
    return RUN_ALL_TESTS();
}
