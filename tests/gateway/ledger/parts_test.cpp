// A split archive is one transfer, and its receipt names every part.
#include <gtest/gtest.h>

#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

class Parts : public testing::Test {
protected:
    Parts() {
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
    }
    Result<ledger::UploadState> announce(std::uint64_t size, const std::vector<std::uint64_t>& parts) {
        ledger::CreateUpload wanted{tanaka, "lgwan", "", "a.zip", size, "comment"};
        for (const std::uint64_t part : parts) wanted.parts.push_back({part});
        return internet.call<ledger::UploadState>(wanted);
    }
    Result<std::string> receipt_of(const TransferId& id) {
        std::vector<Descriptor> received;
        Client lgwan = rig.portal("lgwan");
        const auto receipt = TRY(lgwan.call<ledger::Receipt>(ledger::GetReceipt{tanaka, id}, {}, &received));
        Bytes bytes(receipt.size);
        TRY(read_at(received.at(0), 0, bytes));
        return std::string(as_text(bytes));
    }
    // What the conveyor gets, and what the receipt says in the end.
    void expect_way(const TransferId& id, const std::vector<std::string>& parts) {
        Client conveyor = rig.conveyor();
        {
            Client dying = rig.conveyor();
            const auto work = lease(dying);
            ASSERT_TRUE(work) << to_line(work.error());
            ASSERT_EQ(work->lease.parts.size(), parts.size());
            for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_EQ(work->lease.parts[i].size, parts[i].size());
        }
        ASSERT_TRUE(convey(conveyor, rig.key));
        ASSERT_TRUE(becomes(internet, tanaka, id, State::delivered));
        const auto receipt = receipt_of(id);
        ASSERT_TRUE(receipt) << to_line(receipt.error());
        std::string wanted = "\"parts\":[";
        for (const std::string& part : parts)
            wanted += (part == parts.front() ? "" : ",") + std::string("{\"sha256\":\"") +
                      to_hex(sha256(as_view(part))) + "\",\"bytes\":" + std::to_string(part.size()) + "}";
        EXPECT_NE(receipt->find(wanted + "]"), std::string::npos) << *receipt;
    }
    Rig rig{{{"retry_pause", "50"}, {"attempts", "3"}, {"wait", "300"}}};
    Client internet = rig.portal("internet");
    Person tanaka = person("tanaka");
};

TEST_F(Parts, OfASmallSetAreNamedOneByOne) {
    const auto created = announce(9, {4, 3, 2});
    ASSERT_TRUE(created) << to_line(created.error());
    ASSERT_TRUE(append(internet, tanaka, created->id, 0, "onetwothr"));
    expect_way(created->id, {"onet", "wot", "hr"});
}

TEST_F(Parts, OutliveARestartBetweenTwoPieces) {
    const std::string first(100'000, 'a'), second(300'000, 'b'), third(10, 'c');
    const std::string whole = first + second + third;
    const auto created = announce(whole.size(), {first.size(), second.size(), third.size()});
    ASSERT_TRUE(created) << to_line(created.error());
    ASSERT_TRUE(append(internet, tanaka, created->id, 0, std::string_view(whole).substr(0, 150'000)));
    rig.stop_ledger();
    rig.start_ledger();
    rig.wait_until_accepting();
    const auto state = append(internet, tanaka, created->id, 150'000, std::string_view(whole).substr(150'000));
    ASSERT_TRUE(state) << to_line(state.error());
    EXPECT_TRUE(state->complete);
    rig.stop_ledger();
    rig.start_ledger();
    rig.wait_until_accepting();
    expect_way(created->id, {first, second, third});
}

TEST_F(Parts, ThatAreNotTheWholeAreRefused) {
    constexpr std::uint64_t huge = ~std::uint64_t{0};
    const std::vector<std::vector<std::uint64_t>> wrong{{9}, {4, 4}, {4, 6}, {4, 0, 5}, {9, 0}, {huge, 10}, {10, huge}};
    for (const auto& parts : wrong) {
        const auto refused = announce(9, parts);
        ASSERT_FALSE(refused) << parts.size() << ' ' << parts[0];
        EXPECT_EQ(refused.error().code, "upload.parts");
    }
}

TEST_F(Parts, AreNoneOfAnOrdinaryFile) {
    const auto id = send(internet, tanaka, "memo");
    Client conveyor = rig.conveyor();
    ASSERT_TRUE(id && convey(conveyor, rig.key));
    ASSERT_TRUE(becomes(internet, tanaka, *id, State::delivered));
    EXPECT_EQ(receipt_of(*id)->find("\"parts\""), std::string::npos);
}

} // namespace
} // namespace sekisho::tests
