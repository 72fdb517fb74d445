#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

constexpr std::array<std::pair<std::string_view, Strictness>, 3> levels{
    {{"rebuild", Strictness::rebuild}, {"flatten", Strictness::flatten}, {"text", Strictness::text}}};

class ObligationParser {
public:
    explicit ObligationParser(Cursor& cursor) : m_cursor(cursor) {}

    std::optional<Obligations> run() {
        do {
            if (!one()) return std::nullopt;
        } while (m_cursor.take_if(TokenKind::comma));
        return std::move(m_found);
    }

private:
    bool one() {
        const auto word = m_cursor.name(Phrase::an_obligation);
        if (!word) return false;
        if (word->text == "approve") return approval();
        if (word->text == "keep") return keep(word->at);
        for (const auto& [name, strictness] : levels) {
            if (word->text != name) continue;
            if (m_found.strictness) m_cursor.problems().add(Problem::obligation_twice, word->at);
            m_found.strictness = strictness;
            return true;
        }
        auto& problem = m_cursor.problems().add(Problem::unknown_obligation, word->at, {word->text});
        problem.suggestion = nearest(word->text, keywords_of(Role::obligation));
        return false;
    }

    // approve 1 by section-chief in lgwan
    bool approval() {
        const auto count = m_cursor.number(1, approvals_max);
        if (!count || !m_cursor.expect_word("by")) return false;
        auto group = m_cursor.name(Phrase::a_name);
        if (!group) return false;
        ApprovalClause clause{*count, std::move(*group), std::nullopt};
        if (m_cursor.take_word("in")) {
            clause.zone = m_cursor.name(Phrase::a_zone);
            if (!clause.zone) return false;
        }
        m_found.approvals.push_back(std::move(clause));
        return true;
    }

    // keep 30 days
    bool keep(Span at) {
        const auto days = m_cursor.number(1, keep_days_max);
        if (!days || (!m_cursor.take_word("day") && !m_cursor.expect_word("days"))) return false;
        if (m_found.keep_days) m_cursor.problems().add(Problem::obligation_twice, at);
        m_found.keep_days = days;
        return true;
    }

    Cursor& m_cursor;
    Obligations m_found;
};

} // namespace

std::optional<Obligations> parse_obligations(Cursor& cursor) {
    return ObligationParser(cursor).run();
}

} // namespace sekisho::policy
