#include "policy/language/parse_parts.h"

#include <algorithm>
#include <utility>

#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

class ObligationParser {
public:
    ObligationParser(Cursor& cursor, bool expected) : m_cursor(cursor), m_expected(expected) {}

    std::optional<Obligations> run() {
        do {
            if (!one()) return std::nullopt;
        } while (more());
        return std::move(m_found);
    }

private:
    // What is expected may stand without commas.
    bool more() { return m_cursor.take_if(TokenKind::comma) || (m_expected && m_cursor.at_name()); }

    bool one() {
        auto word = m_cursor.name(Phrase::an_obligation);
        if (!word) return false;
        if (word->text == "approve") return approval();
        if (word->text == "keep") return keep(word->at);
        if (word->text == "delay") return delay(word->at);
        if (word->text == "watermark") return watermark();
        if (m_expected && word->text == "level") {
            word = m_cursor.name(Phrase::an_obligation);
            if (!word) return false;
        }
        if (const auto level = value_of<Strictness>(strictness_names, word->text)) {
            if (m_found.strictness) twice(word->at);
            m_found.strictness = level;
            return true;
        }
        return choice(std::move(*word));
    }

    // attachments keep. Only the engine knows whether there is such a choice; here, what cannot be one.
    bool choice(Name name) {
        const bool alone = m_cursor.at(TokenKind::comma) || m_cursor.at_end() || m_cursor.statement_ended() ||
                           m_cursor.at_role(Role::part);
        if (!alone && !m_cursor.at_name()) {
            auto& problem = m_cursor.problems().add(Problem::unknown_obligation, name.at, {name.text});
            problem.suggestion = nearest(name.text, keywords_of(Role::obligation));
            return false;
        }
        if (std::ranges::find(m_found.choices, name.text, [](const ChoiceClause& one) { return one.choice.text; }) !=
            m_found.choices.end())
            twice(name.at);
        ChoiceClause clause{std::move(name), {}};
        if (!alone) {
            auto word = m_cursor.name(Phrase::an_obligation);
            if (!word) return false;
            clause.word = std::move(*word);
        }
        m_found.choices.push_back(std::move(clause));
        return true;
    }

    void twice(Span at) { m_cursor.problems().add(Problem::obligation_twice, at); }

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
        if (!days) return false;
        const bool unit = m_cursor.take_word("day") || m_cursor.take_word("days");
        if (!unit && !m_expected) {
            m_cursor.missing(std::string("days"));
            return false;
        }
        if (m_found.keep_days) twice(at);
        m_found.keep_days = days;
        return true;
    }

    // delay 10 minutes
    bool delay(Span at) {
        constexpr std::uint64_t minutes_of_hour = 60;
        const Span number = m_cursor.here().at;
        const auto count = m_cursor.number(1, delay_minutes_max);
        if (!count) return false;
        const bool hours = m_cursor.take_word("hour") || m_cursor.take_word("hours");
        const bool minutes = !hours && (m_cursor.take_word("minute") || m_cursor.take_word("minutes"));
        if (!hours && !minutes && !m_expected) {
            m_cursor.missing(std::string("minutes"));
            return false;
        }
        if (hours && *count <= delay_minutes_max && *count * minutes_of_hour > delay_minutes_max)
            m_cursor.problems().add(Problem::out_of_range, number,
                                    {std::uint64_t{1}, delay_minutes_max / minutes_of_hour});
        if (m_found.delay_minutes) twice(at);
        m_found.delay_minutes = hours ? *count * minutes_of_hour : *count;
        return true;
    }

    bool watermark() {
        auto text = m_cursor.words();
        if (!text) return false;
        m_found.watermarks.push_back(std::move(*text));
        return true;
    }

    Cursor& m_cursor;
    bool m_expected;
    Obligations m_found;
};

} // namespace

std::optional<Obligations> parse_obligations(Cursor& cursor) {
    return ObligationParser(cursor, false).run();
}

std::optional<Obligations> parse_expected_obligations(Cursor& cursor) {
    return ObligationParser(cursor, true).run();
}

} // namespace sekisho::policy
