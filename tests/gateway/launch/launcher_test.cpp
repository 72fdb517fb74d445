// The launcher with real processes. Needs root.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <grp.h>
#include <set>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/ipc/client.h"
#include "base/ipc/frame.h"
#include "gateway/launch/census.h"
#include "gateway/launch/launch.h"
#include "sanitizer/worker/protocol.h"

using namespace sekisho;
using namespace std::chrono_literals;

namespace {

bool soon(const std::function<bool()>& condition, std::chrono::milliseconds patience = 10s) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        if (condition()) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

class Launcher : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root";
        char name[] = "/tmp/launch-XXXXXX";
        ASSERT_NE(mkdtemp(name), nullptr);
        m_folder = name;
        chmod(name, 0755);
        std::filesystem::create_directories(m_folder + "/programs");
        std::filesystem::create_directories(m_folder + "/policy");
        // The others are not needed here: a program that is missing is tried again and again.
        for (const char* program : {"sekisho-audit", "sekisho-auth", "sekisho-conveyor"})
            std::filesystem::copy_file(std::string(SEKISHO_BIN_DIR) + "/" + program, m_folder + "/programs/" + program);
        std::ofstream(m_folder + "/s.toml")
            << fmt::format("state.directory=\"{0}/state\"\nrun.directory=\"{0}/run\"\npolicy.file=\"{0}/policy/p\"\n"
                           "[[zone]]\nname=\"internet\"\naddress=\"127.0.0.1\"\n[[zone]]\nname=\"lgwan\"\naddress="
                           "\"127.0.0.1\"\nport=444\n",
                           m_folder);
    }
    void TearDown() override {
        if (m_launcher > 0) stop(SIGKILL);
        if (!m_folder.empty()) std::filesystem::remove_all(m_folder);
    }

    // Returns the process id of the launcher; its standard error goes to `log`.
    pid_t start(const char* log = "/log") {
        const pid_t launcher = fork();
        if (launcher == 0) {
            const int file = open((m_folder + log).c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            dup2(file, STDERR_FILENO);
            const auto ran = launch::run({m_folder + "/s.toml", true, m_folder + "/programs"});
            if (!ran) fmt::print(stderr, "{}\n", to_line(ran.error()));
            _exit(ran ? 0 : 1);
        }
        return launcher;
    }
    void start_and_wait() {
        m_launcher = start();
        ASSERT_TRUE(soon([&] { return is_ready("audit") && is_ready("auth") && is_ready("conveyor"); }))
            << text("/log");
    }
    int stop(int signal) {
        kill(m_launcher, signal);
        int status = 0;
        waitpid(m_launcher, &status, 0);
        m_launcher = 0;
        return status;
    }
    std::string text(const std::string& name) const {
        std::ifstream file(m_folder + name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    bool is_ready(const std::string& process) const {
        return status_of(process).find("\"ready\":true") != std::string::npos;
    }
    std::string status_of(const std::string& process) const {
        const std::string all = text("/run/status.json");
        const std::size_t at = all.find("\"" + process + "\":{");
        return at == all.npos ? "" : all.substr(at, all.find('}', at) - at);
    }
    pid_t id_of(const std::string& process) const {
        const std::string status = status_of(process);
        const std::size_t at = status.find("\"pid\":");
        return at == status.npos ? 0 : std::atoi(status.c_str() + at + 6);
    }
    std::size_t running_of_ours() const {
        std::size_t count = 0;
        for (const launch::ProcessFacts& facts : launch::all_running())
            for (const std::string& word : facts.words) count += word == m_folder + "/s.toml" ? 1 : 0;
        return count;
    }
    struct stat status_of_path(const std::string& path) const {
        struct stat status {};
        EXPECT_EQ(lstat((m_folder + path).c_str(), &status), 0) << path;
        return status;
    }

    std::string m_folder;
    pid_t m_launcher = 0;
};

} // namespace

TEST_F(Launcher, WhatRunsEqualsTheTable) {
    start_and_wait();
    const auto settings = Settings::load(m_folder + "/s.toml");
    ASSERT_TRUE(settings);
    unsigned looked_at = 0;
    for (const launch::Counted& counted : launch::take_census(*settings)) {
        if (counted.id == 0) continue;
        ++looked_at;
        for (const launch::Item& item : counted.items)
            EXPECT_TRUE(item.equal) << counted.process << ": " << item.name << " is " << item.found << ", not "
                                    << item.wanted;
    }
    EXPECT_EQ(looked_at, 3U);
    EXPECT_EQ(stop(SIGTERM), 0) << text("/log");
}

// A process that is ready has everything below it confined.
TEST_F(Launcher, ZygotesAndWorkersAreAsConfined) {
    for (const char* program : {"sekisho-sanitizer", "sekisho-verifier"})
        std::filesystem::copy_file(std::string(SEKISHO_BIN_DIR) + "/" + program, m_folder + "/programs/" + program);
    start_and_wait();
    ASSERT_TRUE(soon([&] { return is_ready("sanitizer") && is_ready("verifier"); })) << text("/log");
    const auto settings = Settings::load(m_folder + "/s.toml");
    ASSERT_TRUE(settings);
    for (const launch::Counted& counted : launch::take_census(*settings)) {
        if (counted.process != "sanitizer" && counted.process != "verifier") continue;
        EXPECT_GE(counted.workers, 2U) << counted.process; // who waits, and the zygote
        for (const launch::Item& item : counted.items)
            EXPECT_TRUE(item.equal) << counted.process << ": " << item.name << " is " << item.found << ", not "
                                    << item.wanted;
    }
    stop(SIGTERM);
    EXPECT_TRUE(soon([&] { return running_of_ours() == 0; }));
}

// What the conveyor would get for a document that needs the office suite, by way of both daemons and all workers.
TEST_F(Launcher, ADocumentIsConvertedThroughBothDaemons) {
    if (access(SEKISHO_BIN_DIR "/sekisho-converter-suite.so", R_OK) != 0 ||
        access("/usr/lib/libreoffice/program/libswlo.so", R_OK) != 0)
        GTEST_SKIP() << "LibreOffice is not installed";
    for (const char* program : {"sekisho-sanitizer", "sekisho-converter", "sekisho-converter-suite.so"})
        std::filesystem::copy_file(std::string(SEKISHO_BIN_DIR) + "/" + program, m_folder + "/programs/" + program);
    start_and_wait();
    ASSERT_TRUE(soon([&] { return is_ready("sanitizer") && is_ready("converter"); }, 60s)) << text("/log");
    const auto ask = [&] {
        const Descriptor in = *make_memory_file("in");
        const Descriptor out = *make_memory_file("out");
        EXPECT_TRUE(write_all(in, as_view("{\\rtf1\\ansi A letter.\\par}")));
        const std::array<int, 2> passed{in.get(), out.get()};
        Client client(m_folder + "/run/sanitizer.sock");
        const auto answer =
            client.call<worker::Sanitized>(worker::Sanitize{Level::rebuild, "a.rtf", {}}, passed, nullptr, 60s);
        return answer ? std::string(row_of(answer->type_out).name) + std::string(row_of(answer->reason).code)
                      : to_line(answer.error());
    };
    const auto asked = [&] {
        const ProcessRow& row = *process_row("conveyor");
        const Instance conveyor{&row, nullptr};
        const auto groups = groups_of(row);
        const pid_t child = fork();
        if (child == 0) {
            if (setgroups(groups.size(), groups.data()) != 0 || setgid(conveyor.group_id()) != 0 ||
                setuid(conveyor.user_id()) != 0)
                _exit(2);
            const std::string got = ask();
            if (got != "docx") fmt::print(stderr, "{}\n", got);
            _exit(got == "docx" ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WEXITSTATUS(status);
    };
    EXPECT_EQ(asked(), 0) << text("/log");
    // Its end costs what it was doing, and nothing afterwards.
    const pid_t before = id_of("converter");
    kill(before, SIGKILL);
    ASSERT_TRUE(soon([&] { return id_of("converter") != before && is_ready("converter"); }, 60s)) << text("/log");
    EXPECT_EQ(asked(), 0) << text("/log");
    stop(SIGTERM);
    EXPECT_TRUE(soon([&] { return running_of_ours() == 0; }));
}

// A shell that pretends to be the ledger, started by hand; it starts another program.
TEST_F(Launcher, CensusSeesWhatIsBelowAndShouldNotBe) {
    const std::string program = m_folder + "/programs/sekisho-ledger";
    std::filesystem::copy_file("/bin/sh", program);
    const pid_t stranger = fork();
    if (stranger == 0) {
        const std::string settings = m_folder + "/s.toml";
        execl(program.c_str(), program.c_str(), "-c", "(sleep 20; :) & wait", "sh", "--settings", settings.c_str(),
              nullptr);
        _exit(1);
    }
    const auto settings = Settings::load(m_folder + "/s.toml");
    ASSERT_TRUE(settings);
    std::string found;
    EXPECT_TRUE(soon([&] {
        for (const launch::Counted& counted : launch::take_census(*settings))
            for (const launch::Item& item : counted.items)
                if (counted.id == stranger && item.name == "below" && !item.equal) found = item.found;
        return found == "0 of 1 confined";
    })) << found;
    kill(stranger, SIGKILL);
    waitpid(stranger, nullptr, 0);
}

// A shell that pretends to be the ledger, started by hand.
TEST_F(Launcher, CensusSeesWhatDiffers) {
    const std::string program = m_folder + "/programs/sekisho-ledger";
    std::filesystem::copy_file("/bin/sh", program);
    // It waits for a line that never comes, without a child of its own, which would count too.
    std::array<int, 2> never{};
    ASSERT_EQ(pipe(never.data()), 0);
    const pid_t stranger = fork();
    if (stranger == 0) {
        const std::string settings = m_folder + "/s.toml";
        dup2(never[0], STDIN_FILENO);
        execl(program.c_str(), program.c_str(), "-c", "read line; :", "sh", "--settings", settings.c_str(), nullptr);
        _exit(1);
    }
    const auto settings = Settings::load(m_folder + "/s.toml");
    ASSERT_TRUE(settings);
    std::set<std::string_view> wrong;
    ASSERT_TRUE(soon([&] {
        for (const launch::Counted& counted : launch::take_census(*settings)) {
            if (counted.process != "ledger" || counted.id != stranger) continue;
            for (const launch::Item& item : counted.items)
                if (!item.equal) wrong.insert(item.name);
        }
        return !wrong.empty();
    }));
    kill(stranger, SIGKILL);
    waitpid(stranger, nullptr, 0);
    close(never[0]);
    close(never[1]);
    EXPECT_EQ(wrong, (std::set<std::string_view>{"user", "groups", "network", "system calls", "new privileges",
                                                 "capabilities", "sockets"}));
}

TEST_F(Launcher, FilesBelongToTheirProcesses) {
    start_and_wait();
    const auto settings = Settings::load(m_folder + "/s.toml");
    ASSERT_TRUE(settings);
    const auto user = [&](std::string_view name) { return Instance{process_row(name), nullptr}.user_id(); };
    const auto key = status_of_path("/state/keys/verifier.key");
    EXPECT_EQ(key.st_mode & 07777, 0400U);
    EXPECT_EQ(key.st_uid, user("verifier"));
    EXPECT_EQ(key.st_size, 32);
    EXPECT_EQ(text("/state/keys/verifier.pub").size(), 65U);
    const auto staging = status_of_path("/state/staging");
    EXPECT_EQ(staging.st_mode & 07777, 02770U);
    EXPECT_EQ(staging.st_uid, user("ledger"));
    EXPECT_EQ(staging.st_gid, user("release"));
    const auto tls = status_of_path("/state/tls/lgwan.key");
    EXPECT_EQ(tls.st_mode & 07777, 0400U);
    EXPECT_EQ(tls.st_uid, (Instance{process_row("portal"), settings->zone("lgwan")}.user_id()));
    const auto socket = status_of_path("/run/ledger.sock");
    EXPECT_EQ(socket.st_mode & 07777, 0660U);
    EXPECT_EQ(socket.st_gid, peers_group_id(*process_row("ledger")));
    const std::string before = text("/state/keys/audit.pub");
    stop(SIGINT);
    start_and_wait();
    EXPECT_EQ(text("/state/keys/audit.pub"), before);
}

TEST_F(Launcher, StartsAgainWhatDies) {
    start_and_wait();
    const pid_t before = id_of("audit");
    ASSERT_GT(before, 0);
    ASSERT_EQ(kill(before, SIGKILL), 0);
    ASSERT_TRUE(soon([&] { return id_of("audit") != before && is_ready("audit"); })) << text("/log");
    EXPECT_NE(status_of("audit").find("\"starts\":2"), std::string::npos);
    EXPECT_NE(text("/log").find("process.died process=audit"), std::string::npos);
}

TEST_F(Launcher, ASecondOneSaysWhoHoldsTheDirectory) {
    start_and_wait();
    const pid_t second = start("/second");
    int status = 0;
    waitpid(second, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_NE(text("/second").find(fmt::format("process {} has started", m_launcher)), std::string::npos);
    EXPECT_TRUE(is_ready("audit"));
}

TEST_F(Launcher, NothingSurvivesIt) {
    start_and_wait();
    EXPECT_GE(running_of_ours(), 3U);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(stop(SIGINT), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 6s);
    EXPECT_EQ(running_of_ours(), 0U);
    EXPECT_FALSE(std::filesystem::exists(m_folder + "/run/status.json"));
    start_and_wait();
    stop(SIGKILL);
    EXPECT_TRUE(soon([&] { return running_of_ours() == 0; }));
}

TEST_F(Launcher, OneThatDoesNotEndIsKilled) {
    start_and_wait();
    kill(id_of("auth"), SIGSTOP);
    EXPECT_EQ(stop(SIGTERM), 0);
    EXPECT_EQ(running_of_ours(), 0U);
    EXPECT_NE(text("/log").find("process.killed process=auth"), std::string::npos);
}

// Only the groups of a socket's callers may connect; a caller of another socket may not.
TEST_F(Launcher, SocketsAreForTheirCallersAlone) {
    start_and_wait();
    const auto connects = [&](const char* process, const char* zone, const std::string& socket) {
        const pid_t child = fork();
        if (child == 0) {
            const auto settings = Settings::load(m_folder + "/s.toml");
            const auto instance = instance_of(process, zone, *settings);
            const auto groups = groups_of(*instance->row);
            if (setgroups(groups.size(), groups.data()) != 0 || setgid(instance->group_id()) != 0 ||
                setuid(instance->user_id()) != 0)
                _exit(2);
            _exit(connect_to(m_folder + "/run/" + socket + ".sock") ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WEXITSTATUS(status);
    };
    EXPECT_EQ(connects("portal", "lgwan", "auth"), 0);
    EXPECT_EQ(connects("portal", "lgwan", "audit"), 0);
    EXPECT_EQ(connects("portal", "lgwan", "verifier"), 1);
    EXPECT_EQ(connects("portal", "lgwan", "release"), 1);
    EXPECT_EQ(connects("conveyor", "", "release"), 1);
    EXPECT_EQ(connects("conveyor", "", "verifier"), 0);
    EXPECT_EQ(connects("syslog-forward", "", "audit"), 1);
}
