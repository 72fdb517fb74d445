#include "policy/engine/compile.h"

#include <algorithm>

#include "policy/engine/days.h"
#include "policy/engine/holidays.h"

namespace sekisho::policy {

namespace {

constexpr std::string_view japan = "japan";

} // namespace

void Compiler::compile_calendars() {
    if (too_many(m_tree.calendars, calendars_max, [](const Calendar& calendar) { return calendar.name.at; })) return;
    for (const Calendar& calendar : m_tree.calendars) {
        if (calendar.name.text == japan)
            m_problems.add(Problem::duplicate_name, calendar.name.at, {calendar.name.text});
        else
            declare(m_calendars, calendar.name, Problem::duplicate_name);
    }
    m_calendar_progress.assign(m_tree.calendars.size(), Progress::untouched);
    m_out.calendars.resize(m_tree.calendars.size());
    for (std::size_t i = 0; i < m_tree.calendars.size(); ++i)
        if (auto compiled = calendar(i)) m_out.calendars[i] = std::move(*compiled);
}

// As deep as there are calendars: at most calendars_max.
std::optional<CompiledCalendar> Compiler::calendar(std::size_t index) {
    const Calendar& calendar = m_tree.calendars[index];
    if (!m_out.calendars[index].name.empty()) return m_out.calendars[index];
    Progress& progress = m_calendar_progress[index];
    if (progress == Progress::failed) return std::nullopt;
    if (progress == Progress::open) {
        m_problems.add(Problem::contains_itself, calendar.name.at, {calendar.name.text});
        return std::nullopt;
    }
    progress = Progress::open;
    CompiledCalendar out;
    CompiledCalendar except;
    const bool whole = add_parts(calendar.parts, out) && add_parts(calendar.except, except);
    progress = Progress::failed;
    if (!whole) return std::nullopt;
    out = without(out, except);
    out.name = calendar.name.text;
    out.at = calendar.name.at;
    m_out.calendars[index] = out;
    return out;
}

bool Compiler::add_parts(const std::vector<CalendarPart>& parts, CompiledCalendar& into) {
    for (const CalendarPart& part : parts) {
        if (part.kind == CalendarPart::Kind::days) {
            CompiledCalendar days;
            days.days.push_back(
                {static_cast<std::uint32_t>(part.days.from), static_cast<std::uint32_t>(part.days.until)});
            into = together(into, days);
            continue;
        }
        if (part.calendar.text == japan) {
            into = together(into, japanese_workdays());
            continue;
        }
        const auto found = m_calendars.find(part.calendar.text);
        if (found == m_calendars.end()) {
            unknown(Problem::unknown_calendar, part.calendar, m_calendars);
            return false;
        }
        const auto other = calendar(found->second.index);
        if (!other) return false;
        into = together(into, *other);
    }
    return true;
}

} // namespace sekisho::policy
