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
        auto attribute = attribute_name();
        if (!attribute || !comparison_word(condition) || !operands(condition)) return std::nullopt;
        condition.attribute = std::move(*attribute);
        condition.at = join(condition.attribute.at, condition.operands.back().value.at);
        return condition;
    }

    // "from" and "to" are attributes only before a comparison: else the next clause begins.
    std::optional<Name> attribute_name() {
        const bool zone = m_cursor.at_word("from") || m_cursor.at_word("to");
        if (!zone || !m_cursor.next_is_word("in", "is")) return m_cursor.name(Phrase::a_condition);
        const Token token = m_cursor.take();
        return Name{token.text, token.at};
    }

    bool comparison_word(Condition& condition) {
        static constexpr std::array<std::pair<std::string_view, Operator>, 8> words{{{"in", Operator::in},
                                                                                     {"is", Operator::is},
                                                                                     {"has", Operator::has},
                                                                                     {"like", Operator::like},
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
        auto& problem = m_cursor.missing(Phrase::a_comparison);
        if (m_cursor.at(TokenKind::equals)) problem.suggestion = "is";
        return false;
    }

    // With `in` a list: class in 3A, 3B
    bool operands(Condition& condition) {
        do {
            auto operand = parse_operand(m_cursor, TimeOperand::range);
            if (!operand) return false;
            condition.operands.push_back(std::move(*operand));
        } while (condition.comparison == Operator::in && m_cursor.take_if(TokenKind::comma));
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
