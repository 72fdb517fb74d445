#include "policy/language/parser.h"

#include <array>
#include <utility>

#include "policy/language/lexer.h"
#include "policy/language/nearest.h"
#include "policy/language/parse_parts.h"

namespace sekisho::policy {

namespace {

class Parser {
public:
    Parser(const std::vector<Token>& tokens, Problems& problems) : m_cursor(tokens, problems) {}

    Tree run() {
        while (!m_cursor.at_end()) {
            m_cursor.begin_statement();
            statement();
            m_cursor.skip_statement();
        }
        return std::move(m_tree);
    }

private:
    void statement() {
        const Token word = m_cursor.take();
        if (word.kind != TokenKind::word) return unknown(word);
        if (word.text == "allow" || word.text == "forbid") {
            m_tree.rules.push_back(parse_rule(m_cursor, word.text == "allow", word.at));
            return;
        }
        if (word.text == "policy") return only_one(word, m_tree.header, parse_header(m_cursor));
        if (word.text == "zone") return only_one(word, m_tree.zones, parse_zones(m_cursor));
        if (word.text == "types") return one_more(m_tree.type_groups, parse_types(m_cursor));
        if (word.text == "group") return one_more(m_tree.groups, parse_group(m_cursor));
        unknown(word);
    }

    template <typename Statement>
    void only_one(const Token& word, std::optional<Statement>& place, std::optional<Statement> statement) {
        if (!statement) return;
        statement->at = word.at;
        if (place) {
            auto& problem = m_cursor.problems().add(Problem::statement_twice, word.at, {word.text});
            problem.note = Note{Phrase::first_here, place->at};
            return;
        }
        place = std::move(statement);
        complete();
    }

    template <typename Statement> void one_more(std::vector<Statement>& place, std::optional<Statement> statement) {
        if (!statement) return;
        place.push_back(std::move(*statement));
        complete();
    }

    void complete() {
        if (m_cursor.at_end() || m_cursor.statement_ended()) return;
        const Token& more = m_cursor.here();
        m_cursor.problems().add(Problem::too_much, more.at, {as_written(more)}).suggestion = meant(more);
    }

    // Of the statements, only `policy` has further words.
    std::string meant(const Token& more) const {
        static constexpr std::array<std::string_view, 2> words{"version", "valid"};
        const bool mistyped = more.kind == TokenKind::word && !is_keyword(more.text, Role::statement);
        return mistyped ? nearest(more.text, words) : std::string();
    }

    void unknown(const Token& word) {
        if (is_keyword(word.text, Role::later)) {
            m_cursor.problems().add(Problem::later_statement, word.at, {word.text});
            return;
        }
        auto& problem = m_cursor.problems().add(Problem::unknown_statement, word.at, {as_written(word)});
        problem.suggestion = nearest(word.text, keywords_of(Role::statement));
    }

    Cursor m_cursor;
    Tree m_tree;
};

} // namespace

Tree parse(const Source& source, Problems& problems) {
    const std::vector<Token> tokens = tokenise(source, problems);
    return Parser(tokens, problems).run();
}

} // namespace sekisho::policy
