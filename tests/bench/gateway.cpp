// `bench_gateway PROGRAMS SHARE SAMPLES VARIANTS STATE PORT [rate|durable]`: starts a gateway of its own below STATE and
// measures it. With "rate" only what small files cost each process, with "durable" only how fast they become durable, for
// comparing two builds in turns.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/cli/policy/signing.h"
#include "tests/bench/crossing.h"

using namespace sekisho;
using namespace sekisho::bench;

namespace {

pid_t start_gateway(const std::string& programs, const std::string& settings) {
    const pid_t process = fork();
    if (process != 0) return process;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    const std::string program = programs + "/sekisho";
    execl(program.c_str(), program.c_str(), "up", "--settings", settings.c_str(), nullptr);
    _exit(127);
}

Result<Session> log_in_when_ready(const cli::DemoGround& ground) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (;;) {
        auto session = log_in(ground, "internet");
        if (session || std::chrono::steady_clock::now() > deadline) return session;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Result<> measure_rates(Scene& scene) {
    TRY(measure_rate(scene, 1, 600));
    TRY(measure_rate(scene, 8, 600));
    return measure_rate(scene, 64, 1200);
}

Result<> measure(Scene& scene, std::string_view part) {
    scene.session = TRY(log_in_when_ready(scene.ground));
    TRY(cli::activate_for_demonstration(scene.ground.settings, scene.ground.policy()));
    if (part == "rate") return measure_rates(scene);
    if (part == "durable") return measure_durable(scene);
    TRY(measure_latency(scene, 20)); // warms everything up; printed, too
    TRY(measure_samples(scene));
    TRY(measure_latency(scene, 100));
    fmt::print("\n10 KB texts, connections kept, from the first byte until all are deliverable\n");
    TRY(measure_rate(scene, 1, 200));
    TRY(measure_rate(scene, 8, 800));
    TRY(measure_rate(scene, 64, 1600));
    print_memory(scene);
    return measure_durable(scene);
}

} // namespace

int main(int count, char** words) {
    const std::string_view part = count == 8 ? words[7] : "";
    if (count != 7 && part != "rate" && part != "durable") return 2;
    setvbuf(stdout, nullptr, _IOLBF, 0);
    Scene scene;
    const auto ground = cli::prepare_ground(words[5], words[2], static_cast<unsigned>(std::atoi(words[6])));
    if (!ground) return fmt::print(stderr, "{}\n", to_line(ground.error())), 1;
    scene.ground = *ground;
    scene.samples = words[3];
    scene.variants = static_cast<unsigned>(std::atoi(words[4]));
    scene.launcher = start_gateway(words[1], scene.ground.settings);
    const auto measured = measure(scene, part);
    if (!measured) fmt::print(stderr, "{}\n", to_line(measured.error()));
    if (const pid_t conveyor = find_process(scene.launcher, "conveyor", "")) kill(conveyor, SIGCONT);
    kill(scene.launcher, SIGTERM);
    waitpid(scene.launcher, nullptr, 0);
    return measured ? 0 : 1;
}
