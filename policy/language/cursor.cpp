#include "policy/language/cursor.h"

#include <string>
#include <utility>

namespace sekisho::policy {

Token Cursor::take() {
    const Token& token = m_tokens[m_at];
    if (!at_end()) ++m_at;
    return token;
}

bool Cursor::take_if(TokenKind kind) {
    if (!at(kind)) return false;
    take();
    return true;
}

bool Cursor::take_word(std::string_view word) {
    if (!at_word(word)) return false;
    take();
    return true;
}

void Cursor::skip_statement() {
    while (!at_end() && !statement_ended()) take();
}

bool Cursor::next_is_word(std::string_view one, std::string_view other) const {
    if (at_end()) return false;
    const Token& next = m_tokens[m_at + 1];
    const bool word = next.kind == TokenKind::word && !next.first_of_statement;
    return word && (next.text == one || next.text == other);
}

std::optional<Name> Cursor::name(Phrase what) {
    if (at_name()) {
        Token token = take();
        return Name{std::move(token.text), token.at};
    }
    missing(what);
    return std::nullopt;
}

std::optional<Name> Cursor::text() {
    if (at(TokenKind::text)) {
        Token token = take();
        return Name{std::move(token.text), token.at};
    }
    auto& problem = missing(Phrase::a_text);
    if (at_name()) problem.suggestion = '"' + here().text + '"';
    return std::nullopt;
}

std::optional<Name> Cursor::words() {
    auto found = text();
    const bool empty = found && found->text.find_first_not_of(" \t　") == std::string::npos;
    if (empty && !m_problems.unreadable(found->at)) m_problems.add(Problem::empty_text, found->at);
    return found;
}

std::optional<Name> Cursor::id() {
    if (!at_name() && !at(TokenKind::text)) {
        missing(Phrase::an_id);
        return std::nullopt;
    }
    Token token = take();
    return Name{std::move(token.text), token.at};
}

std::optional<Day> Cursor::date() {
    if (!at(TokenKind::date)) {
        missing(Phrase::a_date);
        return std::nullopt;
    }
    const Token token = take();
    return Day{token.value, token.at};
}

std::optional<std::uint64_t> Cursor::number(std::uint64_t least, std::uint64_t most) {
    if (!at(TokenKind::number)) {
        missing(Phrase::a_number);
        return std::nullopt;
    }
    const Token token = take();
    if (token.value < least || token.value > most) m_problems.add(Problem::out_of_range, token.at, {least, most});
    return token.value;
}

bool Cursor::expect(TokenKind kind, std::string_view shown) {
    if (take_if(kind)) return true;
    missing(std::string(shown));
    return false;
}

bool Cursor::expect_word(std::string_view word) {
    if (take_word(word)) return true;
    missing(std::string(word));
    return false;
}

Diagnostic& Cursor::missing(Argument what) {
    return m_problems.add(Problem::expected, place(), {std::move(what), found()});
}

Argument Cursor::found() const {
    if (at_end() || statement_ended()) return Phrase::end_of_statement;
    return as_written(here());
}

Span Cursor::statement_span() const {
    const Token& last = m_tokens[m_at == 0 ? 0 : m_at - 1];
    return join(m_tokens[m_statement].at, m_at > m_statement ? last.at : m_tokens[m_statement].at);
}

Span Cursor::place() const {
    if (!at_end() && !statement_ended()) return here().at;
    const Span before = m_at == 0 ? here().at : m_tokens[m_at - 1].at;
    const std::uint32_t end = m_at == 0 ? before.begin : before.end;
    return {end, end, before.file};
}

} // namespace sekisho::policy
