#include "policy/language/parse_parts.h"

#include <utility>

namespace sekisho::policy {

namespace {

// valid 2026-04-01 .. 2027-03-31
std::optional<Validity> parse_validity(Cursor& cursor) {
    const auto from = cursor.date();
    if (!from || !cursor.expect(TokenKind::range, "..")) return std::nullopt;
    const auto until = cursor.date();
    if (!until) return std::nullopt;
    const Span at = join(from->at, until->at);
    if (until->day < from->day) cursor.problems().add(Problem::no_day_between, at);
    return Validity{from->day, until->day, at};
}

// 2026-12-29..2027-01-03 · 2026-04-01 · the name of a calendar, or japan
std::optional<CalendarPart> parse_calendar_part(Cursor& cursor) {
    CalendarPart part;
    if (cursor.at_name()) {
        part.kind = CalendarPart::Kind::calendar;
        part.calendar = *cursor.name(Phrase::a_name);
        return part;
    }
    if (!cursor.at(TokenKind::date)) {
        cursor.missing(Phrase::days_or_calendar);
        return std::nullopt;
    }
    const auto first = cursor.date();
    part.days = {first->day, first->day, first->at};
    if (!cursor.take_if(TokenKind::range)) return part;
    const auto last = cursor.date();
    if (!last) return std::nullopt;
    part.days = {first->day, last->day, join(first->at, last->at)};
    if (last->day < first->day) cursor.problems().add(Problem::no_day_between, part.days.at);
    return part;
}

bool parse_calendar_parts(Cursor& cursor, std::vector<CalendarPart>& into) {
    do {
        auto part = parse_calendar_part(cursor);
        if (!part) return false;
        into.push_back(std::move(*part));
    } while (cursor.take_if(TokenKind::comma));
    return true;
}

using MemberKind = GroupMember::Kind;

// False if no kind is said here.
bool take_member_kind(Cursor& cursor, MemberKind& kind) {
    const bool user = cursor.take_word("user");
    // Two words for what the directory calls a group, so that a policy reads right: a department, a post.
    const bool group = !user && (cursor.take_word("dept") || cursor.take_word("role"));
    if (user || group) kind = user ? MemberKind::user : MemberKind::account_group;
    return user || group;
}

// One of: user "a" · dept "a" · "a" (of the kind said before) · the name of another group, after which a kind is said
// anew.
bool parse_member(Cursor& cursor, MemberKind& kind, Group& group) {
    if (!take_member_kind(cursor, kind) && cursor.at_name()) {
        kind = MemberKind::group;
        group.members.push_back({kind, *cursor.name(Phrase::a_name)});
        return true;
    }
    if (kind == MemberKind::group) {
        cursor.missing(Phrase::a_member);
        return false;
    }
    auto value = cursor.text();
    if (value) group.members.push_back({kind, std::move(*value)});
    return value.has_value();
}

} // namespace

std::optional<Header> parse_header(Cursor& cursor) {
    Header header;
    header.at = cursor.here().at;
    auto title = cursor.text();
    if (!title) return std::nullopt;
    header.title = std::move(*title);
    if (cursor.take_word("version")) {
        const auto version = cursor.number(1, version_max);
        if (!version) return std::nullopt;
        header.version = *version;
    }
    if (cursor.take_word("valid")) {
        header.valid = parse_validity(cursor);
        if (!header.valid) return std::nullopt;
    }
    return header;
}

std::optional<Zones> parse_zones(Cursor& cursor) {
    Zones zones;
    zones.at = cursor.here().at;
    do {
        auto name = cursor.name(Phrase::a_zone);
        if (!name) return std::nullopt;
        zones.names.push_back(std::move(*name));
    } while (cursor.take_if(TokenKind::comma));
    return zones;
}

std::optional<Include> parse_include(Cursor& cursor) {
    auto file = cursor.text();
    if (!file) return std::nullopt;
    return Include{std::move(*file)};
}

std::optional<Calendar> parse_calendar(Cursor& cursor) {
    Calendar calendar;
    auto name = cursor.name(Phrase::a_name);
    if (!name || !cursor.expect(TokenKind::equals, "=")) return std::nullopt;
    calendar.name = std::move(*name);
    if (!parse_calendar_parts(cursor, calendar.parts)) return std::nullopt;
    if (cursor.take_word("except") && !parse_calendar_parts(cursor, calendar.except)) return std::nullopt;
    return calendar;
}

std::optional<TypeGroup> parse_types(Cursor& cursor) {
    TypeGroup group;
    auto name = cursor.name(Phrase::a_name);
    if (!name || !cursor.expect(TokenKind::equals, "=")) return std::nullopt;
    group.name = std::move(*name);
    do {
        auto member = cursor.name(Phrase::a_type);
        if (!member) return std::nullopt;
        group.members.push_back(std::move(*member));
    } while (cursor.take_if(TokenKind::comma) || cursor.at_name());
    return group;
}

std::optional<Group> parse_group(Cursor& cursor) {
    Group group;
    auto name = cursor.name(Phrase::a_name);
    if (!name || !cursor.expect(TokenKind::equals, "=")) return std::nullopt;
    group.name = std::move(*name);
    MemberKind kind = MemberKind::group;
    do {
        if (!parse_member(cursor, kind, group)) return std::nullopt;
    } while (cursor.take_if(TokenKind::comma));
    return group;
}

} // namespace sekisho::policy
