#include "policy/engine/holidays.h"

#include <algorithm>
#include <chrono>

namespace sekisho::policy {

namespace {

// YYYYMMDD each; made from data/holidays-jp.txt when this is built.
constexpr unsigned dates[] = {
#include "holidays-jp.inc"
};

constexpr unsigned year_of(unsigned date) {
    return date / 10000;
}

std::uint32_t day_of(std::chrono::year_month_day date) {
    return static_cast<std::uint32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::vector<std::uint32_t> sorted_days() {
    std::vector<std::uint32_t> days;
    for (const unsigned date : dates)
        days.push_back(day_of(std::chrono::year(static_cast<int>(year_of(date))) / (date / 100 % 100) / (date % 100)));
    std::ranges::sort(days);
    return days;
}

} // namespace

const std::vector<std::uint32_t>& japanese_holidays() {
    static const std::vector<std::uint32_t> days = sorted_days();
    return days;
}

CompiledCalendar japanese_workdays() {
    const auto [first_date, last_date] = std::ranges::minmax(dates);
    const std::uint32_t first = day_of(std::chrono::year(static_cast<int>(year_of(first_date))) / 1 / 1);
    const std::uint32_t last = day_of(std::chrono::year(static_cast<int>(year_of(last_date))) / 12 / 31);
    CompiledCalendar out;
    out.unknown = {{0, first - 1}, {last + 1, day_max}};
    for (std::uint32_t day = first; day <= last; ++day) {
        const std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day))};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        if (weekend || std::ranges::binary_search(japanese_holidays(), day)) continue;
        if (!out.days.empty() && out.days.back().last + 1 == day)
            out.days.back().last = day;
        else
            out.days.push_back({day, day});
    }
    return out;
}

} // namespace sekisho::policy
