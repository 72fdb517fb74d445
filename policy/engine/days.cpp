#include "policy/engine/days.h"

#include <algorithm>

namespace sekisho::policy {

namespace {

using Ranges = std::vector<DayRange>;

// Sorted and without neighbours that touch.
Ranges joined(Ranges all) {
    std::ranges::sort(all, {}, &DayRange::first);
    Ranges out;
    for (const DayRange& range : all) {
        if (range.last < range.first) continue;
        if (!out.empty() && range.first <= out.back().last + 1)
            out.back().last = std::max(out.back().last, range.last);
        else
            out.push_back(range);
    }
    return out;
}

Ranges either(const Ranges& one, const Ranges& other) {
    Ranges all = one;
    all.insert(all.end(), other.begin(), other.end());
    return joined(std::move(all));
}

// All days that are in none of the ranges.
Ranges rest(const Ranges& ranges) {
    Ranges out;
    std::uint32_t next = 0;
    for (const DayRange& range : ranges) {
        if (range.first > next) out.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    if (next <= day_max) out.push_back({next, day_max});
    return out;
}

Ranges both(const Ranges& one, const Ranges& other) {
    return rest(either(rest(one), rest(other)));
}

CompiledCalendar inverted(const CompiledCalendar& calendar) {
    CompiledCalendar out;
    out.unknown = calendar.unknown;
    out.days = rest(either(calendar.days, calendar.unknown));
    return out;
}

} // namespace

CompiledCalendar together(const CompiledCalendar& one, const CompiledCalendar& other) {
    CompiledCalendar out;
    out.days = either(one.days, other.days);
    out.unknown = both(either(one.unknown, other.unknown), rest(out.days));
    return out;
}

CompiledCalendar without(const CompiledCalendar& one, const CompiledCalendar& other) {
    return inverted(together(inverted(one), other));
}

} // namespace sekisho::policy
