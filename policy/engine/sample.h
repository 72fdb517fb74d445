// A request that owns what it says: what test blocks and witnesses are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/engine/request.h"

namespace sekisho::policy {

// Fields as in Request.
struct Sample {
    std::string from;
    std::string to;
    std::string origin;
    std::string sender;
    std::vector<std::string> sender_groups;
    std::string recipient;
    std::vector<std::string> recipient_groups;
    std::optional<std::string> type;
    std::optional<std::string> name;
    std::optional<std::uint64_t> size;
    std::optional<std::vector<std::string>> findings;
    std::optional<unsigned> archive_depth;
    std::optional<std::uint64_t> archive_members;
    std::optional<std::vector<std::string>> data;
    std::optional<std::uint64_t> data_count;
    std::optional<Reached> level;
    std::optional<Confidentiality> confidentiality;
    std::optional<Channel> channel;
    std::optional<std::string> flow;
    std::optional<unsigned> minute;
    std::optional<std::chrono::sys_days> day;
    friend bool operator==(const Sample&, const Sample&) = default;
};

// What a test block asks before it says anything: nothing unusual was found in a file (no findings, no personal data,
// no archive), it was rebuilt, comes through the portal and over no specific communication. The rest is not known.
Sample unremarkable();

// Everything that the request says, owned.
Sample sample_of(const Request& request);

// A sample as the engine is asked. Borrows the sample, which must not change meanwhile.
class Asked {
public:
    explicit Asked(const Sample& sample);
    Asked(const Asked&) = delete;
    Asked& operator=(const Asked&) = delete;
    const Request& request() const { return m_request; }

private:
    std::vector<std::string_view> m_findings;
    std::vector<std::string_view> m_data;
    Request m_request;
};

} // namespace sekisho::policy
