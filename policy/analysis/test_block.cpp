#include <algorithm>

#include <fmt/format.h>

#include "policy/analysis/test.h"
#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

// A text of the language cannot hold its own quotation mark.
// Not "quoted": std::quoted would be found for a std::string, too.
std::string in_quotes(std::string_view text) {
    std::string inside(text);
    std::ranges::replace(inside, '"', '\'');
    return '"' + inside + '"';
}

std::string all_quoted(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const std::string& text : texts) out.push_back(in_quotes(text));
    return joined(out, ", ");
}

class Block {
public:
    explicit Block(const Sample& given) : m_given(given) {}

    // Only what an unremarkable transfer is not.
    std::string run() {
        put("from", m_given.from);
        put("to", m_given.to);
        if (m_given.origin != m_given.from && !m_given.origin.empty()) put("origin", m_given.origin);
        put("type", m_given.type.value_or(""));
        if (m_given.name) put("name", in_quotes(*m_given.name));
        if (m_given.size) put("size", size_text(*m_given.size));
        if (!m_given.sender.empty()) put("user", in_quotes(m_given.sender));
        put("dept", all_quoted(m_given.sender_groups));
        if (!m_given.recipient.empty()) put("recipient", in_quotes(m_given.recipient));
        put("recipient.dept", all_quoted(m_given.recipient_groups));
        if (m_given.confidentiality) put("class", std::string(name_of(*m_given.confidentiality)));
        if (m_given.minute) put("hours", minute_text(*m_given.minute));
        if (m_given.day) put("day", day_text(static_cast<std::uint64_t>(m_given.day->time_since_epoch().count())));
        put_usual();
        return m_out;
    }

private:
    void put(std::string_view name, const std::string& value) {
        if (!value.empty()) m_out += fmt::format(" {} {}", name, value);
    }

    template <typename Value> void number(std::string_view name, const std::optional<Value>& value) {
        if (value != std::optional<Value>(Value{0})) put(name, value ? fmt::format("{}", *value) : "unknown");
    }

    void put_usual() {
        const Sample usual = unremarkable();
        if (m_given.findings != usual.findings)
            put("findings", m_given.findings ? all_quoted(*m_given.findings) : "unknown");
        if (m_given.data != usual.data) put("dlp", m_given.data ? joined(*m_given.data, ", ") : "unknown");
        number("dlp.count", m_given.data_count);
        number("archive.depth", m_given.archive_depth);
        number("archive.members", m_given.archive_members);
        if (m_given.level != usual.level)
            put("level", m_given.level ? std::string(name_of(*m_given.level)) : "unknown");
        if (m_given.channel != usual.channel)
            put("channel", m_given.channel ? std::string(name_of(*m_given.channel)) : "unknown");
        if (m_given.flow != usual.flow) put("flow", m_given.flow ? in_quotes(*m_given.flow) : "unknown");
    }

    const Sample& m_given;
    std::string m_out;
};

} // namespace

std::string test_block(std::string_view title, const Sample& given, const Decision& decision) {
    const bool allowed = decision.outcome == Outcome::allow;
    const std::string_view outcome = !allowed ? "refuse" : decision.approvals.empty() ? "allow" : "hold";
    std::string by = decision.rules.empty() ? "" : " by " + decision.rules.front();
    return fmt::format("test {} given{} expect {}{}", in_quotes(title), Block(given).run(), outcome, by);
}

} // namespace sekisho::policy
