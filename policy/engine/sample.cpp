#include "policy/engine/sample.h"

namespace sekisho::policy {

namespace {

std::vector<std::string> owned(std::span<const std::string_view> texts) {
    return {texts.begin(), texts.end()};
}

std::optional<std::string> owned(std::optional<std::string_view> text) {
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

} // namespace

Sample unremarkable() {
    Sample sample;
    sample.findings.emplace();
    sample.data.emplace();
    sample.data_count = 0;
    sample.archive_depth = 0;
    sample.archive_members = 0;
    sample.level = Reached::rebuild;
    sample.channel = Channel::portal;
    sample.flow.emplace();
    return sample;
}

Sample sample_of(const Request& request) {
    Sample sample;
    sample.from = request.from;
    sample.to = request.to;
    sample.origin = request.origin;
    sample.sender = request.sender;
    sample.sender_groups.assign(request.sender_groups.begin(), request.sender_groups.end());
    sample.recipient = request.recipient;
    sample.recipient_groups.assign(request.recipient_groups.begin(), request.recipient_groups.end());
    sample.type = owned(request.type);
    sample.name = owned(request.name);
    sample.size = request.size;
    if (request.findings) sample.findings = owned(*request.findings);
    sample.archive_depth = request.archive_depth;
    sample.archive_members = request.archive_members;
    if (request.data) sample.data = owned(*request.data);
    sample.data_count = request.data_count;
    sample.level = request.level;
    sample.confidentiality = request.confidentiality;
    sample.channel = request.channel;
    sample.flow = owned(request.flow);
    sample.minute = request.minute;
    sample.day = request.day;
    return sample;
}

Asked::Asked(const Sample& sample) {
    m_request.from = sample.from;
    m_request.to = sample.to;
    m_request.origin = sample.origin;
    m_request.sender = sample.sender;
    m_request.sender_groups = sample.sender_groups;
    m_request.recipient = sample.recipient;
    m_request.recipient_groups = sample.recipient_groups;
    m_request.type = sample.type;
    m_request.name = sample.name;
    m_request.size = sample.size;
    if (sample.findings) {
        m_findings.assign(sample.findings->begin(), sample.findings->end());
        m_request.findings = m_findings;
    }
    m_request.archive_depth = sample.archive_depth;
    m_request.archive_members = sample.archive_members;
    if (sample.data) {
        m_data.assign(sample.data->begin(), sample.data->end());
        m_request.data = m_data;
    }
    m_request.data_count = sample.data_count;
    m_request.level = sample.level;
    m_request.confidentiality = sample.confidentiality;
    m_request.channel = sample.channel;
    m_request.flow = sample.flow;
    m_request.minute = sample.minute;
    m_request.day = sample.day;
}

} // namespace sekisho::policy
