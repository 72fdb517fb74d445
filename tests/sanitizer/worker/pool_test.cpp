// What can a worker that an attacker has taken over do to its broker, and to the next file?
#include <atomic>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <sys/mman.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/worker/pool.h"

namespace sekisho::worker {

namespace {

constexpr std::uint16_t question_type = 0x7001;
constexpr std::uint16_t answer_type = 0x7002;

int times_worked = 0; // in the worker's own memory: a throw-away worker always sees 0

// The payload says what the worker does, as if hostile content had taken it over.
Bytes misbehave(const Frame& question, const Workplace&) {
    const std::string_view what = as_text(question.payload);
    if (what == "crash") std::abort();
    if (what == "leave") _exit(0);
    if (what == "sleep") std::this_thread::sleep_for(std::chrono::hours(1));
    if (what == "spin")
        for (std::atomic<int> i = 0;;) ++i;
    if (what == "open") return to_bytes(open("/etc/passwd", O_RDONLY) >= 0 ? "opened" : "not opened");
    if (what == "network") return to_bytes(socket(AF_INET, SOCK_STREAM, 0) >= 0 ? "connected" : "not connected");
    if (what == "fork") return to_bytes(fork() >= 0 ? "forked" : "not forked");
    if (what == "execute") {
        void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return to_bytes(page != MAP_FAILED ? "executable" : "not executable");
    }
    if (what == "eat") {
        for (std::size_t eaten = 0; eaten < (4ULL << 30); eaten += 16 << 20)
            std::memset(new char[16 << 20], 1, 16 << 20);
        return to_bytes("ate");
    }
    if (what == "count") return to_bytes(std::to_string(times_worked++));
    if (what == "write") {
        const Bytes block(1 << 20, 'x');
        for (int i = 0; i < 64; ++i)
            if (!write_all(question.descriptors.at(0), block)) return to_bytes("stopped");
        return to_bytes("wrote");
    }
    return question.payload;
}

Bytes ended(Verdict verdict, Reason reason) {
    return to_bytes(std::string(verdict == Verdict::failed ? "failed: " : "") + std::string(row_of(reason).code));
}

const Kind hostile{{"hostile", question_type, answer_type}, nullptr, misbehave, ended};

class WorkerPool : public testing::Test {
protected:
    void SetUp() override {
        signal(SIGPIPE, SIG_IGN);
        Options options;
        options.seconds = 1;
        options.memory = 512ULL << 20;
        pool = *Pool::start(hostile, options);
        loop.emplace(*Loop::create());
        ASSERT_TRUE(pool->attach(*loop, [this] { gone = true; }));
        thread = std::thread([this] { (void)loop->run(); });
    }
    void TearDown() override {
        loop->post([this] { loop->stop(); });
        thread.join();
    }
    std::future<std::string> ask(const std::string& what, std::vector<int> passed = {}) {
        auto promise = std::make_shared<std::promise<std::string>>();
        loop->post([this, promise, what, passed] {
            pool->submit(to_bytes(what), passed, [promise](Result<Frame> frame) {
                promise->set_value(frame ? std::string(as_text(frame->payload)) : frame.error().code);
            });
        });
        return promise->get_future();
    }
    std::unique_ptr<Pool> pool;
    std::optional<Loop> loop;
    std::thread thread;
    std::atomic<bool> gone = false;
};

} // namespace

TEST_F(WorkerPool, AnswersAndThrowsTheWorkerAway) {
    EXPECT_EQ(ask("hello").get(), "hello");
    EXPECT_EQ(ask("count").get(), "0");
    EXPECT_EQ(ask("count").get(), "0") << "a worker was used twice";
}

TEST_F(WorkerPool, ACrashIsAVerdictAndHarmsNobodyElse) {
    auto other = ask("hello");
    EXPECT_EQ(ask("crash").get(), "worker.died");
    EXPECT_EQ(other.get(), "hello");
    EXPECT_EQ(ask("hello").get(), "hello");
}

// Of a process, as /proc tells it.
pid_t parent_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("PPid:")) return std::stoi(line.substr(5));
    return 0;
}

// The workers are three generations below: who waits for the zygote, the zygote, they.
void kill_workers() {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != name.npos) continue;
        const pid_t process = std::stoi(name);
        if (parent_of(parent_of(parent_of(process))) == getpid()) kill(process, SIGKILL);
    }
}

// As the kernel does it when a machine has no memory left: no fault of the file's, or not yet.
TEST_F(WorkerPool, AWorkerThatWasKilledFromOutsideIsAFailure) {
    auto sleeping = ask("sleep");
    ASSERT_EQ(ask("hello").get(), "hello"); // handed out after the other
    kill_workers();
    EXPECT_EQ(sleeping.get(), "failed: worker.died");
    // Idle ones were killed, too. One that takes a question while it dies is the same failure, and is tried again as the
    // gateway does.
    std::string next = ask("hello").get();
    for (unsigned idle = 0; idle < worker::Options{}.idle && next == "failed: worker.died"; ++idle) next = ask("hello").get();
    EXPECT_EQ(next, "hello");
}

TEST_F(WorkerPool, AWorkerThatLeavesWithoutAWordIsDead) {
    EXPECT_EQ(ask("leave").get(), "worker.died");
}

TEST_F(WorkerPool, TimeIsLimitedWhetherItSleepsOrSpins) {
    auto sleeping = ask("sleep");
    auto spinning = ask("spin");
    EXPECT_EQ(sleeping.get(), "limit.seconds");
    const std::string spun = spinning.get();
    // Its processor time ends at the same moment, and then the kernel kills it.
    EXPECT_TRUE(spun == "limit.seconds" || spun.ends_with("worker.died")) << spun;
}

TEST_F(WorkerPool, ForbiddenCallsKillItOrFail) {
    EXPECT_NE(ask("open").get(), "opened");
    EXPECT_EQ(ask("network").get(), "worker.died");
    EXPECT_EQ(ask("fork").get(), "worker.died");
    EXPECT_EQ(ask("execute").get(), "worker.died");
}

TEST_F(WorkerPool, MemoryIsLimited) {
    EXPECT_TRUE(ask("eat").get().ends_with("worker.died"));
}

TEST_F(WorkerPool, MoreQuestionsThanWorkersWaitTheirTurn) {
    std::vector<std::future<std::string>> answers;
    for (int i = 0; i < 50; ++i) answers.push_back(ask("hello " + std::to_string(i)));
    for (int i = 0; i < 50; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)].get(), "hello " + std::to_string(i));
}

TEST_F(WorkerPool, TheOutputEndsWithTheWorkerEvenIfItIsKilledWhileWriting) {
    Pipe pipe = *make_pipe();
    auto answer = ask("write", {pipe.write_end.get()});
    // Nobody reads: the worker blocks on the full pipe until its time is over.
    EXPECT_EQ(answer.get(), "limit.seconds");
    pipe.write_end.close();
    Bytes buffer(1 << 20);
    std::size_t total = 0;
    for (std::size_t count = 1; count > 0; total += count) count = *read_some(pipe.read_end, buffer);
    EXPECT_LT(total, 2U << 20) << "the pipe did not end with the worker";
}

} // namespace sekisho::worker
