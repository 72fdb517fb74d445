#include "gateway/cli/policy/calendar.h"

#include <charconv>
#include <ctime>

#include <fmt/format.h>

#include "gateway/cli/policy/report.h"

namespace sekisho::cli {

namespace {

constexpr unsigned minutes_of_hour = 60;

// The number that the digits from `at` on are; more than any date has for anything else.
unsigned digits(const std::string& text, std::size_t at, std::size_t count) {
    unsigned value = 0;
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + count, value);
    return error == std::errc() && end == begin + count ? value : 0;
}

} // namespace

LocalTime now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm local{};
    localtime_r(&seconds, &local);
    const auto day = std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
    return {std::chrono::sys_days(day),
            static_cast<unsigned>(local.tm_hour) * minutes_of_hour + static_cast<unsigned>(local.tm_min)};
}

Result<std::chrono::sys_days> day_of(const std::string& text) {
    constexpr std::size_t length = 10; // 2026-04-01
    if (text.size() == length && text[4] == '-' && text[7] == '-') {
        const auto day = std::chrono::year(static_cast<int>(digits(text, 0, 4))) /
                         std::chrono::month(digits(text, 5, 2)) / std::chrono::day(digits(text, 8, 2));
        if (day.ok()) return std::chrono::sys_days(day);
    }
    return usage_error({fmt::format("{} is no day", text), fmt::format("{}という日付はありません", text)},
                       {"Write it like 2026-04-01", "2026-04-01のように書いてください"});
}

std::string text_of(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string text_of_minute(unsigned minute) {
    return fmt::format("{:02}:{:02}", minute / minutes_of_hour, minute % minutes_of_hour);
}

} // namespace sekisho::cli
