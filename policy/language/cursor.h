// Where the parser is in the tokens, and the few things it asks them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "policy/language/diagnostic.h"
#include "policy/language/keywords.h"
#include "policy/language/syntax.h"
#include "policy/language/token.h"

namespace sekisho::policy {

class Cursor {
public:
    Cursor(const std::vector<Token>& tokens, Problems& problems) : m_tokens(tokens), m_problems(problems) {}

    Problems& problems() { return m_problems; }
    const Token& here() const { return m_tokens[m_at]; }
    bool at_end() const { return here().kind == TokenKind::end; }
    // At the first word of a statement that is not the one being read.
    bool statement_ended() const { return here().first_of_statement && m_at != m_statement; }
    bool at(TokenKind kind) const { return !statement_ended() && here().kind == kind; }
    bool at_word(std::string_view word) const { return at(TokenKind::word) && here().text == word; }
    bool at_role(Role role) const { return at(TokenKind::word) && is_keyword(here().text, role); }

    // Whether the word behind the one here is one of the two, in the same statement.
    bool next_is_word(std::string_view one, std::string_view other) const;

    // At a word that can be a name.
    bool at_name() const { return at(TokenKind::word) && !at_role(Role::part); }

    // Begins a statement at the token here.
    void begin_statement() { m_statement = m_at; }
    Token take();
    bool take_if(TokenKind kind);
    bool take_word(std::string_view word);
    void skip_statement();
    // From the first word of the statement to the last that was taken.
    Span statement_span() const;

    // Each reports what it misses.
    std::optional<Name> name(Phrase what);
    std::optional<Name> text();
    // A text that says something.
    std::optional<Name> words();
    // The id of a rule or a flow: R-010, also in quotes.
    std::optional<Name> id();
    std::optional<Day> date();
    std::optional<std::uint64_t> number(std::uint64_t least, std::uint64_t most);
    bool expect(TokenKind kind, std::string_view shown);
    bool expect_word(std::string_view word);
    Diagnostic& missing(Argument what);

private:
    Argument found() const;
    // Where something is missing: the token here, or just behind the last one if the statement is over.
    Span place() const;

    const std::vector<Token>& m_tokens;
    Problems& m_problems;
    std::size_t m_at = 0;
    std::size_t m_statement = 0;
};

} // namespace sekisho::policy
