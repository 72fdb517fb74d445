#include "policy/language/clauses.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/language/nearest.h"

namespace sekisho::policy {

bool Clauses::is_part(std::string_view word) const {
    return std::ranges::find(m_parts, word) != m_parts.end();
}

void Clauses::read(const std::function<bool(const Token& word)>& body) {
    while (!m_cursor.at_end() && !m_cursor.statement_ended()) {
        const Token word = m_cursor.take();
        if (word.kind != TokenKind::word || !is_part(word.text)) {
            auto& problem = m_cursor.problems().add(Problem::unknown_part, word.at, {as_written(word)});
            if (word.kind == TokenKind::word) problem.suggestion = meant(word.text);
            skip_to_part();
            continue;
        }
        const auto [first, fresh] = m_seen.emplace(word.text, word.at);
        if (!fresh) {
            auto& problem = m_cursor.problems().add(Problem::part_twice, word.at, {word.text});
            problem.note = Note{Phrase::first_here, first->second};
        }
        if (!body(word)) skip_to_part();
    }
}

// Behind a condition, the Japanese for `and` and `or` stands where a part could.
std::string Clauses::meant(std::string_view word) const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> joints{
        {{"かつ", "and"}, {"且つ", "and"}, {"及び", "and"}, {"または", "or"}, {"又は", "or"}, {"もしくは", "or"}}};
    for (const auto& [japanese, joint] : joints)
        if (word == japanese && is_part("when")) return std::string(joint);
    return nearest(word, m_parts);
}

void Clauses::skip_to_part() {
    while (!m_cursor.at_end() && !m_cursor.statement_ended()) {
        if (m_cursor.at(TokenKind::word) && is_part(m_cursor.here().text)) return;
        m_cursor.take();
    }
}

void Clauses::need(std::span<const std::string_view> parts, Span statement) {
    for (const std::string_view part : parts) {
        if (seen(part)) continue;
        if (part == "reason")
            m_cursor.problems().add(Problem::reason_missing, statement);
        else
            m_cursor.problems().add(Problem::part_missing, statement, {std::string(part)});
    }
}

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

bool split_title(Cursor& cursor, const Name& text, Name& id, std::string& title) {
    const std::size_t length = id_length(text.text);
    if (length == 0) {
        cursor.problems().add(Problem::no_rule_id, text.at, {text.text});
        return false;
    }
    id = {text.text.substr(0, length), text.at};
    title = text.text.substr(std::min(length + 1, text.text.size()));
    return true;
}

} // namespace sekisho::policy
