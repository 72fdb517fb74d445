// What is asked: everything that is known about a transfer.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "policy/language/values.h"

namespace sekisho::policy {

// What is not known (yet) stays empty. Borrows everything.
// INVARIANT: names of people and groups are in NFC, as the directory normalises them. One that is not counts as not
// known. So does a name of a type, zone, kind of data or flow that the policy or the vocabulary does not have.
struct Request {
    std::string_view from;
    std::string_view to;
    std::string_view origin; // the zone in which the content first came to a gateway; empty: not known
    std::string_view sender; // the person, the same in every zone; empty: not known
    std::span<const std::string> sender_groups; // departments and posts
    std::string_view recipient;                 // empty: not known
    std::span<const std::string> recipient_groups;
    std::optional<std::string_view> type; // a name of the vocabulary
    std::optional<std::string_view> name; // of the file
    std::optional<std::uint64_t> size;    // bytes
    std::optional<std::span<const std::string_view>> findings;
    std::optional<unsigned> archive_depth; // 0: no archive
    std::optional<std::uint64_t> archive_members;
    std::optional<std::span<const std::string_view>> data; // kinds of personal data that were found: see DataKind
    std::optional<std::uint64_t> data_count;
    std::optional<Reached> level;
    std::optional<Confidentiality> confidentiality;
    std::optional<Channel> channel;
    std::optional<std::string_view> flow;     // the id of the specific communication; empty: none
    std::optional<unsigned> minute;           // of the local day, 0 to 1439
    std::optional<std::chrono::sys_days> day; // local
};

} // namespace sekisho::policy
