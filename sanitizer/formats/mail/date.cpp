#include "sanitizer/formats/mail/date.h"

#include <array>
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "sanitizer/formats/mail/fields.h"

namespace sekisho::mail {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Zone {
    std::string_view name;
    std::string_view offset;
};
constexpr std::array zones{Zone{"gmt", "+0000"}, Zone{"ut", "+0000"},  Zone{"utc", "+0000"}, Zone{"z", "+0000"},
                           Zone{"jst", "+0900"}, Zone{"est", "-0500"}, Zone{"edt", "-0400"}, Zone{"cst", "-0600"},
                           Zone{"cdt", "-0500"}, Zone{"mst", "-0700"}, Zone{"mdt", "-0600"}, Zone{"pst", "-0800"},
                           Zone{"pdt", "-0700"}};

bool is_number(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && text.find_first_not_of("0123456789") == text.npos;
}

int number(std::string_view text) {
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> made(1);
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == ',') {
            if (!made.back().empty()) made.emplace_back();
        } else {
            made.back() += c;
        }
    }
    if (made.back().empty()) made.pop_back();
    return made;
}

int month_of(std::string_view word) {
    for (std::size_t i = 0; i < months.size(); ++i)
        if (lower(word.substr(0, 3)) == lower(months[i])) return static_cast<int>(i) + 1;
    return 0;
}

std::string zone_of(std::string_view word) {
    if (word.size() == 5 && (word[0] == '+' || word[0] == '-') && is_number(word.substr(1), 4)) {
        if (number(word.substr(1, 2)) <= 14 && number(word.substr(3)) < 60) return std::string(word);
        return {};
    }
    for (const Zone& zone : zones)
        if (zone.name == lower(word)) return std::string(zone.offset);
    return "-0000";
}

struct Clock {
    int hour = 0, minute = 0, second = 0;
    bool good = false;
};

Clock clock_of(std::string_view word) {
    Clock clock;
    const std::size_t first = word.find(':');
    if (first == word.npos) return clock;
    const std::size_t second = word.find(':', first + 1);
    const std::string_view hours = word.substr(0, first);
    const std::string_view minutes = word.substr(first + 1, second == word.npos ? second : second - first - 1);
    const std::string_view seconds = second == word.npos ? std::string_view("0") : word.substr(second + 1);
    if (!is_number(hours, 2) || !is_number(minutes, 2) || !is_number(seconds, 2)) return clock;
    clock = {number(hours), number(minutes), number(seconds), true};
    clock.good = clock.hour < 24 && clock.minute < 60 && clock.second <= 60;
    return clock;
}

std::string write(std::chrono::year_month_day date, const Clock& clock, std::string_view zone) {
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(date)).c_encoding();
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} {}", days[weekday], static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), clock.hour,
                       clock.minute, clock.second, zone);
}

} // namespace

std::string canonical_date(std::string_view raw) {
    if (raw.size() > 256) return {};
    std::vector<std::string> parts = words(without_comments(raw));
    if (!parts.empty() && !is_number(parts[0], 2)) parts.erase(parts.begin()); // the day's name
    if (parts.size() < 4 || !is_number(parts[0], 2) || !is_number(parts[2], 4)) return {};
    int year = number(parts[2]);
    if (parts[2].size() < 4) year += year < 50 ? 2000 : 1900; // RFC 5322 4.3
    const auto month = static_cast<unsigned>(month_of(parts[1]));
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(static_cast<unsigned>(number(parts[0])))};
    const Clock clock = clock_of(parts[3]);
    const std::string zone = parts.size() > 4 ? zone_of(parts[4]) : "-0000";
    if (!date.ok() || year < 1900 || !clock.good || zone.empty()) return {};
    return write(date, clock, zone);
}

std::string date_of_filetime(std::uint64_t filetime) {
    constexpr std::uint64_t ticks = 10'000'000, to_1970 = 11'644'473'600;
    const std::uint64_t seconds = filetime / ticks;
    if (seconds < to_1970 || seconds > to_1970 + 100ULL * 366 * 86'400) return {};
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds - to_1970)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss rest(time - day);
    const Clock clock{static_cast<int>(rest.hours().count()), static_cast<int>(rest.minutes().count()),
                      static_cast<int>(rest.seconds().count()), true};
    return write(std::chrono::year_month_day(day), clock, "+0000");
}

} // namespace sekisho::mail
