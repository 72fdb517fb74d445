#include "gateway/audit/events.h"

#include <algorithm>
#include <array>

namespace sekisho::audit {

namespace {

constexpr std::array rows{
#define EVENT(id, name, severity, english, japanese) EventRow{name, Severity::severity, english, japanese},
#include "gateway/audit/events.def"
#undef EVENT
};

} // namespace

std::span<const EventRow> all_events() {
    return rows;
}

int severity_of(std::string_view event) {
    const auto found = std::ranges::find(rows, event, &EventRow::name);
    return static_cast<int>(found == rows.end() ? Severity::notice : found->severity);
}

} // namespace sekisho::audit
