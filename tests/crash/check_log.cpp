// The audit log against the picture.
#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/audit/log.h"
#include "gateway/audit/verify.h"
#include "tests/crash/checks.h"

namespace sekisho::crash {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

struct Story {
    std::map<std::string, unsigned> events; // name -> count; a release recorded again for its place is not counted
    // The ledger counts leases: each try of the stages has a number of its own.
    std::map<std::uint64_t, std::map<std::string, unsigned>> tries; // number -> "scan delivered" -> count
};
using Stories = std::map<std::string, Story>;

void tell(Stories& stories, const json::object& record) {
    const std::string event = text_of(record, "event");
    Story& story = stories[text_of(record, "transfer")];
    if (event == "transfer.stage") {
        const auto number = record.at("epoch").to_number<std::uint64_t>();
        ++story.tries[number][text_of(record, "stage") + " " + text_of(record, "verdict")];
    } else if (!record.contains("again")) {
        ++story.events[event];
    }
}

Result<Stories> read_stories(const Rig& rig) {
    Stories stories;
    for (const std::string& path : TRY(audit::segments_of(rig.path("state/audit"))))
        TRY(audit::for_each_line(path, [&](std::string_view line, std::uint64_t) -> Result<> {
            boost::system::error_code broken;
            const json::value value = json::parse(line, broken);
            if (broken || !value.is_object()) return reject("audit.damaged", "a record is not JSON", path);
            if (value.as_object().contains("transfer")) tell(stories, value.as_object());
            return {};
        }));
    return stories;
}

bool is_whole(const Stories& stories, const Picture& picture) {
    return std::ranges::all_of(picture, [&](const auto& entry) {
        const auto story = stories.find(entry.first);
        return story != stories.end() &&
               (entry.second.state != "delivered" || story->second.events.contains("transfer.released"));
    });
}

} // namespace

void await_log(const Stage& stage, const Picture& picture) {
    while (!stage.too_late) {
        const auto stories = read_stories(stage.rig);
        if (stories && is_whole(*stories, picture)) return;
        std::this_thread::sleep_for(200ms);
    }
}

void expect_log_holds(const Rig& rig, const Picture& picture) {
    const auto text = read_file(rig.path("state/keys/audit.pub"), 256);
    ASSERT_TRUE(text);
    const auto bytes = from_hex(as_text(*text).substr(0, 64));
    ASSERT_TRUE(bytes);
    PublicKey key{};
    ASSERT_EQ(bytes->size(), key.size());
    std::ranges::copy(*bytes, key.begin());
    const auto verified = audit::verify_log(rig.path("state/audit"), key);
    ASSERT_TRUE(verified) << to_line(verified.error());
    fmt::print("  {:>6} audit records, {} checkpoints\n", verified->records, verified->checkpoints);
    const auto stories = read_stories(rig);
    ASSERT_TRUE(stories);
    for (const auto& [id, standing] : picture) {
        if (standing.state != "delivered") continue;
        SCOPED_TRACE(id);
        ASSERT_TRUE(stories->contains(id));
        const Story& story = stories->at(id);
        for (const char* event : {"transfer.created", "transfer.received", "transfer.decided", "transfer.released"})
            EXPECT_TRUE(story.events.contains(event) && story.events.at(event) == 1) << event;
        ASSERT_FALSE(story.tries.empty());
        const auto& last = story.tries.rbegin()->second;
        for (const char* stage : {"scan delivered", "sanitize delivered", "verify delivered"})
            EXPECT_TRUE(last.contains(stage) && last.at(stage) == 1) << stage;
        for (const auto& [number, stages] : story.tries)
            for (const auto& [stage, count] : stages) EXPECT_EQ(count, 1U) << "try " << number << ": " << stage;
    }
    for (const auto& [id, story] : *stories) {
        const bool delivered = picture.contains(id) && picture.at(id).state == "delivered";
        EXPECT_EQ(story.events.contains("transfer.released"), delivered) << id;
    }
}

} // namespace sekisho::crash
