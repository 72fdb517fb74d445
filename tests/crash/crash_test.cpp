// Processes die at random under load. What was accepted arrives once and whole, and everybody's books agree.
#include <csignal>
#include <cstdlib>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/crash/checks.h"

namespace sekisho::crash {
namespace {

using namespace std::chrono_literals;

constexpr unsigned usual_rounds = 200;
constexpr std::chrono::seconds settle_patience{120};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// Sets `too_late` after a while, unless it goes before.
class Alarm {
public:
    Alarm(std::atomic<bool>& too_late, std::chrono::seconds patience)
        : m_thread([this, &too_late, patience] {
              const auto deadline = std::chrono::steady_clock::now() + patience;
              while (!m_ended && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(20ms);
              if (!m_ended) too_late = true;
          }) {}
    ~Alarm() {
        m_ended = true;
        m_thread.join();
    }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

private:
    std::atomic<bool> m_ended{false};
    std::thread m_thread;
};

class Crash : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root";
        std::signal(SIGPIPE, SIG_IGN); // connections break here
    }
    void TearDown() override {
        if (!HasFailure() || !m_rig) return;
        m_rig->keep();
        fmt::print("kept {}\n{}\n", m_rig->ground().root, m_rig->last_words());
    }
    std::unique_ptr<Rig> m_rig;
};

void print_killed(const std::map<std::string, unsigned>& killed) {
    for (const auto& [kind, count] : killed) fmt::print("  {:>6} {} killed\n", count, kind);
    std::fflush(stdout);
}

// The load, the killing, and the time that everything gets to settle. Returns how things stand then.
Picture run_under_fire(Stage& stage, unsigned rounds) {
    std::vector<std::thread> senders;
    std::vector<std::thread> fetchers;
    for (unsigned i = 0; i < sender_count; ++i) senders.emplace_back([&stage, i] { run_sender(stage, i); });
    for (const char* account : accounts) fetchers.emplace_back([&stage, account] { run_fetcher(stage, account); });
    print_killed(run_killer(stage, rounds));
    stage.no_more = true;
    const auto stopped = std::chrono::steady_clock::now();
    const Alarm alarm(stage.too_late, settle_patience);
    for (std::thread& sender : senders) sender.join();
    const Picture picture = settled_picture(stage);
    stage.all_there = true;
    for (std::thread& fetcher : fetchers) fetcher.join();
    await_log(stage, picture);
    EXPECT_FALSE(stage.too_late) << "not settled after " << settle_patience.count() << " s";
    const auto passed = std::chrono::steady_clock::now() - stopped;
    fmt::print("  settled after {} ms\n", std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
    return picture;
}

TEST_F(Crash, NothingIsLostAndNothingArrivesTwice) {
    const auto seed = number_from("SEKISHO_CRASH_SEED", std::random_device()());
    const auto rounds = static_cast<unsigned>(number_from("SEKISHO_CRASH_ROUNDS", usual_rounds));
    fmt::print("SEKISHO_CRASH_SEED={} SEKISHO_CRASH_ROUNDS={}\n", seed, rounds);
    std::fflush(stdout);
    m_rig = std::make_unique<Rig>();
    m_rig->start();
    ASSERT_TRUE(m_rig->becomes_ready());
    Stage stage{*m_rig, seed, {}};
    const Picture before = run_under_fire(stage, rounds);
    EXPECT_GT(stage.book.fetched().size(), rounds / 10);
    expect_nothing_lost(stage, before);
    expect_inboxes_match(stage, before);
    expect_receipts_hold(stage);
    for (const std::string& surprise : stage.book.surprises()) ADD_FAILURE() << surprise;
    EXPECT_TRUE(m_rig->stop());

    m_rig->start();
    ASSERT_TRUE(m_rig->becomes_ready());
    // Everything is fetched once more: 20 a second at the worst.
    const std::chrono::seconds fetching(stage.book.fetched().size() / 20);
    const Alarm alarm(stage.too_late, settle_patience + fetching);
    EXPECT_EQ(picture(stage), before);
    expect_inboxes_match(stage, before);
    expect_same_content(stage);
    EXPECT_TRUE(m_rig->stop());
    expect_folders_match(*m_rig, before);
    expect_log_holds(*m_rig, before);
}

} // namespace
} // namespace sekisho::crash
