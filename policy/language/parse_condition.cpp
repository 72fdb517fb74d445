#include "policy/language/parse_parts.h"

#include <array>
#include <utility>

namespace sekisho::policy {

namespace {

class ConditionParser {
public:
    explicit ConditionParser(Cursor& cursor) : m_cursor(cursor) {}

    // part { "and" part } or part { "or" part }: a mixture needs parentheses, because on paper nobody knows which
    // binds.
    std::optional<Condition> chain() {
        auto first = part();
        if (!first) return std::nullopt;
        const bool all = m_cursor.at_word("and");
        if (!all && !m_cursor.at_word("or")) return first;
        Condition chain;
        chain.kind = all ? Condition::Kind::all : Condition::Kind::any;
        chain.at = first->at;
        chain.children.push_back(std::move(*first));
        while (m_cursor.at_word("and") || m_cursor.at_word("or")) {
            if (m_cursor.at_word(all ? "or" : "and")) report_mixture();
            m_cursor.take();
            auto next = part();
            if (!next) return std::nullopt;
            chain.at = join(chain.at, next->at);
            chain.children.push_back(std::move(*next));
        }
        return chain;
    }

private:
    void report_mixture() {
        if (!m_mixed) m_cursor.problems().add(Problem::mixed_and_or, m_cursor.here().at);
        m_mixed = true;
    }

    std::optional<Condition> part() {
        const Span begin = m_cursor.here().at;
        const bool negated = m_cursor.at_word("not");
        if (!negated && !m_cursor.at(TokenKind::open)) return comparison();
        if (m_depth == nesting_max) {
            m_cursor.problems().add(Problem::too_deep, begin, {std::uint64_t{nesting_max}});
            return std::nullopt;
        }
        ++m_depth;
        m_cursor.take();
        auto inner = negated ? negation(begin) : parenthesised();
        --m_depth;
        return inner;
    }

    std::optional<Condition> negation(Span begin) {
        auto inner = part();
        if (!inner) return std::nullopt;
        Condition condition;
        condition.kind = Condition::Kind::negation;
        condition.at = join(begin, inner->at);
        condition.children.push_back(std::move(*inner));
        return condition;
    }

    std::optional<Condition> parenthesised() {
        auto inner = chain();
        if (!inner || !m_cursor.expect(TokenKind::close, ")")) return std::nullopt;
        return inner;
    }

    std::optional<Condition> comparison() {
        Condition condition;
        auto attribute = m_cursor.name(Phrase::a_condition);
        if (!attribute || !comparison_word(condition) || !operand(condition.operand)) return std::nullopt;
        condition.attribute = std::move(*attribute);
        condition.at = join(condition.attribute.at, condition.operand.value.at);
        return condition;
    }

    bool comparison_word(Condition& condition) {
        static constexpr std::array<std::pair<std::string_view, Operator>, 7> words{{{"in", Operator::in},
                                                                                     {"is", Operator::is},
                                                                                     {"has", Operator::has},
                                                                                     {"<", Operator::less},
                                                                                     {"<=", Operator::less_equal},
                                                                                     {">", Operator::greater},
                                                                                     {">=", Operator::greater_equal}}};
        for (const auto& [word, comparison] : words) {
            const bool quoted = m_cursor.here().kind == TokenKind::text;
            if (m_cursor.statement_ended() || quoted || m_cursor.here().text != word) continue;
            const Token token = m_cursor.take();
            condition.comparison = comparison;
            condition.comparison_word = {token.text, token.at};
            return true;
        }
        m_cursor.missing(Phrase::a_comparison);
        return false;
    }

    bool operand(Operand& operand) {
        if (m_cursor.at_name()) return take_operand(operand, Operand::Kind::name);
        if (m_cursor.at(TokenKind::text)) return take_operand(operand, Operand::Kind::text);
        if (m_cursor.at(TokenKind::number)) return take_operand(operand, Operand::Kind::number);
        if (m_cursor.at(TokenKind::size)) return take_operand(operand, Operand::Kind::size);
        if (!m_cursor.at(TokenKind::time)) {
            m_cursor.missing(Phrase::a_value);
            return false;
        }
        return take_operand(operand, Operand::Kind::hours) && rest_of_hours(operand);
    }

    bool take_operand(Operand& operand, Operand::Kind kind) {
        const Token token = m_cursor.take();
        operand = {kind, {token.text, token.at}, token.value, token.value};
        return true;
    }

    // ..19:00
    bool rest_of_hours(Operand& operand) {
        if (!m_cursor.expect(TokenKind::range, "..")) return false;
        if (!m_cursor.at(TokenKind::time)) {
            m_cursor.missing(Phrase::a_second_time);
            return false;
        }
        const Token last = m_cursor.take();
        operand.last = last.value;
        constexpr std::uint64_t midnight = 1440; // as the end of a day; 0 is its beginning
        if (operand.first == operand.last || (operand.first == midnight && operand.last == 0))
            m_cursor.problems().add(Problem::no_time_between, join(operand.value.at, last.at),
                                    {operand.value.text, last.text});
        operand.value = {operand.value.text + ".." + last.text, join(operand.value.at, last.at)};
        return true;
    }

    Cursor& m_cursor;
    unsigned m_depth = 0;
    bool m_mixed = false;
};

} // namespace

std::optional<Condition> parse_condition(Cursor& cursor) {
    return ConditionParser(cursor).chain();
}

} // namespace sekisho::policy
