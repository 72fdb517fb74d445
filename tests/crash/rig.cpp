#include "tests/crash/rig.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/launch/launch.h"
#include "gateway/launch/process_facts.h"

namespace sekisho::crash {

namespace {

using namespace std::chrono_literals;

constexpr unsigned zone_count = 3;

bool is_free(unsigned port) {
    const Descriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    return bind(listener.get(), generic, sizeof(address)) == 0;
}

// Below the ports that the kernel gives to connections.
unsigned free_ports() {
    const unsigned start = 12'000 + static_cast<unsigned>(getpid()) % 15'000;
    for (unsigned first = start; first < start + 3'000; first += zone_count)
        if (is_free(first) && is_free(first + 1) && is_free(first + 2)) return first;
    bug("no free ports");
}

boost::json::value status_of(const std::string& path) {
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    boost::system::error_code broken;
    auto value = boost::json::parse(text, broken);
    return broken ? boost::json::value() : value;
}

bool has_word(const launch::ProcessFacts& facts, const std::string& word) {
    return std::ranges::find(facts.words, word) != facts.words.end();
}

} // namespace

Rig::Rig() {
    std::string folder = std::filesystem::temp_directory_path().string() + "/sekisho-crash-XXXXXX";
    if (!mkdtemp(folder.data()) || chmod(folder.c_str(), 0755) != 0) bug("no temporary folder");
    auto ground = cli::prepare_ground(folder, SEKISHO_SOURCE_DIR, free_ports());
    if (!ground) bug(to_line(ground.error()));
    m_ground = *ground;
    // So many tries that a file fails only if something is wrong with more than its luck.
    std::ifstream old(m_ground.settings);
    std::string text{std::istreambuf_iterator<char>(old), {}};
    text.insert(text.find("[[zone]]"), "[conveyor]\nattempts = 50\n");
    std::ofstream(m_ground.settings, std::ios::trunc) << text;
}

Rig::~Rig() {
    stop();
    if (!m_keep) std::filesystem::remove_all(m_ground.root);
}

// In a child of its own; the caller has no threads yet.
void Rig::start() {
    m_launcher = fork();
    if (m_launcher != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    std::signal(SIGPIPE, SIG_DFL);
    const int file = open(path("gateway.log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    launch::Options options;
    options.settings = m_ground.settings;
    options.programs = SEKISHO_BIN_DIR;
    options.longest_pause = 100ms;
    const auto ran = launch::run(options);
    if (!ran) fmt::print(stderr, "{}\n", to_line(ran.error()));
    std::fflush(stderr);
    _exit(ran ? 0 : 1);
}

bool Rig::stop() {
    if (m_launcher <= 0) return false;
    ::kill(m_launcher, SIGTERM);
    int status = 0;
    waitpid(m_launcher, &status, 0);
    m_launcher = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool Rig::is_ready() const {
    const auto status = status_of(path("run/status.json"));
    const auto* object = status.if_object();
    const auto* ready = object ? object->if_contains("ready") : nullptr;
    return ready && ready->is_bool() && ready->as_bool();
}

bool Rig::becomes_ready() const {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!is_ready()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(20ms);
    }
    // Once it is in force it stays, whoever is killed; handing it over again changes nothing.
    return cli::activate_for_demonstration(m_ground.settings, m_ground.policy()).has_value();
}

std::vector<Victim> Rig::victims() const {
    std::map<int, std::string> posts;
    const auto status = status_of(path("run/status.json"));
    if (!status.is_object()) return {};
    for (const auto& [name, post] : status.at("processes").as_object())
        if (const int process = post.at("pid").to_number<int>(); process != 0) posts[process] = name;
    std::vector<Victim> found;
    for (const launch::ProcessFacts& facts : launch::all_running()) {
        if (!has_word(facts, m_ground.settings)) continue;
        if (const auto post = posts.find(facts.process); post != posts.end()) {
            found.push_back({facts.process, post->second});
        } else if (facts.parent != m_launcher) {
            const bool of_post = posts.contains(facts.parent);
            found.push_back(
                {facts.process, facts.program.substr(facts.program.find('-') + 1) + (of_post ? " zygote" : " worker")});
        }
    }
    return found;
}

bool Rig::kill(const Victim& victim) const {
    const Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, victim.process, 0)));
    if (!handle.valid()) return false;
    // The number may have been given to somebody else since it was read; it cannot after this.
    const auto facts = launch::facts_of(victim.process);
    if (!facts || !has_word(*facts, m_ground.settings)) return false;
    return syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0) == 0;
}

std::string Rig::last_words() const {
    std::ifstream file(path("gateway.log"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return text.substr(text.size() - std::min<std::size_t>(text.size(), 6000));
}

} // namespace sekisho::crash
