#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

#include "policy/language/address.h"
#include "policy/language/clauses.h"

namespace sekisho::policy {

namespace {

constexpr std::array<std::string_view, 5> parts{"from", "to", "peer", "reason", "ref"};
constexpr std::array<std::string_view, 4> needs{"from", "to", "peer", "reason"};

class FlowParser {
public:
    explicit FlowParser(Cursor& cursor) : m_cursor(cursor), m_clauses(cursor, parts) {}

    Flow run(Span keyword) {
        m_flow.at = keyword;
        const auto title = m_cursor.text();
        if (title)
            split_title(m_cursor, *title, m_flow.id, m_flow.title);
        else
            m_clauses.skip_to_part();
        m_clauses.read([this](const Token& word) { return clause(word); });
        m_flow.whole = m_cursor.statement_span();
        if (title && m_cursor.problems().unreadable(title->at)) return std::move(m_flow);
        m_clauses.need(needs, keyword);
        return std::move(m_flow);
    }

private:
    bool clause(const Token& word) {
        if (word.text == "from") return end(m_flow.from, word);
        if (word.text == "to") return end(m_flow.to, word);
        if (word.text == "peer") return take(m_cursor.name(Phrase::a_peer), m_flow.peer);
        return take(m_cursor.words(), word.text == "reason" ? m_flow.reason : m_flow.reference);
    }

    bool take(std::optional<Name> found, Name& into) {
        if (found) into = std::move(*found);
        return found.has_value();
    }

    // internet host 203.0.113.10 mac 02:00:00:00:00:01 port 443
    bool end(FlowEnd& end, const Token& word) {
        auto zone = m_cursor.name(Phrase::a_zone);
        if (!zone) return false;
        end.zone = std::move(*zone);
        while (m_cursor.at_word("host") || m_cursor.at_word("mac") || m_cursor.at_word("port"))
            if (!pin(end)) return false;
        const std::array<std::pair<std::string_view, bool>, 3> pins{
            {{"host", !end.host.text.empty()}, {"mac", !end.mac.text.empty()}, {"port", end.port.has_value()}}};
        for (const auto& [name, there] : pins)
            if (!there) m_cursor.problems().add(Problem::not_pinned, word.at, {word.text, std::string(name)});
        return true;
    }

    bool pin(FlowEnd& end) {
        const Token word = m_cursor.take();
        const bool again = word.text == "host"  ? !end.host.text.empty()
                           : word.text == "mac" ? !end.mac.text.empty()
                                                : end.port.has_value();
        if (again) m_cursor.problems().add(Problem::part_twice, word.at, {word.text});
        if (word.text == "host") return address(end.host, canonical_ip, Problem::bad_host);
        if (word.text == "mac") return address(end.mac, canonical_mac, Problem::bad_mac);
        constexpr std::uint64_t port_max = 65535;
        const auto port = m_cursor.number(1, port_max);
        if (port) end.port = static_cast<std::uint16_t>(*port);
        return port.has_value();
    }

    // What is written where an address has to stand is judged as one, whatever kind of word it looks like.
    template <typename Canonical> bool address(Name& into, Canonical canonical, Problem problem) {
        const bool word = m_cursor.at_name() || m_cursor.at(TokenKind::address) || m_cursor.at(TokenKind::number) ||
                          m_cursor.at(TokenKind::time) || m_cursor.at(TokenKind::text);
        if (!word) {
            m_cursor.missing(Phrase::an_address);
            return false;
        }
        const Token token = m_cursor.take();
        const auto found = canonical(token.text);
        if (!found) m_cursor.problems().add(problem, token.at, {token.text});
        into = {found.value_or(token.text), token.at};
        return true;
    }

    Cursor& m_cursor;
    Clauses m_clauses;
    Flow m_flow;
};

} // namespace

Flow parse_flow(Cursor& cursor, Span keyword) {
    return FlowParser(cursor).run(keyword);
}

} // namespace sekisho::policy
