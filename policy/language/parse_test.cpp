#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

#include "policy/language/clauses.h"

namespace sekisho::policy {

namespace {

constexpr std::array<std::string_view, 2> parts{"given", "expect"};

class TestParser {
public:
    explicit TestParser(Cursor& cursor) : m_cursor(cursor), m_clauses(cursor, parts) {}

    std::optional<TestBlock> run(Span keyword) {
        m_test.at = keyword;
        auto title = m_cursor.words();
        if (title)
            m_test.title = *title;
        else
            m_clauses.skip_to_part();
        m_clauses.read([this](const Token& word) {
            const bool read = word.text == "given" ? given() : expectation();
            m_whole = m_whole && read;
            return read;
        });
        m_test.whole = m_cursor.statement_span();
        if (title && m_cursor.problems().unreadable(title->at)) return std::nullopt;
        m_clauses.need(parts, keyword);
        if (!title || !m_whole || !m_clauses.seen("given") || !m_clauses.seen("expect")) return std::nullopt;
        return std::move(m_test);
    }

private:
    bool given() {
        do {
            Given given;
            // "from" and "to" are attributes here.
            const bool zone = m_cursor.at_word("from") || m_cursor.at_word("to");
            if (!zone && !m_cursor.at_name()) {
                m_cursor.missing(Phrase::an_attribute);
                return false;
            }
            const Token word = m_cursor.take();
            given.attribute = {word.text, word.at};
            do {
                auto value = parse_operand(m_cursor, TimeOperand::moment);
                if (!value) return false;
                given.values.push_back(std::move(*value));
            } while (m_cursor.take_if(TokenKind::comma));
            m_test.given.push_back(std::move(given));
        } while (!m_cursor.at_end() && !m_cursor.statement_ended() && !m_cursor.at_word("expect") &&
                 !m_cursor.at_word("given"));
        return true;
    }

    // refuse [by F-001] · allow [by R-010] [level flatten] [approve 1 by chief] [keep 30] · hold ...
    bool expectation() {
        Expectation& expect = m_test.expect;
        if (m_cursor.take_word("allow"))
            expect.kind = Expectation::Kind::allow;
        else if (m_cursor.take_word("hold"))
            expect.kind = Expectation::Kind::hold;
        else if (!m_cursor.take_word("refuse")) {
            m_cursor.missing(Phrase::an_outcome);
            return false;
        }
        if (m_cursor.take_word("by")) {
            expect.rule = m_cursor.id();
            if (!expect.rule) return false;
            if (const std::size_t length = id_length(expect.rule->text); length > 0) expect.rule->text.resize(length);
        }
        if (m_cursor.at_end() || m_cursor.statement_ended() || m_cursor.at_word("given")) return true;
        const Span at = m_cursor.here().at;
        auto obligations = parse_expected_obligations(m_cursor);
        if (!obligations) return false;
        if (expect.kind == Expectation::Kind::refuse) m_cursor.problems().add(Problem::refuse_requires, at);
        expect.obligations = std::move(*obligations);
        return true;
    }

    Cursor& m_cursor;
    Clauses m_clauses;
    TestBlock m_test;
    bool m_whole = true;
};

} // namespace

std::optional<TestBlock> parse_test(Cursor& cursor, Span keyword) {
    return TestParser(cursor).run(keyword);
}

} // namespace sekisho::policy
