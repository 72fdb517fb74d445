#include "policy/language/number.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>

#include "policy/language/address.h"
#include "policy/language/keywords.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

// "9" stands for any digit.
bool has_shape(std::string_view text, std::string_view shape) {
    return std::ranges::equal(text, shape, [](char c, char s) { return s == '9' ? is_digit(c) : c == s; });
}

Token date(std::string_view text, Token token, Problems& problems) {
    const auto part = [&](std::size_t from, std::size_t count) {
        return static_cast<unsigned>(number_of(text.substr(from, count)).value_or(0));
    };
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(part(0, 4))),
                                          std::chrono::month(part(5, 2)), std::chrono::day(part(8, 2))};
    token.kind = TokenKind::date;
    const bool known = day.ok() && day.year() >= std::chrono::year(1970);
    if (!known)
        problems.add(Problem::bad_date, token.at, {std::string(text)});
    else
        token.value = static_cast<std::uint64_t>(std::chrono::sys_days(day).time_since_epoch().count());
    return token;
}

constexpr std::uint64_t minutes_of_day = 1440;

Token time(std::string_view text, Token token, Problems& problems) {
    const std::size_t colon = text.find(':');
    const std::uint64_t hour = number_of(text.substr(0, colon)).value_or(0);
    const std::uint64_t minute = number_of(text.substr(colon + 1)).value_or(0);
    token.kind = TokenKind::time;
    token.value = hour * 60 + minute;
    if (minute > 59 || token.value > minutes_of_day) problems.add(Problem::bad_time, token.at, {std::string(text)});
    return token;
}

Token size(std::string_view digits, std::string_view text, const Unit& unit, Token token, Problems& problems) {
    token.kind = TokenKind::size;
    const auto number = number_of(digits);
    const std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!number || *number > most / unit.bytes)
        problems.add(Problem::number_too_large, token.at, {std::string(text)});
    else
        token.value = *number * unit.bytes;
    return token;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

Token bad(std::string_view text, Token token, Problems& problems, std::string suggestion = {}) {
    token.kind = TokenKind::number;
    problems.add(Problem::bad_number, token.at, {std::string(text)}).suggestion = std::move(suggestion);
    return token;
}

} // namespace

Token read_number(std::string_view text, Span at, Problems& problems) {
    Token token{TokenKind::number, at, std::string(text), 0, false};
    if (has_shape(text, "9999-99-99")) return date(text, std::move(token), problems);
    if (has_shape(text, "99:99") || has_shape(text, "9:99")) return time(text, std::move(token), problems);

    if (looks_like_address(text)) {
        token.kind = TokenKind::address;
        return token;
    }
    const auto digits_end = std::ranges::find_if_not(text, is_digit);
    const std::string_view digits(text.begin(), digits_end);
    const std::string_view rest(digits_end, text.end());
    if (rest.empty()) {
        const auto number = number_of(digits);
        if (!number) problems.add(Problem::number_too_large, at, {std::string(text)});
        token.value = number.value_or(0);
        return token;
    }
    for (const Unit& unit : all_units()) {
        if (rest == unit.name) return size(digits, text, unit, std::move(token), problems);
    }
    for (const Unit& unit : all_units()) {
        if (equal_but_for_case(rest, unit.name))
            return bad(text, std::move(token), problems, std::string(digits) + std::string(unit.name));
    }
    // "7z" is a name.
    const bool name = std::ranges::all_of(rest, [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
    if (!name || !is_letter(rest.front())) return bad(text, std::move(token), problems);
    token.kind = TokenKind::word;
    return token;
}

} // namespace sekisho::policy
