// How soon a file gets its next try.
#include <gtest/gtest.h>

#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class Retry : public testing::Test {
protected:
    Retry() : rig({{"retry_pause", "2000"}, {"attempts", "100"}, {"wait", "20000"}}) {
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
    }
    Rig rig;
    Client internet = rig.portal("internet");
    Person tanaka = person("tanaka");
};

// Its death says nothing about the file: eight of them used to cost more than a minute.
TEST_F(Retry, WhatADeadConveyorHeldIsHandedOutAtOnce) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id);
    const auto started = Clock::now();
    for (std::uint32_t i = 1; i <= 8; ++i) {
        Client dying = rig.conveyor();
        const auto work = lease(dying);
        ASSERT_TRUE(work) << to_line(work.error());
        EXPECT_EQ(work->lease.epoch, i);
    }
    EXPECT_LT(Clock::now() - started, 2s);
    Client conveyor = rig.conveyor();
    ASSERT_TRUE(convey(conveyor, rig.key));
    EXPECT_TRUE(becomes(internet, tanaka, *id, State::delivered));
}

TEST_F(Retry, AFailedStageIsTriedAgainAfterAPauseThatStaysShort) {
    const auto id = send(internet, tanaka, "hello");
    ASSERT_TRUE(id);
    Client conveyor = rig.conveyor();
    auto before = Clock::now();
    for (int i = 0; i < 2; ++i) {
        auto work = lease(conveyor, 20s);
        ASSERT_TRUE(work && work_on(conveyor, *work, rig.key));
        if (i > 0) {
            EXPECT_GE(Clock::now() - before, 1900ms);
        }
        work->complete.receipts.resize(1);
        work->complete.receipts[0].verdict = Verdict::failed;
        work->complete.receipts[0].reason = Reason::scan_failed;
        work->complete.has_ticket = false;
        before = Clock::now();
        ASSERT_TRUE(complete(conveyor, *work));
    }
}

} // namespace
} // namespace sekisho::tests
