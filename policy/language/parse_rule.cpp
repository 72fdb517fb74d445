#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

#include "policy/language/clauses.h"

namespace sekisho::policy {

namespace {

using Parts = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> allow_parts{"from", "to", "when", "require", "until", "reason", "ref"};
constexpr std::array<std::string_view, 9> exception_parts{"of",       "from",  "to",     "when", "requested",
                                                          "approved", "until", "reason", "ref"};
constexpr std::array<std::string_view, 3> allow_needs{"from", "to", "reason"};
constexpr std::array<std::string_view, 7> exception_needs{"of",       "from",  "to",    "requested",
                                                          "approved", "until", "reason"};

class RuleParser {
public:
    RuleParser(Cursor& cursor, RuleKind kind)
        : m_cursor(cursor), m_clauses(cursor, kind == RuleKind::exception ? Parts(exception_parts) : allow_parts) {
        m_rule.kind = kind;
    }

    Rule run(Span keyword) {
        m_rule.at = keyword;
        const auto title = m_cursor.text();
        if (title)
            split_title(m_cursor, *title, m_rule.id, m_rule.title);
        else
            m_clauses.skip_to_part();
        m_clauses.read([this](const Token& word) { return clause(word); });
        m_rule.whole = m_cursor.statement_span();
        // A title that is not closed has swallowed what follows it.
        if (title && m_cursor.problems().unreadable(title->at)) return std::move(m_rule);
        m_clauses.need(m_rule.kind == RuleKind::exception ? Parts(exception_needs) : allow_needs, keyword);
        return std::move(m_rule);
    }

private:
    bool clause(const Token& word) {
        if (word.text == "from") return zone(m_rule.from);
        if (word.text == "to") return zone(m_rule.to);
        if (word.text == "when") {
            m_rule.when = parse_condition(m_cursor);
            return m_rule.when.has_value();
        }
        if (word.text == "require") return obligations(word.at);
        if (word.text == "until") return until(word.at);
        if (word.text == "of") return forbid();
        if (word.text == "requested") return person(m_rule.requester);
        if (word.text == "approved") return person(m_rule.approver);
        return take(m_cursor.words(), word.text == "reason" ? m_rule.reason : m_rule.reference);
    }

    bool take(std::optional<Name> found, Name& into) {
        if (found) into = std::move(*found);
        return found.has_value();
    }

    bool zone(Name& into) { return take(m_cursor.name(Phrase::a_zone), into); }

    bool person(Name& into) { return m_cursor.expect_word("by") && take(m_cursor.words(), into); }

    bool forbid() {
        if (!take(m_cursor.id(), m_rule.of)) return false;
        if (const std::size_t length = id_length(m_rule.of.text); length > 0) m_rule.of.text.resize(length);
        return true;
    }

    bool until(Span keyword) {
        if (m_rule.kind == RuleKind::forbid) m_cursor.problems().add(Problem::forbid_until, keyword);
        m_rule.until = m_cursor.date();
        return m_rule.until.has_value();
    }

    bool obligations(Span keyword) {
        if (m_rule.kind == RuleKind::forbid) m_cursor.problems().add(Problem::forbid_requires, keyword);
        auto obligations = parse_obligations(m_cursor);
        if (obligations) m_rule.obligations = std::move(*obligations);
        return obligations.has_value();
    }

    Cursor& m_cursor;
    Clauses m_clauses;
    Rule m_rule;
};

} // namespace

Rule parse_rule(Cursor& cursor, RuleKind kind, Span keyword) {
    return RuleParser(cursor, kind).run(keyword);
}

} // namespace sekisho::policy
