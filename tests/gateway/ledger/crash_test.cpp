// Dying at every bad moment: what was acknowledged is there afterwards, once, and nothing half.
#include <thread>

#include <gtest/gtest.h>

#include "gateway/ledger/journal.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

using namespace std::chrono_literals;

struct Sent {
    TransferId id;
    bool large; // a file of the spool; small content lives in the journal
};

std::string content_of(const Sent& sent) {
    return "content of " + to_text(sent.id) + std::string(sent.large ? 100'000 : 0, '.');
}

// One transfer as far as it gets; `acknowledged` gets what was promised to be durable.
void push_one(Rig& rig, bool large, std::vector<Sent>& acknowledged) {
    Client internet = rig.portal("internet");
    const Person tanaka = person("tanaka");
    const auto created = create(internet, tanaka, content_of({{}, large}).size());
    if (!created) return;
    const Sent sent{created->id, large};
    const auto state = append(internet, tanaka, sent.id, 0, content_of(sent));
    if (state && state->complete) acknowledged.push_back(sent);
}

// Everything that was acknowledged arrives, once and whole; nothing else does.
void expect_all_delivered(Rig& rig, const std::vector<Sent>& acknowledged) {
    Client internet = rig.portal("internet");
    Client lgwan = rig.portal("lgwan");
    const Person tanaka = person("tanaka");
    // All the while: a transfer that is tried again comes back after a pause.
    const std::jthread conveying([&](const std::stop_token& stopping) {
        Client conveyor = rig.conveyor();
        while (!stopping.stop_requested()) static_cast<void>(convey(conveyor, rig.key));
    });
    for (const Sent& sent : acknowledged) {
        ASSERT_TRUE(becomes(internet, tanaka, sent.id, State::delivered)) << to_text(sent.id);
        EXPECT_EQ(fetch(lgwan, tanaka, sent.id).value_or("nothing"), "clean:" + content_of(sent));
        EXPECT_TRUE(rig.audit->gets("transfer.decided", sent.id));
    }
    const auto inbox = lgwan.call<ledger::TransferList>(ledger::ListTransfers{tanaka, ledger::Box::inbox});
    ASSERT_TRUE(inbox);
    for (const auto& one : inbox->transfers) EXPECT_TRUE(fetch(lgwan, tanaka, one.id)) << to_text(one.id);
    for (const auto& entry : std::filesystem::directory_iterator(rig.path("egress/lgwan"))) {
        const auto id = transfer_id_of(entry.path().filename().string());
        ASSERT_TRUE(id);
        EXPECT_EQ(detail(internet, tanaka, *id)->summary.state, State::delivered);
    }
    for (const char* folder : {"staging", "ledger/input"}) { // emptied after the commit that delivers
        for (int i = 0; i < 500 && !std::filesystem::is_empty(rig.path(folder)); ++i) std::this_thread::sleep_for(20ms);
        EXPECT_TRUE(std::filesystem::is_empty(rig.path(folder))) << folder;
    }
}

#ifdef SEKISHO_FAULT_POINTS

class FaultPoint : public testing::TestWithParam<const char*> {};

TEST_P(FaultPoint, LosesNothingAndShowsNothingHalf) {
    const std::string point = GetParam();
    const bool of_release = point.starts_with("release.");
    Rig rig(Settings{{"wait", "300"}});
    rig.start_release(of_release ? point : "");
    rig.start_ledger(of_release ? "" : point);
    std::vector<Sent> acknowledged;
    std::atomic<bool> stopping = false;
    std::thread conveying([&] {
        while (!stopping) {
            Client conveyor = rig.conveyor();
            if (!convey(conveyor, rig.key)) std::this_thread::sleep_for(10ms);
        }
    });
    Process& dying = of_release ? *rig.release : *rig.ledger;
    for (int i = 0; i < 60 && dying.running(); ++i) {
        push_one(rig, i % 2 == 0, acknowledged);
        std::this_thread::sleep_for(10ms);
    }
    for (int i = 0; i < 150 && dying.running(); ++i) std::this_thread::sleep_for(20ms);
    stopping = true;
    conveying.join();
    ASSERT_FALSE(dying.running()) << "the point was not reached";
    ASSERT_EQ(dying.wait(), 137);
    if (of_release) rig.start_release();
    rig.start_ledger(); // replaces one that still runs
    rig.wait_until_accepting();
    expect_all_delivered(rig, acknowledged);
}

INSTANTIATE_TEST_SUITE_P(All, FaultPoint,
                         testing::Values("ledger.before-commit:3", "ledger.after-commit:3", "ledger.after-answer:4",
                                         "ledger.after-open", "ledger.before-content-sync", "ledger.after-content-sync",
                                         "ledger.after-content-sync:2", "ledger.after-folder-sync",
                                         "ledger.before-take-in", "ledger.after-take-in", "ledger.after-remove",
                                         "ledger.before-audit:3", "ledger.after-audit:3", "ledger.before-release",
                                         "ledger.after-release", "ledger.in-recovery", "ledger.before-commit:8",
                                         "ledger.after-commit:8", "release.after-check", "release.before-move",
                                         "release.after-move", "release.after-sync", "release.before-answer"));

#else

TEST(FaultPoint, NeedsTheBuildOption) {
    GTEST_SKIP() << "configured without -DSEKISHO_FAULT_POINTS=ON";
}

#endif

TEST(Crash, KilledAgainAndAgainUnderLoad) {
    const int rounds = std::getenv("SEKISHO_CRASH_ROUNDS") ? std::atoi(std::getenv("SEKISHO_CRASH_ROUNDS")) : 50;
    Rig rig(Settings{{"wait", "300"}, {"attempts", "100"}});
    rig.start_release();
    rig.start_ledger();
    rig.wait_until_accepting();
    std::mutex lock;
    std::vector<Sent> acknowledged;
    std::atomic<bool> stopping = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, large = i % 2 == 0] {
            while (!stopping) {
                std::vector<Sent> mine;
                push_one(rig, large, mine);
                const std::lock_guard guard(lock);
                acknowledged.insert(acknowledged.end(), mine.begin(), mine.end());
                if (mine.empty()) std::this_thread::sleep_for(2ms);
            }
        });
    threads.emplace_back([&] {
        while (!stopping) {
            Client conveyor = rig.conveyor();
            for (int i = 0; i < 3; ++i)
                if (!convey(conveyor, rig.key)) std::this_thread::sleep_for(2ms);
        }
    });
    for (int round = 0; round < rounds; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + (round * 37) % 60));
        rig.ledger->kill();
        rig.start_ledger();
    }
    stopping = true;
    for (std::thread& thread : threads) thread.join();
    rig.wait_until_accepting();
    EXPECT_GT(acknowledged.size(), 10U);
    expect_all_delivered(rig, acknowledged);
}

