// Does a real rsyslog, over TLS, get every record, in order, also when it was away?
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/audit/log.h"
#include "gateway/syslog_forward/forwarder.h"
#include "gateway/syslog_forward/message.h"

namespace sekisho::syslog {

namespace {

namespace fs = std::filesystem;

void run(const std::string& command) {
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

class Rsyslog : public testing::Test {
protected:
    void SetUp() override {
        signal(SIGPIPE, SIG_IGN); // as every daemon does
        root = fs::temp_directory_path() / fmt::format("sekisho-syslog-{}", getpid());
        fs::remove_all(root);
        fs::create_directories(root / "audit");
        fs::create_directories(root / "rsyslog");
        port = 20'000 + getpid() % 10'000;
        run(fmt::format(
            "cd {} && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=collector "
            "-addext subjectAltName=DNS:collector.test -keyout key.pem -out cert.pem 2>/dev/null",
            root.string()));
        std::ofstream(root / "rsyslog.conf") << fmt::format(
            R"(module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
global(workDirectory="{0}/rsyslog" maxMessageSize="32k" DefaultNetstreamDriverCAFile="{0}/cert.pem"
       DefaultNetstreamDriverCertFile="{0}/cert.pem" DefaultNetstreamDriverKeyFile="{0}/key.pem")
input(type="imtcp" port="{1}" address="127.0.0.1")
template(name="whole" type="string" string="%structured-data%%msg%\n")
action(type="omfile" file="{0}/received.log" template="whole" asyncWriting="off" flushOnTXEnd="on")
)",
            root.string(), port);
    }
    void TearDown() override {
        stop();
        fs::remove_all(root);
    }
    void start() {
        process = fork();
        if (process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            const std::string conf = root / "rsyslog.conf";
            const std::string pid = root / "rsyslog.pid";
            execlp("rsyslogd", "rsyslogd", "-n", "-f", conf.c_str(), "-i", pid.c_str(), nullptr);
            _exit(127);
        }
    }
    void stop() {
        if (process <= 0) return;
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
        process = -1;
        fs::remove(root / "rsyslog.pid");
    }
    std::unique_ptr<Collector> collector(const std::string& name = "collector.test") const {
        return *Collector::create({fmt::format("127.0.0.1:{}", port), name, root / "cert.pem", "", ""});
    }
    Forwarder forwarder() const {
        return *Forwarder::create({root / "audit", root / "cursor", "sekisho-test", std::chrono::milliseconds(300)},
                                  collector());
    }
    static void forward(Forwarder& forwarder, std::chrono::milliseconds duration) {
        const auto end = std::chrono::steady_clock::now() + duration;
        while (std::chrono::steady_clock::now() < end) {
            const auto pause = forwarder.step(std::chrono::steady_clock::now());
            std::this_thread::sleep_for(std::min(pause, std::chrono::milliseconds(50)));
        }
    }
    void append(audit::Log& log, std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t number = log.size() + 1;
            const std::vector<audit::NewRecord> one{
                {"ledger", number,
                 fmt::format("{{\"event\":\"transfer.received\",\"name\":\"申請書]\\\"{}.docx\"}}", number)}};
            ASSERT_TRUE(log.append(one, 1'700'000'000'000));
        }
    }
    std::vector<std::uint64_t> received() const {
        std::vector<std::uint64_t> sequences;
        std::ifstream file(root / "received.log");
        for (std::string line; std::getline(file, line);) {
            const std::size_t at = line.find("sequence=\"");
            if (at != std::string::npos) sequences.push_back(std::stoull(line.substr(at + 10)));
        }
        return sequences;
    }
    fs::path root;
    int port = 0;
    pid_t process = -1;
};

// Nothing missing, and whatever is repeated is repeated in order: after removing repeats the numbers only rise by one.
void expect_complete(const std::vector<std::uint64_t>& sequences, std::uint64_t count) {
    std::uint64_t next = 0;
    for (const std::uint64_t sequence : sequences) {
        ASSERT_LE(sequence, next) << "a record was skipped";
        next = std::max(next, sequence + 1);
    }
    EXPECT_EQ(next, count);
}

} // namespace

TEST_F(Rsyslog, GetsEveryRecordInOrder) {
    auto log = *audit::Log::open(root / "audit");
    append(log, 500);
    start();
    auto forward_to = forwarder();
    forward(forward_to, std::chrono::seconds(3));
    expect_complete(received(), 500);
    EXPECT_EQ(received().size(), 500U) << "nothing was lost, so nothing is repeated";
    EXPECT_EQ(forward_to.confirmed().record, 500U);
}

TEST_F(Rsyslog, GetsWhatHappenedWhileItWasAway) {
    auto log = *audit::Log::open(root / "audit");
    append(log, 50);
    start();
    auto first = forwarder();
    forward(first, std::chrono::seconds(2));
    for (int round = 0; round < 3; ++round) {
        stop(); // by SIGKILL, in the middle of whatever it does
        append(log, 100);
        forward(first, std::chrono::milliseconds(200));
        start();
        forward(first, std::chrono::seconds(3));
    }
    expect_complete(received(), 350);
}

TEST_F(Rsyslog, GoesOnWhereItWasAfterARestartOfTheForwarder) {
    auto log = *audit::Log::open(root / "audit");
    append(log, 100);
    start();
    {
        auto first = forwarder();
        forward(first, std::chrono::seconds(2));
    }
    append(log, 20);
    auto second = forwarder();
    EXPECT_EQ(second.confirmed().record, 100U);
    forward(second, std::chrono::seconds(2));
    expect_complete(received(), 120);
    EXPECT_EQ(received().size(), 120U);
}

TEST_F(Rsyslog, ACollectorOfAnotherNameGetsNothing) {
    start();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto other = collector("somebody-else.test");
    const auto connected = other->connect();
    ASSERT_FALSE(connected);
    EXPECT_EQ(connected.error().code, "syslog.untrusted");
}

TEST(SyslogMessage, EscapesWhatWouldEndAParameter) {
    const std::string message = message_of_record(
        R"({"sequence":7,"time":"2026-11-22T00:00:00.000Z","source":"ledger","event":"transfer.decided","name":"a]b\"c\\d"})",
        "box");
    EXPECT_TRUE(message.starts_with(
        "<109>1 2026-11-22T00:00:00.000Z box sekisho - transfer.decided [sekisho@32473 sequence=\"7\""))
        << message;
    EXPECT_NE(message.find(R"(name="a\]b\"c\\d")"), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
}

} // namespace sekisho::syslog
