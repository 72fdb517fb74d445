#include "policy/language/parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/language/lexer.h"
#include "policy/language/nearest.h"
#include "policy/language/parse_parts.h"

namespace sekisho::policy {

namespace {

// Adds what one file says to the tree.
class Parser {
public:
    Parser(const std::vector<Token>& tokens, Problems& problems, Tree& tree)
        : m_cursor(tokens, problems), m_tree(tree) {}

    void run() {
        while (!m_cursor.at_end()) {
            m_cursor.begin_statement();
            statement();
            m_cursor.skip_statement();
        }
    }

private:
    void statement() {
        const Token word = m_cursor.take();
        if (word.kind != TokenKind::word) return unknown(word);
        if (word.text == "allow") return m_tree.rules.push_back(parse_rule(m_cursor, RuleKind::allow, word.at));
        if (word.text == "forbid") return m_tree.rules.push_back(parse_rule(m_cursor, RuleKind::forbid, word.at));
        if (word.text == "exception")
            return m_tree.exceptions.push_back(parse_rule(m_cursor, RuleKind::exception, word.at));
        if (word.text == "flow") return m_tree.flows.push_back(parse_flow(m_cursor, word.at));
        if (word.text == "never" || word.text == "must")
            return m_tree.claims.push_back(parse_claim(m_cursor, word.text == "must", word.at));
        if (word.text == "test") return one_more(m_tree.tests, parse_test(m_cursor, word.at));
        if (word.text == "policy") return only_one(word, m_tree.header, parse_header(m_cursor));
        if (word.text == "zone") return only_one(word, m_tree.zones, parse_zones(m_cursor));
        if (word.text == "include") return one_more(m_tree.includes, parse_include(m_cursor));
        if (word.text == "types") return one_more(m_tree.type_groups, parse_types(m_cursor));
        if (word.text == "group") return one_more(m_tree.groups, parse_group(m_cursor));
        if (word.text == "calendar") return one_more(m_tree.calendars, parse_calendar(m_cursor));
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

    // Of these statements, only `policy` has further words.
    std::string meant(const Token& more) const {
        static constexpr std::array<std::string_view, 2> words{"version", "valid"};
        const bool mistyped = more.kind == TokenKind::word && !is_keyword(more.text, Role::statement);
        return mistyped ? nearest(more.text, words) : std::string();
    }

    void unknown(const Token& word) {
        auto& problem = m_cursor.problems().add(Problem::unknown_statement, word.at, {as_written(word)});
        problem.suggestion = nearest(word.text, keywords_of(Role::statement));
    }

    Cursor m_cursor;
    Tree& m_tree;
};

// Follows the includes of a policy.
class Files {
public:
    Files(const Sources& sources, Problems& problems)
        : m_sources(sources), m_problems(problems), m_first(sources.size()) {}

    Tree run() {
        if (!m_sources.empty()) read(0, 0);
        for (std::size_t i = 1; i < m_sources.size(); ++i) {
            const Span begin{0, 0, static_cast<std::uint16_t>(i)};
            if (!m_first[i]) m_problems.add(Problem::not_included, begin, {m_sources[i].name});
        }
        return std::move(m_tree);
    }

private:
    // As deep as `include_depth_max`; each file is read once.
    void read(std::size_t index, unsigned depth) {
        const SourceText& file = m_sources[index];
        if (index == 0) m_first[0] = Span{};
        const std::size_t before = m_tree.includes.size();
        {
            const Source source(file.name, file.text, static_cast<std::uint16_t>(index));
            const std::vector<Token> tokens = tokenise(source, m_problems);
            Parser(tokens, m_problems, m_tree).run();
        }
        const std::size_t after = m_tree.includes.size();
        for (std::size_t i = before; i < after; ++i) follow(Name(m_tree.includes[i].file), depth + 1);
    }

    void follow(const Name& name, unsigned depth) {
        if (!is_file_name(name.text)) {
            m_problems.add(Problem::bad_file_name, name.at, {name.text});
            return;
        }
        const auto found = std::ranges::find(m_sources, name.text, &SourceText::name);
        if (found == m_sources.end()) {
            m_problems.add(Problem::file_missing, name.at, {name.text});
            return;
        }
        const auto index = static_cast<std::size_t>(found - m_sources.begin());
        if (m_first[index]) {
            auto& problem = m_problems.add(Problem::included_twice, name.at, {name.text});
            if (index != 0) problem.note = Note{Phrase::first_here, *m_first[index]};
            return;
        }
        m_first[index] = name.at;
        if (depth > include_depth_max) {
            m_problems.add(Problem::include_too_deep, name.at, {std::uint64_t{include_depth_max}});
            return;
        }
        read(index, depth);
    }

    const Sources& m_sources;
    Problems& m_problems;
    std::vector<std::optional<Span>> m_first; // where each file was included
    Tree m_tree;
};

} // namespace

Tree parse(const Source& source, Problems& problems) {
    const std::vector<Token> tokens = tokenise(source, problems);
    Tree tree;
    Parser(tokens, problems, tree).run();
    return tree;
}

Tree parse(const Sources& sources, Problems& problems) {
    return Files(sources, problems).run();
}

bool is_file_name(std::string_view name) {
    constexpr std::string_view ending = ".sekisho";
    constexpr std::string_view separators("/\\\0", 3);
    const bool bare = name.find_first_of(separators) == std::string_view::npos && !name.starts_with('.');
    return bare && name.size() > ending.size() && name.size() <= name_bytes_max && name.ends_with(ending);
}

} // namespace sekisho::policy
