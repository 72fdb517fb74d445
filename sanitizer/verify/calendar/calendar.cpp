#include "sanitizer/verify/calendar/calendar.h"

#include <new>
#include <string>
#include <unordered_set>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

using Set = std::unordered_set<std::string_view>;

const Set& calendar_names() {
    static const Set names{"PRODID",
                           "VERSION",
                           "CALSCALE",
                           "METHOD",
                           "NAME",
                           "CATEGORIES",
                           "CLASS",
                           "COMMENT",
                           "DESCRIPTION",
                           "GEO",
                           "LOCATION",
                           "PERCENT-COMPLETE",
                           "PRIORITY",
                           "RESOURCES",
                           "STATUS",
                           "SUMMARY",
                           "COMPLETED",
                           "DTEND",
                           "DUE",
                           "DTSTART",
                           "DURATION",
                           "FREEBUSY",
                           "TRANSP",
                           "TZID",
                           "TZNAME",
                           "TZOFFSETFROM",
                           "TZOFFSETTO",
                           "ATTENDEE",
                           "ORGANIZER",
                           "CONTACT",
                           "RECURRENCE-ID",
                           "RELATED-TO",
                           "UID",
                           "EXDATE",
                           "RDATE",
                           "RRULE",
                           "EXRULE",
                           "ACTION",
                           "REPEAT",
                           "TRIGGER",
                           "CREATED",
                           "DTSTAMP",
                           "LAST-MODIFIED",
                           "SEQUENCE",
                           "REQUEST-STATUS",
                           "COLOR",
                           "X-WR-CALNAME",
                           "X-WR-TIMEZONE",
                           "TZ",
                           "DAYLIGHT"};
    return names;
}
const Set& card_names() {
    static const Set names{"VERSION",
                           "PRODID",
                           "FN",
                           "N",
                           "NICKNAME",
                           "BDAY",
                           "ANNIVERSARY",
                           "GENDER",
                           "ADR",
                           "LABEL",
                           "TEL",
                           "EMAIL",
                           "LANG",
                           "TZ",
                           "TITLE",
                           "ROLE",
                           "ORG",
                           "CATEGORIES",
                           "NOTE",
                           "REV",
                           "UID",
                           "CLASS",
                           "KIND",
                           "MAILER",
                           "SORT-STRING",
                           "X-PHONETIC-FIRST-NAME",
                           "X-PHONETIC-LAST-NAME",
                           "X-PHONETIC-ORG",
                           "X-MAIDENNAME"};
    return names;
}
const Set& parameter_names() {
    static const Set names{"CN",   "CUTYPE", "FBTYPE", "LANGUAGE", "PARTSTAT", "RANGE", "RELATED", "RELTYPE",
                           "ROLE", "RSVP",   "TZID",   "VALUE",    "TYPE",     "PREF",  "SORT-AS"};
    return names;
}
const Set& component_names() {
    static const Set names{"VCALENDAR", "VEVENT",   "VTODO",    "VJOURNAL", "VFREEBUSY",
                           "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM",   "VCARD"};
    return names;
}

std::unexpected<Error> no() {
    return refuse(Reason::verify_calendar);
}

class Reader {
public:
    explicit Reader(bool card) : m_card(card) {}

    Result<> run(std::string_view text) {
        std::string line;
        while (!text.empty()) {
            const std::size_t end = text.find("\r\n");
            const std::string_view raw = text.substr(0, end);
            if (end == text.npos || raw.size() > 75 || raw.empty() || raw.find_first_of("\r\n\f") != raw.npos)
                return no();
            text.remove_prefix(end + 2);
            if (raw.front() == ' ') {
                if (line.empty()) return no();
                line += raw.substr(1);
                continue;
            }
            if (!line.empty()) TRY(take(line));
            line = raw;
        }
        if (!line.empty()) TRY(take(line));
        if (!m_open.empty() || !m_any) return no();
        return {};
    }

private:
    Result<> take(std::string_view line) {
        const std::size_t end = line.find_first_of(";:");
        if (end == line.npos) return no();
        std::string_view name = line.substr(0, end);
        line.remove_prefix(end);
        if (const std::size_t dot = name.find('.'); m_card && dot != name.npos) name.remove_prefix(dot + 1);
        if (name == "BEGIN" || name == "END") return component(name == "BEGIN", line);
        if (m_open.empty() || !(m_card ? card_names() : calendar_names()).contains(name)) return no();
        while (line.front() == ';') TRY(parameter(line));
        line.remove_prefix(1);
        if ((name == "ATTENDEE" || name == "ORGANIZER") && line.substr(0, 7) != "mailto:" &&
            line.substr(0, 7) != "MAILTO:")
            return mixed_case_mailto(line);
        if (name == "ACTION") m_shows = line.size() == 7 && (line[0] | 0x20) == 'd' && (line[1] | 0x20) == 'i';
        return {};
    }

    static Result<> mixed_case_mailto(std::string_view line) {
        constexpr std::string_view scheme = "mailto:";
        for (std::size_t i = 0; i < scheme.size(); ++i)
            if (i >= line.size() || (line[i] | 0x20) != (scheme[i] | 0x20)) return no();
        return {};
    }

    // Takes ";NAME=value,value" off; leaves ";" or ":" in front.
    static Result<> parameter(std::string_view& line) {
        const std::size_t equals = line.find('=');
        if (equals == line.npos || !parameter_names().contains(line.substr(1, equals - 1))) return no();
        bool quoted = false;
        std::size_t at = equals + 1;
        for (; at < line.size() && (quoted || (line[at] != ';' && line[at] != ':')); ++at)
            if (line[at] == '"') quoted = !quoted;
        if (at == line.size()) return no();
        line.remove_prefix(at);
        return {};
    }

    Result<> component(bool begins, std::string_view line) {
        const std::string name(line.substr(1));
        if (line.front() != ':' || !component_names().contains(name)) return no();
        if (begins) {
            const bool outer = name == "VCALENDAR" || name == "VCARD";
            if (outer != m_open.empty() || m_open.size() >= 8 || (outer && m_card != (name == "VCARD"))) return no();
            m_open.push_back(name);
            m_shows = false;
            m_any = true;
            return {};
        }
        if (m_open.empty() || m_open.back() != name || (name == "VALARM" && !m_shows)) return no();
        m_open.pop_back();
        return {};
    }

    bool m_card;
    bool m_any = false;
    bool m_shows = false; // the alarm that is open shows a text
    std::vector<std::string> m_open;
};

Result<> check(const Source& source, const Limits& limits, bool card) try {
    TRY(verify::text(source, limits));
    return Reader(card).run(as_text(TRY(source.whole(limits.bytes_out))));
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace

Result<> calendar(const Source& source, const Limits& limits) {
    return check(source, limits, false);
}
Result<> vcard(const Source& source, const Limits& limits) {
    return check(source, limits, true);
}

} // namespace sekisho::verify
