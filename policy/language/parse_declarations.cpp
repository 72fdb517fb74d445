#include "policy/language/parse_parts.h"

#include <utility>

namespace sekisho::policy {

namespace {

std::optional<std::uint64_t> date(Cursor& cursor) {
    if (cursor.at(TokenKind::date)) return cursor.take().value;
    cursor.missing(Phrase::a_date);
    return std::nullopt;
}

// valid 2026-04-01 .. 2027-03-31
std::optional<Validity> parse_validity(Cursor& cursor) {
    const Span begin = cursor.here().at;
    const auto from = date(cursor);
    if (!from || !cursor.expect(TokenKind::range, "..")) return std::nullopt;
    const Span end = cursor.here().at;
    const auto until = date(cursor);
    if (!until) return std::nullopt;
    if (*until < *from) cursor.problems().add(Problem::no_day_between, join(begin, end));
    return Validity{*from, *until, join(begin, end)};
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
