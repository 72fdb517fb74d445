#include "tests/crash/checks.h"

#include <ctime>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/ticket/ticket.h"

namespace sekisho::crash {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

bool has_ended(const Standing& standing) {
    return standing.state == "delivered" || standing.state == "refused" || standing.state == "failed";
}

PublicKey verifier_key(const Rig& rig) {
    const auto text = read_file(rig.path("state/keys/verifier.pub"), 256);
    const auto bytes = text ? from_hex(as_text(*text).substr(0, 64)) : Result<Bytes>(Bytes());
    PublicKey key{};
    if (bytes && bytes->size() == key.size()) std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

void expect_receipt_holds(const std::string& id, const Fetched& fetched, const Accepted& accepted,
                          const PublicKey& key) {
    SCOPED_TRACE(id + " " + fetched.receipt);
    boost::system::error_code broken;
    const json::value value = json::parse(fetched.receipt, broken);
    ASSERT_TRUE(!broken && value.is_object());
    const json::object& receipt = value.as_object();
    EXPECT_EQ(text_of(receipt, "transfer"), id);
    EXPECT_EQ(text_of(receipt, "state"), "delivered");
    EXPECT_EQ(text_of(receipt.at("in").as_object(), "sha256"), to_hex(accepted.digest));
    EXPECT_EQ(text_of(receipt.at("out").as_object(), "sha256"), to_hex(fetched.digest));
    const json::array& stages = receipt.at("stages").as_array();
    ASSERT_EQ(stages.size(), 3U);
    constexpr std::array<const char*, 3> names{"scan", "sanitize", "verify"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(text_of(stages[i].as_object(), "stage"), names[i]);
        EXPECT_EQ(text_of(stages[i].as_object(), "verdict"), "delivered");
    }
    const auto bytes = from_base64(text_of(receipt, "ticket"));
    ASSERT_TRUE(bytes);
    const auto ticket = decode<Ticket>(*bytes);
    ASSERT_TRUE(ticket);
    EXPECT_TRUE(check_ticket(*ticket, key, std::time(nullptr)));
    EXPECT_EQ(to_text(ticket->transfer), id);
    EXPECT_EQ(to_hex(ticket->digest_in), to_hex(accepted.digest));
    EXPECT_EQ(to_hex(ticket->digest_out), to_hex(fetched.digest));
}

std::set<std::string> names_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

} // namespace

Picture picture(Stage& stage) {
    Picture made;
    const auto accepted = stage.book.accepted();
    for (const char* account : accounts) {
        Patient client = stage.client("internet", account);
        const auto rows = whole_box(client, "sent");
        if (!rows) continue;
        for (const json::object& row : *rows) {
            const std::string id = text_of(row, "id");
            if (accepted.contains(id) || text_of(row, "state") != "uploading")
                made[id] = {text_of(row, "state"), text_of(row, "reason"), text_of(row, "name")};
        }
    }
    return made;
}

Picture settled_picture(Stage& stage) {
    auto next_word = std::chrono::steady_clock::now() + 10s;
    for (;;) {
        Picture now = picture(stage);
        std::string open;
        for (const auto& [id, accepted] : stage.book.accepted()) {
            const auto found = now.find(id);
            if (found == now.end()) open += fmt::format(" {} unknown", id);
            if (found != now.end() && !has_ended(found->second)) open += fmt::format(" {} {}", id, found->second.state);
        }
        if (open.empty() || stage.too_late) return now;
        if (std::chrono::steady_clock::now() > next_word) {
            fmt::print("  waiting for{}\n", open);
            std::fflush(stdout);
            next_word += 10s;
        }
        std::this_thread::sleep_for(200ms);
    }
}

void expect_nothing_lost(const Stage& stage, const Picture& picture) {
    const auto accepted = stage.book.accepted();
    const auto fetched = stage.book.fetched();
    std::map<std::string, unsigned> ends;
    for (const auto& [id, sent] : accepted) {
        const auto found = picture.find(id);
        if (found == picture.end()) {
            ADD_FAILURE() << "lost: " << id << " " << sent.name;
            continue;
        }
        const Standing& standing = found->second;
        ++ends[standing.state + (standing.reason.empty() ? "" : " " + standing.reason)];
        EXPECT_TRUE(has_ended(standing)) << id << " is still " << standing.state;
        EXPECT_EQ(fetched.contains(id), standing.state == "delivered") << id << " " << standing.state;
        EXPECT_EQ(standing.reason.empty(), standing.state == "delivered") << id << " ended without a reason";
    }
    for (const auto& [id, arrived] : fetched) EXPECT_TRUE(accepted.contains(id)) << "never accepted: " << id;
    for (const auto& [id, standing] : picture)
        EXPECT_TRUE(accepted.contains(id)) << "nobody was told of " << id << " " << standing.state;
    for (const auto& [end, count] : ends) fmt::print("  {:>6} {}\n", count, end);
}

void expect_inboxes_match(Stage& stage, const Picture& picture) {
    std::map<std::string, unsigned> ids;
    std::map<std::string, unsigned> names;
    for (const char* account : accounts) {
        Patient client = stage.client("lgwan", account);
        const auto rows = whole_box(client, "inbox");
        ASSERT_TRUE(rows) << account;
        for (const json::object& row : *rows) {
            ++ids[text_of(row, "id")];
            ++names[text_of(row, "name")];
        }
    }
    for (const auto& [id, count] : ids) {
        EXPECT_EQ(count, 1U) << id;
        EXPECT_TRUE(picture.contains(id) && picture.at(id).state == "delivered") << id;
    }
    // Each file has a name of its own, so two transfers of one file would show here.
    for (const auto& [name, count] : names) EXPECT_EQ(count, 1U) << name;
    for (const auto& [id, standing] : picture) EXPECT_EQ(ids.contains(id), standing.state == "delivered") << id;
}

void expect_receipts_hold(const Stage& stage) {
    const auto accepted = stage.book.accepted();
    const PublicKey key = verifier_key(stage.rig);
    for (const auto& [id, fetched] : stage.book.fetched())
        if (accepted.contains(id)) expect_receipt_holds(id, fetched, accepted.at(id), key);
}

void expect_folders_match(const Rig& rig, const Picture& picture) {
    std::set<std::string> delivered;
    for (const auto& [id, standing] : picture)
        if (standing.state == "delivered") delivered.insert(id);
    EXPECT_EQ(names_in(rig.path("state/egress/lgwan")), delivered);
    EXPECT_TRUE(names_in(rig.path("state/egress/internet")).empty());
    EXPECT_TRUE(names_in(rig.path("state/egress/mynumber")).empty());
    EXPECT_EQ(names_in(rig.path("state/staging")), std::set<std::string>());
    EXPECT_EQ(names_in(rig.path("state/ledger/input")), std::set<std::string>());
}

void expect_same_content(Stage& stage) {
    std::map<std::string, Patient> clients;
    for (const auto& [id, fetched] : stage.book.fetched()) {
        auto client = clients.find(fetched.account);
        if (client == clients.end())
            client = clients.emplace(fetched.account, stage.client("lgwan", fetched.account)).first;
        const auto content = client->second.ask("GET", "/api/v1/transfers/" + id + "/content");
        ASSERT_TRUE(content) << id;
        EXPECT_EQ(to_hex(sha256(as_view(content->body))), to_hex(fetched.digest)) << id;
    }
}

} // namespace sekisho::crash
