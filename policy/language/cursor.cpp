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
    missing(Phrase::a_text);
    return std::nullopt;
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

void Cursor::missing(Argument what) {
    m_problems.add(Problem::expected, place(), {std::move(what), found()});
}

Argument Cursor::found() const {
    if (at_end() || statement_ended()) return Phrase::end_of_statement;
    return as_written(here());
}

Span Cursor::place() const {
    if (!at_end() && !statement_ended()) return here().at;
    const std::uint32_t end = m_at == 0 ? here().at.begin : m_tokens[m_at - 1].at.end;
    return {end, end};
}

} // namespace sekisho::policy
