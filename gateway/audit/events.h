// The one table of what the audit log records (events.def): ids, severities and texts. Collectors, the manual page and
// the search verb use it.
#pragma once

#include <span>
#include <string_view>

namespace sekisho::audit {

// RFC 5424 table 2.
enum class Severity : int { emergency, alert, critical, error, warning, notice, info, debug };

struct EventRow {
    std::string_view name; // stable: "transfer.decided"
    Severity severity;
    std::string_view english;
    std::string_view japanese;
};

std::span<const EventRow> all_events();
// As the number that RFC 5424 wants; that of "notice" for a name that is in no row.
int severity_of(std::string_view event);

} // namespace sekisho::audit
