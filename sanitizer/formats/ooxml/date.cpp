#include "sanitizer/formats/ooxml/date.h"

#include <charconv>
#include <chrono>
#include <cmath>

namespace sekisho::ooxml {

namespace {

// Takes a number of exactly `digits` digits from the front.
std::optional<int> take(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
    if (error != std::errc() || end != text.data() + digits || number < 0) return std::nullopt;
    text.remove_prefix(digits);
    return number;
}

bool skip(std::string_view& text, char wanted) {
    if (!text.starts_with(wanted)) return false;
    text.remove_prefix(1);
    return true;
}

// hh:mm:ss with an optional fraction, as a part of a day. A zone may follow; cells know none, so it says nothing.
std::optional<double> time_of(std::string_view text) {
    const auto hour = take(text, 2);
    const bool first = skip(text, ':');
    const auto minute = take(text, 2);
    const bool second = skip(text, ':');
    const auto whole = take(text, 2);
    if (!hour || !first || !minute || !second || !whole || *hour > 24 || *minute > 59 || *whole > 60)
        return std::nullopt;
    double seconds = *hour * 3600.0 + *minute * 60.0 + *whole;
    if (text.starts_with('.')) {
        double fraction = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), fraction, std::chars_format::fixed);
        if (error != std::errc()) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        seconds += fraction;
    }
    const bool zone = text.empty() || text == "Z" || (text.size() == 6 && (text[0] == '+' || text[0] == '-'));
    return zone ? std::optional(seconds / 86'400) : std::nullopt;
}

// Days since the epoch. 1900 counts a 29 February that never was, so numbers below 61 are one
// less.
std::optional<double> days_of(std::chrono::year_month_day date, bool since_1904) {
    using namespace std::chrono;
    const sys_days day(date);
    if (since_1904) {
        const auto days = (day - sys_days(year{1904} / 1 / 1)).count();
        return days < 0 ? std::nullopt : std::optional<double>(days);
    }
    const auto days = (day - sys_days(year{1899} / 12 / 30)).count();
    if (days <= 1) return std::nullopt;
    return days < 61 ? days - 1 : days;
}

std::string written(double number) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    return {text, end};
}

} // namespace

std::optional<std::string> serial_of(std::string_view date, bool since_1904) {
    double days = 0;
    if (date.find('-') == 4) {
        const auto year = take(date, 4);
        skip(date, '-');
        const auto month = take(date, 2);
        const bool dash = skip(date, '-');
        const auto day = take(date, 2);
        if (!year || !month || !dash || !day) return std::nullopt;
        const std::chrono::year_month_day whole{std::chrono::year(*year),
                                                std::chrono::month(static_cast<unsigned>(*month)),
                                                std::chrono::day(static_cast<unsigned>(*day))};
        if (!whole.ok()) return std::nullopt;
        const auto counted = days_of(whole, since_1904);
        if (!counted) return std::nullopt;
        days = *counted;
        if (date.empty()) return written(days);
        if (!skip(date, 'T')) return std::nullopt;
    }
    const auto time = time_of(date);
    if (!time) return std::nullopt;
    return written(days + std::round(*time * 86'400'000) / 86'400'000); // milliseconds are what cells hold
}

} // namespace sekisho::ooxml
