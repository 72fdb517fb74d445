#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

#include "policy/language/clauses.h"

namespace sekisho::policy {

namespace {

using Parts = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> never_parts{"when", "unless", "reason", "ref"};
constexpr std::array<std::string_view, 3> must_parts{"when", "reason", "ref"};

class ClaimParser {
public:
    ClaimParser(Cursor& cursor, bool must)
        : m_cursor(cursor), m_clauses(cursor, must ? Parts(must_parts) : never_parts) {
        m_claim.always_possible = must;
    }

    Claim run(Span keyword) {
        m_claim.at = keyword;
        const auto title = m_cursor.text();
        const bool begun = title && split_title(m_cursor, *title, m_claim.id, m_claim.title);
        if ((title && !begun) || !title || !way()) m_clauses.skip_to_part();
        m_clauses.read([this](const Token& word) { return clause(word); });
        m_claim.whole = m_cursor.statement_span();
        return std::move(m_claim);
    }

private:
    // [from] internet reaches mynumber
    bool way() {
        m_cursor.take_word("from");
        auto from = m_cursor.name(Phrase::a_zone);
        if (!from) return false;
        if (!m_cursor.take_word("reaches")) {
            m_cursor.missing(std::string("reaches")).suggestion = m_cursor.at_word("to") ? "reaches" : "";
            return false;
        }
        m_claim.from = std::move(*from);
        auto to = m_cursor.name(Phrase::a_zone);
        if (to) m_claim.to = std::move(*to);
        return to.has_value();
    }

    bool clause(const Token& word) {
        if (word.text == "when") {
            m_claim.when = parse_condition(m_cursor);
            return m_claim.when.has_value();
        }
        if (word.text == "unless") return unless();
        auto text = m_cursor.words();
        if (text) (word.text == "reason" ? m_claim.reason : m_claim.reference) = std::move(*text);
        return text.has_value();
    }

    // flow in specific · flow "T-001", "T-002" · flow is "T-001"
    bool unless() {
        if (!m_cursor.expect_word("flow")) return false;
        Unless unless;
        if (m_cursor.take_word("in")) {
            unless.specific = m_cursor.take_word("specific");
            if (unless.specific) return found(std::move(unless));
        }
        m_cursor.take_word("is");
        do {
            auto id = m_cursor.id();
            if (!id) return false;
            unless.flows.push_back(std::move(*id));
        } while (m_cursor.take_if(TokenKind::comma));
        return found(std::move(unless));
    }

    bool found(Unless unless) {
        m_claim.unless = std::move(unless);
        return true;
    }

    Cursor& m_cursor;
    Clauses m_clauses;
    Claim m_claim;
};

} // namespace

Claim parse_claim(Cursor& cursor, bool must, Span keyword) {
    return ClaimParser(cursor, must).run(keyword);
}

} // namespace sekisho::policy