// Files per second; only measured when asked for, because the disk is shared.
TEST(Rate, OfSmallDurableFiles) {
    if (!std::getenv("SEKISHO_RATE")) GTEST_SKIP() << "set SEKISHO_RATE to measure";
    Rig rig(Settings{{"audit_patience", "5000"}});
    rig.start_release();
    rig.start_ledger();
    rig.wait_until_accepting();
    const int senders = std::atoi(std::getenv("SEKISHO_RATE"));
    std::atomic<int> count = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> threads;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < senders; ++i)
        threads.emplace_back([&, i] {
            Client internet = rig.portal("internet");
            const Person sender = person("p" + std::to_string(i));
            const std::string content(10 * 1024, 'x');
            while (std::chrono::steady_clock::now() - begin < 5s) {
                const auto created = create(internet, sender, content.size());
                if (!created) {
                    ++refused;
                    std::this_thread::sleep_for(10ms);
                    continue;
                }
                auto pipe = *make_pipe(); // 10 KB fit into a pipe: no thread is needed
                static_cast<void>(write_all(pipe.write_end, as_view(content)));
                pipe.write_end.close();
                const int read_end = pipe.read_end.get();
                const auto state = internet.call<ledger::UploadState>(
                    ledger::AppendUpload{sender, created->id, 0, ledger::Checksum::none, {}}, {&read_end, 1});
                count += state && state->complete;
            }
        });
    for (std::thread& thread : threads) thread.join();
    printf("%d senders: %d durable files of 10 KB per second, %d refused\n", senders, count / 5, refused.load());
}

} // namespace
} // namespace sekisho::tests
