#include "gateway/daemon/daemon.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/daemon/events.h"
#include "gateway/daemon/passed.h"

using namespace sekisho;

namespace {

// The exit status of a child that does this; the standard error goes to a file.
int in_child(const std::string& errors, const std::function<int()>& body) {
    const pid_t child = fork();
    if (child == 0) {
        const int file = open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, STDERR_FILENO);
        dup2(file, STDOUT_FILENO);
        _exit(body());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

class DaemonTest : public testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/daemon-XXXXXX";
        ASSERT_NE(mkdtemp(name), nullptr);
        m_folder = name;
        std::filesystem::create_directories(m_folder + "/state/audit");
        std::ofstream(m_folder + "/s.toml") << fmt::format(
            "state.directory=\"{0}/state\"\nrun.directory=\"{0}/run\"\n"
            "[[zone]]\nname=\"internet\"\naddress=\"127.0.0.1\"\n[[zone]]\nname=\"lgwan\"\naddress=\"127.0.0.2\"\n",
            m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    int run(std::vector<std::string> words, const std::function<Result<>(Daemon&)>& body, const char* name = "audit") {
        return in_child(m_folder + "/errors", [&] {
            words.insert(words.begin(), "sekisho-test");
            std::vector<char*> values;
            for (std::string& word : words) values.push_back(word.data());
            return run_daemon(name, static_cast<int>(values.size()), values.data(), body);
        });
    }
    std::string errors() const {
        std::ifstream file(m_folder + "/errors");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string m_folder;
};

const auto nothing = [](Daemon&) -> Result<> { return {}; };

} // namespace

TEST_F(DaemonTest, SaysWhatIsWrongWithItsFlagsAndSettings) {
    EXPECT_EQ(run({}, nothing), 2);
    EXPECT_EQ(run({"--verbose"}, nothing), 2);
    EXPECT_NE(errors().find("--verbose"), std::string::npos);
    EXPECT_EQ(run({"--settings"}, nothing), 2);
    std::ofstream(m_folder + "/bad.toml") << "[ledgre]\n";
    EXPECT_EQ(run({"--settings", m_folder + "/bad.toml"}, nothing), 3);
    EXPECT_NE(errors().find("bad.toml:1:2"), std::string::npos);
    EXPECT_EQ(run({"--settings", m_folder + "/s.toml", "--zone", "lgwan"}, nothing), 1);
    EXPECT_EQ(run({"--settings", m_folder + "/s.toml"}, nothing, "portal"), 1);
    EXPECT_EQ(run({"--settings", m_folder + "/s.toml", "--zone", "nowhere"}, nothing, "portal"), 1);
    EXPECT_EQ(run({"--settings", m_folder + "/s.toml", "--zone", "lgwan"}, nothing, "portal"), 0);
}

TEST_F(DaemonTest, DoesNotServeWithoutASocketOfItsLauncher) {
    EXPECT_EQ(
        run({"--settings", m_folder + "/s.toml"}, [](Daemon& daemon) -> Result<> { return daemon.serve([](Call) {}); }),
        1);
    EXPECT_NE(errors().find("daemon.socket"), std::string::npos);
}

TEST_F(DaemonTest, TakesSocketsByNameOnlyIfTheyAreMeantForIt) {
    const auto take = [&](const std::string& process, const char* count, const char* names) {
        return in_child(m_folder + "/errors", [&] {
            const Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET, 0));
            if (dup2(socket.get(), 3) < 0 || dup2(socket.get(), 4) < 0) return 90;
            setenv("LISTEN_PID", process == "self" ? std::to_string(getpid()).c_str() : process.c_str(), 1);
            setenv("LISTEN_FDS", count, 1);
            setenv("LISTEN_FDNAMES", names, 1);
            auto taken = take_passed_sockets();
            if (!taken) return 91;
            if (getenv("LISTEN_FDS")) return 92;
            for (const auto& [name, descriptor] : *taken)
                if ((fcntl(descriptor.get(), F_GETFD) & FD_CLOEXEC) == 0) return 93;
            return taken->contains("tls") ? 10 + static_cast<int>(taken->size()) : static_cast<int>(taken->size());
        });
    };
    EXPECT_EQ(take("self", "2", "socket:tls"), 12);
    EXPECT_EQ(take("self", "1", ""), 1);
    EXPECT_EQ(take("1", "2", "socket:tls"), 0);
    EXPECT_EQ(take("self", "2", "same:same"), 91);
    EXPECT_EQ(take("self", "-1", ""), 91);
    EXPECT_EQ(take("self", "99", ""), 91);
}

TEST_F(DaemonTest, IsConfinedByItsRow) {
    EXPECT_EQ(run({"--settings", m_folder + "/s.toml"},
                  [this](Daemon& daemon) -> Result<> {
                      TRY(daemon.confine());
                      if (open("/etc/passwd", O_RDONLY) >= 0) return fail("test", "read a file that is not its own");
                      if (open((m_folder + "/state/audit/x").c_str(), O_WRONLY | O_CREAT, 0600) < 0)
                          return fail("test", "could not write its own file");
                      socket(AF_INET, SOCK_STREAM, 0);
                      return {};
                  }),
              -SIGSYS)
        << errors();
}

TEST(DaemonEvents, LinesCannotBeForged) {
    EXPECT_EQ(event_line(DaemonEvent::process_died, {{"process", "portal@lgwan"}, {"how", "signal 9"}}),
              "process.died process=portal@lgwan how=\"signal 9\"");
    EXPECT_EQ(event_line(DaemonEvent::daemon_failed, {{"message", "a\nb \"c\" \x1b[31m"}}),
              "daemon.failed message=\"a\\x0ab \\\"c\\\" \\x1b[31m\"");
    EXPECT_EQ(event_line(DaemonEvent::daemon_ready, {{"process", ""}}), "daemon.ready");
    for (const EventRow& row : all_daemon_events()) EXPECT_FALSE(row.japanese.empty()) << row.name;
}

TEST_F(DaemonTest, AThreadThatCannotBeMadeEndsItWithTheReason) {
    if (getuid() != 0) GTEST_SKIP() << "root has no limit of processes: needs to become somebody else";
    const int status = run({"--settings", m_folder + "/s.toml"}, [](Daemon&) -> Result<> {
        constexpr uid_t nobody_else = 54321; // a user with no other process
        const rlimit one_process{1, 1};
        if (setrlimit(RLIMIT_NPROC, &one_process) != 0 || setuid(nobody_else) != 0) std::abort();
        std::thread([] {}).join();
        return {};
    });
    EXPECT_EQ(status, 1);
    EXPECT_NE(errors().find("daemon.threads"), std::string::npos) << errors();
    EXPECT_NE(errors().find("End other gateways"), std::string::npos) << "what to do next";
}
