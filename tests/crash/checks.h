// What must be true when the killing has ended.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/crash/clients.h"

namespace sekisho::crash {

// How each accepted transfer stands, as its sender's portal tells it.
struct Standing {
    std::string state;
    std::string reason;
    std::string name;
    bool operator==(const Standing&) const = default;
};
using Picture = std::map<std::string, Standing>;

// Waits until every accepted transfer has ended one way; says what has not.
Picture settled_picture(Stage& stage);
// The same without waiting, and whatever else went further than uploading.
Picture picture(Stage& stage);
// Waits until the audit log tells of every delivery.
void await_log(const Stage& stage, const Picture& picture);

void expect_nothing_lost(const Stage& stage, const Picture& picture);
void expect_inboxes_match(Stage& stage, const Picture& picture);
void expect_receipts_hold(const Stage& stage);
void expect_folders_match(const Rig& rig, const Picture& picture);
void expect_log_holds(const Rig& rig, const Picture& picture);
// Everything that was fetched can be fetched again and has not changed.
void expect_same_content(Stage& stage);

} // namespace sekisho::crash
