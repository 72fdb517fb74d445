#include "sanitizer/formats/calendar/lists.h"

#include <algorithm>
#include <array>

namespace sekisho::calendar {

namespace {

using Names = std::string_view;

struct Row {
    Names name;
    Value value;
};

// RFC 5545 3.7 and 3.8, RFC 7986 without what points elsewhere.
constexpr std::array calendar_rows{Row{"PRODID", Value::text},
                                   Row{"VERSION", Value::plain},
                                   Row{"CALSCALE", Value::plain},
                                   Row{"METHOD", Value::plain},
                                   Row{"NAME", Value::text},
                                   Row{"CATEGORIES", Value::text},
                                   Row{"CLASS", Value::plain},
                                   Row{"COMMENT", Value::text},
                                   Row{"DESCRIPTION", Value::text},
                                   Row{"GEO", Value::plain},
                                   Row{"LOCATION", Value::text},
                                   Row{"PERCENT-COMPLETE", Value::plain},
                                   Row{"PRIORITY", Value::plain},
                                   Row{"RESOURCES", Value::text},
                                   Row{"STATUS", Value::plain},
                                   Row{"SUMMARY", Value::text},
                                   Row{"COMPLETED", Value::plain},
                                   Row{"DTEND", Value::plain},
                                   Row{"DUE", Value::plain},
                                   Row{"DTSTART", Value::plain},
                                   Row{"DURATION", Value::plain},
                                   Row{"FREEBUSY", Value::plain},
                                   Row{"TRANSP", Value::plain},
                                   Row{"TZID", Value::text},
                                   Row{"TZNAME", Value::text},
                                   Row{"TZOFFSETFROM", Value::plain},
                                   Row{"TZOFFSETTO", Value::plain},
                                   Row{"ATTENDEE", Value::address},
                                   Row{"ORGANIZER", Value::address},
                                   Row{"CONTACT", Value::text},
                                   Row{"RECURRENCE-ID", Value::plain},
                                   Row{"RELATED-TO", Value::text},
                                   Row{"UID", Value::text},
                                   Row{"EXDATE", Value::plain},
                                   Row{"RDATE", Value::plain},
                                   Row{"RRULE", Value::plain},
                                   Row{"EXRULE", Value::plain},
                                   Row{"ACTION", Value::plain},
                                   Row{"REPEAT", Value::plain},
                                   Row{"TRIGGER", Value::plain},
                                   Row{"CREATED", Value::plain},
                                   Row{"DTSTAMP", Value::plain},
                                   Row{"LAST-MODIFIED", Value::plain},
                                   Row{"SEQUENCE", Value::plain},
                                   Row{"REQUEST-STATUS", Value::text},
                                   Row{"COLOR", Value::plain},
                                   Row{"X-WR-CALNAME", Value::text},
                                   Row{"X-WR-TIMEZONE", Value::text},
                                   Row{"TZ", Value::plain},
                                   Row{"DAYLIGHT", Value::text}};

constexpr std::array card_rows{Row{"VERSION", Value::plain},
                               Row{"PRODID", Value::text},
                               Row{"FN", Value::text},
                               Row{"N", Value::text},
                               Row{"NICKNAME", Value::text},
                               Row{"BDAY", Value::text},
                               Row{"ANNIVERSARY", Value::text},
                               Row{"GENDER", Value::text},
                               Row{"ADR", Value::text},
                               Row{"LABEL", Value::text},
                               Row{"TEL", Value::text},
                               Row{"EMAIL", Value::text},
                               Row{"LANG", Value::text},
                               Row{"TZ", Value::text},
                               Row{"TITLE", Value::text},
                               Row{"ROLE", Value::text},
                               Row{"ORG", Value::text},
                               Row{"CATEGORIES", Value::text},
                               Row{"NOTE", Value::text},
                               Row{"REV", Value::text},
                               Row{"UID", Value::text},
                               Row{"CLASS", Value::text},
                               Row{"KIND", Value::plain},
                               Row{"MAILER", Value::text},
                               Row{"SORT-STRING", Value::text},
                               Row{"X-PHONETIC-FIRST-NAME", Value::text},
                               Row{"X-PHONETIC-LAST-NAME", Value::text},
                               Row{"X-PHONETIC-ORG", Value::text},
                               Row{"X-MAIDENNAME", Value::text}};

constexpr std::array components{Names("VCALENDAR"), Names("VEVENT"),    Names("VTODO"),    Names("VJOURNAL"),
                                Names("VFREEBUSY"), Names("VTIMEZONE"), Names("STANDARD"), Names("DAYLIGHT"),
                                Names("VALARM"),    Names("VCARD")};

constexpr std::array parameters{Names("CN"),       Names("CUTYPE"), Names("FBTYPE"),  Names("LANGUAGE"),
                                Names("PARTSTAT"), Names("RANGE"),  Names("RELATED"), Names("RELTYPE"),
                                Names("ROLE"),     Names("RSVP"),   Names("TZID"),    Names("VALUE"),
                                Names("TYPE"),     Names("PREF"),   Names("SORT-AS")};

template <std::size_t size> Value find(const std::array<Row, size>& rows, Names name) {
    const auto row = std::ranges::find(rows, name, &Row::name);
    return row == rows.end() ? Value::removed : row->value;
}

} // namespace

Value calendar_property(std::string_view name) {
    return find(calendar_rows, name);
}
Value card_property(std::string_view name) {
    return find(card_rows, name);
}
bool is_component(std::string_view name) {
    return std::ranges::find(components, name) != components.end();
}
bool is_parameter(std::string_view name) {
    return std::ranges::find(parameters, name) != parameters.end();
}

} // namespace sekisho::calendar
