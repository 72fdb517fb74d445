#include "policy/language/parse_parts.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

constexpr std::array<std::string_view, 6> parts{"from", "to", "when", "require", "reason", "ref"};

bool is_part(std::string_view word) {
    return std::ranges::find(parts, word) != parts.end();
}

// "R-010 title" begins with capital letters, a hyphen, digits; then a space or the end.
std::size_t id_length(std::string_view text) {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t at = 0;
    while (at < text.size() && letter(text[at])) ++at;
    if (at == 0 || at == text.size() || text[at] != '-') return 0;
    const std::size_t digits = ++at;
    while (at < text.size() && digit(text[at])) ++at;
    if (at == digits || (at < text.size() && text[at] != ' ')) return 0;
    return at;
}

class RuleParser {
public:
    RuleParser(Cursor& cursor, bool allows) : m_cursor(cursor) { m_rule.allows = allows; }

    Rule run(Span keyword) {
        m_rule.at = keyword;
        const auto title = m_cursor.text();
        if (title)
            split_title(*title);
        else
            skip_to_part();
        while (!m_cursor.at_end() && !m_cursor.statement_ended()) clause();
        // A title that is not closed has swallowed what follows it.
        if (title && m_cursor.problems().unreadable(title->at)) return std::move(m_rule);
        for (const std::string_view needed : {"from", "to"})
            if (!m_seen.contains(needed))
                m_cursor.problems().add(Problem::part_missing, m_rule.at, {std::string(needed)});
        return std::move(m_rule);
    }

private:
    void split_title(const Name& title) {
        const std::size_t length = id_length(title.text);
        if (length == 0) {
            m_cursor.problems().add(Problem::no_rule_id, title.at, {title.text});
            return;
        }
        m_rule.id = {title.text.substr(0, length), title.at};
        m_rule.title = title.text.substr(std::min(length + 1, title.text.size()));
    }

    void clause() {
        const Token word = m_cursor.take();
        if (word.kind != TokenKind::word || !is_part(word.text)) {
            auto& problem = m_cursor.problems().add(Problem::unknown_part, word.at, {as_written(word)});
            if (word.kind == TokenKind::word) problem.suggestion = nearest(word.text, parts);
            return skip_to_part();
        }
        const auto [first, fresh] = m_seen.emplace(word.text, word.at);
        if (!fresh) {
            auto& problem = m_cursor.problems().add(Problem::part_twice, word.at, {word.text});
            problem.note = Note{Phrase::first_here, first->second};
        }
        if (!clause_body(word)) skip_to_part();
    }

    bool clause_body(const Token& word) {
        if (word.text == "from") return zone(m_rule.from);
        if (word.text == "to") return zone(m_rule.to);
        if (word.text == "when") {
            m_rule.when = parse_condition(m_cursor);
            return m_rule.when.has_value();
        }
        if (word.text == "require") return obligations(word.at);
        const auto text = m_cursor.text();
        if (text) (word.text == "reason" ? m_rule.reason : m_rule.reference) = text->text;
        return text.has_value();
    }

    bool zone(Name& into) {
        const auto name = m_cursor.name(Phrase::a_zone);
        if (name) into = *name;
        return name.has_value();
    }

    bool obligations(Span keyword) {
        if (!m_rule.allows) m_cursor.problems().add(Problem::forbid_requires, keyword);
        auto obligations = parse_obligations(m_cursor);
        if (obligations) m_rule.obligations = std::move(*obligations);
        return obligations.has_value();
    }

    void skip_to_part() {
        while (!m_cursor.at_end() && !m_cursor.statement_ended()) {
            if (m_cursor.at(TokenKind::word) && is_part(m_cursor.here().text)) return;
            m_cursor.take();
        }
    }

    Cursor& m_cursor;
    Rule m_rule;
    std::map<std::string, Span, std::less<>> m_seen;
};

} // namespace

Rule parse_rule(Cursor& cursor, bool allows, Span keyword) {
    return RuleParser(cursor, allows).run(keyword);
}

} // namespace sekisho::policy
