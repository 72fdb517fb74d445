// Are the Japanese public holidays those of the law? The data is compared with the law's rules, computed here anew, and
// with days that were published.
#include <chrono>
#include <set>

#include "policy/engine/facts.h"
#include "policy/engine/holidays.h"
#include "tests/policy/engine/build.h"

namespace sekisho::policy {

namespace {

using namespace std::chrono;

sys_days nth_monday(year y, month m, unsigned n) {
    return sys_days(y / m / Monday[n]);
}

// The formula of the Naval Observatory's tables, good for 1980 to 2099.
sys_days equinox(int y, bool spring) {
    const double base = spring ? 20.8431 : 23.2488;
    const auto day = static_cast<unsigned>(base + 0.242194 * (y - 1980) - static_cast<double>((y - 1980) / 4));
    return sys_days(year(y) / (spring ? 3 : 9) / static_cast<int>(day));
}

// 国民の祝日に関する法律 第2条.
std::set<sys_days> national_days(int number) {
    const year y(number);
    return {sys_days(y / 1 / 1),    nth_monday(y, January, 2), sys_days(y / 2 / 11), sys_days(y / 2 / 23),
            equinox(number, true),  sys_days(y / 4 / 29),      sys_days(y / 5 / 3),  sys_days(y / 5 / 4),
            sys_days(y / 5 / 5),    nth_monday(y, July, 3),    sys_days(y / 8 / 11), nth_monday(y, September, 3),
            equinox(number, false), nth_monday(y, October, 2), sys_days(y / 11 / 3), sys_days(y / 11 / 23)};
}

// 第3条: the days themselves, the first other day after one that is a Sunday, and a day between two.
std::set<sys_days> holidays(int year) {
    const std::set<sys_days> national = national_days(year);
    std::set<sys_days> all = national;
    for (sys_days day : national) {
        if (weekday(day) != Sunday) continue;
        while (national.contains(day)) day += days(1);
        all.insert(day);
    }
    for (const sys_days day : national)
        if (national.contains(day + days(2)) && !all.contains(day + days(1))) all.insert(day + days(1));
    return all;
}

std::set<sys_days> known(int wanted) {
    std::set<sys_days> found;
    for (const std::uint32_t number : japanese_holidays()) {
        const sys_days day{days(number)};
        if (year_month_day(day).year() == year(wanted)) found.insert(day);
    }
    return found;
}

TEST(Holidays, AreThoseOfTheLaw) {
    for (int year = 2024; year <= 2030; ++year) EXPECT_EQ(known(year), holidays(year)) << year;
}

// As the Cabinet Office published them.
TEST(Holidays, AreThoseThatWerePublished) {
    const auto published = [](int y, std::initializer_list<std::pair<unsigned, unsigned>> dates) {
        std::set<sys_days> all;
        for (const auto& [m, d] : dates) all.insert(sys_days(year_month_day(year(y), month(m), day(d))));
        return all;
    };
    EXPECT_EQ(known(2024), published(2024, {{1, 1},  {1, 8},  {2, 11}, {2, 12},  {2, 23}, {3, 20}, {4, 29},
                                            {5, 3},  {5, 4},  {5, 5},  {5, 6},   {7, 15}, {8, 11}, {8, 12},
                                            {9, 16}, {9, 22}, {9, 23}, {10, 14}, {11, 3}, {11, 4}, {11, 23}}));
    EXPECT_EQ(known(2025), published(2025, {{1, 1},
                                            {1, 13},
                                            {2, 11},
                                            {2, 23},
                                            {2, 24},
                                            {3, 20},
                                            {4, 29},
                                            {5, 3},
                                            {5, 4},
                                            {5, 5},
                                            {5, 6},
                                            {7, 21},
                                            {8, 11},
                                            {9, 15},
                                            {9, 23},
                                            {10, 13},
                                            {11, 3},
                                            {11, 23},
                                            {11, 24}}));
    EXPECT_EQ(known(2026), published(2026, {{1, 1},
                                            {1, 12},
                                            {2, 11},
                                            {2, 23},
                                            {3, 20},
                                            {4, 29},
                                            {5, 3},
                                            {5, 4},
                                            {5, 5},
                                            {5, 6},
                                            {7, 20},
                                            {8, 11},
                                            {9, 21},
                                            {9, 22},
                                            {9, 23},
                                            {10, 12},
                                            {11, 3},
                                            {11, 23}}));
}

Truth on(const CompiledCalendar& calendar, int y, int m, int d) {
    return contains(calendar, static_cast<std::uint64_t>(sys_days(year(y) / m / d).time_since_epoch().count()));
}

TEST(Holidays, WorkdaysEndWhereTheYearsEnd) {
    const CompiledCalendar workdays = japanese_workdays();
    EXPECT_EQ(on(workdays, 2026, 5, 1), Truth::yes); // Friday
    EXPECT_EQ(on(workdays, 2026, 5, 2), Truth::no);  // Saturday
    EXPECT_EQ(on(workdays, 2026, 5, 6), Truth::no);  // a substitute
    EXPECT_EQ(on(workdays, 2026, 9, 22), Truth::no); // between two
    EXPECT_EQ(on(workdays, 2024, 1, 2), Truth::yes);
    EXPECT_EQ(on(workdays, 2023, 12, 29), Truth::unknown);
    EXPECT_EQ(on(workdays, 2030, 12, 31), Truth::yes);
    EXPECT_EQ(on(workdays, 2031, 1, 1), Truth::unknown);
    EXPECT_EQ(contains(workdays, std::nullopt), Truth::unknown);
}

Policy with_calendars(std::string_view calendars, std::string_view condition) {
    return loaded(std::string(calendars) +
                  with_head("allow \"R-1\" from internet to lgwan when " + std::string(condition)));
}

bool allows(const Policy& policy, int y, int m, int d) {
    Request asked = request();
    asked.day = sys_days(year(y) / m / d);
    return policy.decide(asked).outcome == Outcome::allow;
}

TEST(Calendars, AreMadeOfDaysAndOfEachOther) {
    const std::string_view calendars = "calendar open = workdays, 2026-05-02 except closed\n"
                                       "calendar workdays = japan\n"
                                       "calendar closed = 2026-12-29..2027-01-03, 2026-04-01\n";
    const Policy open = with_calendars(calendars, "day in open");
    EXPECT_TRUE(allows(open, 2026, 5, 1));
    EXPECT_TRUE(allows(open, 2026, 5, 2)); // an open Saturday
    EXPECT_FALSE(allows(open, 2026, 5, 9));
    EXPECT_FALSE(allows(open, 2026, 4, 1));
    EXPECT_TRUE(allows(open, 2026, 4, 2));
    EXPECT_TRUE(allows(open, 2026, 12, 28));
    EXPECT_FALSE(allows(open, 2026, 12, 29));
    EXPECT_FALSE(allows(open, 2027, 1, 3));
    EXPECT_TRUE(allows(open, 2027, 1, 4));
    EXPECT_FALSE(allows(open, 2031, 6, 2)); // nobody knows
    const Policy closed = with_calendars(calendars, "not day in open");
    EXPECT_TRUE(allows(closed, 2026, 4, 1));
    EXPECT_FALSE(allows(closed, 2031, 6, 2));
    EXPECT_FALSE(closed.decide(request()).outcome == Outcome::allow); // the day is not known
    // What is known for certain stays known beyond the years of the data.
    const Policy either = with_calendars("calendar open = japan, 2031-06-02\ncalendar shut = japan except 2031-06-02\n",
                                         "day in open or not day in shut");
    EXPECT_TRUE(allows(either, 2031, 6, 2));
    EXPECT_FALSE(allows(either, 2031, 6, 3));
}

} // namespace

} // namespace sekisho::policy
