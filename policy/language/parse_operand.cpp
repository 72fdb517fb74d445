#include "policy/language/parse_parts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::policy {

namespace {

using Kind = Operand::Kind;

constexpr std::array<std::pair<TokenKind, Kind>, 6> kinds{{{TokenKind::text, Kind::text},
                                                           {TokenKind::number, Kind::number},
                                                           {TokenKind::size, Kind::size},
                                                           {TokenKind::time, Kind::time},
                                                           {TokenKind::date, Kind::date},
                                                           {TokenKind::word, Kind::name}}};

// Behind a first time or date: ..19:00
bool rest_of_range(Cursor& cursor, Operand& operand, TokenKind kind, Phrase second) {
    if (!cursor.expect(TokenKind::range, "..")) return false;
    if (!cursor.at(kind)) {
        cursor.missing(second);
        return false;
    }
    const Token last = cursor.take();
    operand.last = last.value;
    const std::string from = operand.value.text;
    operand.value = {from + ".." + last.text, join(operand.value.at, last.at)};
    constexpr std::uint64_t midnight = 1440; // as the end of a day; 0 is its beginning
    const bool no_time = operand.first == operand.last || (operand.first == midnight && operand.last == 0);
    if (kind == TokenKind::time && no_time)
        cursor.problems().add(Problem::no_time_between, operand.value.at, {from, last.text});
    if (kind == TokenKind::date && operand.last < operand.first)
        cursor.problems().add(Problem::no_day_between, operand.value.at);
    return true;
}

// "50 MB": read as what was meant, and reported.
void take_unit(Cursor& cursor, const Token& number, Operand& operand) {
    if (!cursor.at(TokenKind::word)) return;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    for (const Unit& unit : all_units()) {
        if (!std::ranges::equal(cursor.here().text, unit.name, {}, lower, lower)) continue;
        const Token word = cursor.take();
        const Span at = join(number.at, word.at);
        cursor.problems().add(Problem::bad_number, at, {number.text + " " + word.text}).suggestion =
            number.text + std::string(unit.name);
        operand = {Kind::size, {number.text + std::string(unit.name), at}, 0, 0};
        return;
    }
}

} // namespace

std::optional<Operand> parse_operand(Cursor& cursor, TimeOperand times) {
    for (const auto& [token_kind, kind] : kinds) {
        if (!cursor.at(token_kind) || (kind == Kind::name && !cursor.at_name())) continue;
        const Token token = cursor.take();
        Operand operand{kind, {token.text, token.at}, token.value, token.value};
        if (kind == Kind::number) take_unit(cursor, token, operand);
        if (kind == Kind::time && times == TimeOperand::range) {
            operand.kind = Kind::hours;
            if (!rest_of_range(cursor, operand, TokenKind::time, Phrase::a_second_time)) return std::nullopt;
        }
        if (kind == Kind::date && cursor.at(TokenKind::range)) {
            operand.kind = Kind::dates;
            if (!rest_of_range(cursor, operand, TokenKind::date, Phrase::a_date)) return std::nullopt;
        }
        return operand;
    }
    cursor.missing(Phrase::a_value);
    return std::nullopt;
}

} // namespace sekisho::policy
