// A policy as it was written: the syntax tree. Names are not looked up here; that is the engine's work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/language/source.h"
#include "policy/language/values.h"

namespace sekisho::policy {

inline constexpr unsigned nesting_max = 16;
inline constexpr std::uint64_t approvals_max = 9;
inline constexpr std::uint64_t keep_days_max = 3650;
inline constexpr std::uint64_t delay_minutes_max = 30 * 24 * 60;
inline constexpr std::uint64_t version_max = 1'000'000'000;
inline constexpr unsigned include_depth_max = 4; // the main file is at depth 0
inline constexpr unsigned glob_stars_max = 8;
inline constexpr std::size_t glob_characters_max = 100;

// A name or a text, and where it stands. Empty: it is missing, and that has been reported.
struct Name {
    std::string text;
    Span at;
};

// Days since 1970-01-01, both included.
struct Validity {
    std::uint64_t from = 0;
    std::uint64_t until = 0;
    Span at;
};

struct Day {
    std::uint64_t day = 0; // since 1970-01-01
    Span at;
};

struct Header {
    Name title;
    std::uint64_t version = 0;
    std::optional<Validity> valid;
    Span at;
};

// Least trusted first.
struct Zones {
    std::vector<Name> names;
    Span at;
};

struct Include {
    Name file;
};

struct TypeGroup {
    Name name;
    std::vector<Name> members; // types and groups of types
};

struct GroupMember {
    enum class Kind : std::uint8_t { user, account_group, group };
    Kind kind = Kind::user;
    Name value;
};

struct Group {
    Name name;
    std::vector<GroupMember> members;
};

struct CalendarPart {
    enum class Kind : std::uint8_t { days, calendar };
    Kind kind = Kind::days;
    Name calendar; // another calendar, or "japan"
    Validity days;
};

// The days of all parts without those of the exceptions.
struct Calendar {
    Name name;
    std::vector<CalendarPart> parts;
    std::vector<CalendarPart> except;
};

enum class Operator : std::uint8_t { in, is, has, like, less, less_equal, greater, greater_equal };

struct Operand {
    enum class Kind : std::uint8_t { name, text, number, size, time, hours, date, dates };
    Kind kind = Kind::name;
    Name value;              // as written
    std::uint64_t first = 0; // the number, the bytes, the minute or the day that it begins with
    std::uint64_t last = 0;  // the minute that hours end before; the last day
};

struct Condition {
    enum class Kind : std::uint8_t { all, any, negation, comparison };
    Kind kind = Kind::comparison;
    Span at;
    std::vector<Condition> children; // all, any: two or more; negation: one
    // comparison:
    Name attribute;
    Operator comparison = Operator::is;
    Name comparison_word;
    std::vector<Operand> operands; // one; with `in` one or more
};

struct ApprovalClause {
    std::uint64_t count = 0;
    Name group;
    std::optional<Name> zone; // where the approver works; without it, the more trusted of the two
};

// A choice within a level and the word for it: `attachments keep`. Which there are is not for the language to know.
struct ChoiceClause {
    Name choice;
    Name word;
};

struct Obligations {
    std::optional<Strictness> strictness;
    std::vector<ChoiceClause> choices; // each once
    std::vector<ApprovalClause> approvals;
    std::optional<std::uint64_t> keep_days;
    std::optional<std::uint64_t> delay_minutes;
    std::vector<Name> watermarks;
};

enum class RuleKind : std::uint8_t { forbid, allow, exception };

struct Rule {
    RuleKind kind = RuleKind::forbid;
    Name id;
    std::string title;
    Name from;
    Name to;
    std::optional<Condition> when;
    Obligations obligations; // of an allow
    Name reason;
    Name reference;
    std::optional<Day> until; // of an allow, of an exception
    // of an exception:
    Name of; // the id of the forbid
    Name requester;
    Name approver;
    Span at;    // of the keyword
    Span whole; // from the keyword to the last word
};

struct FlowEnd {
    Name zone;
    Name host; // an IP address in its canonical form
    Name mac;  // "02:00:00:00:00:01"
    std::optional<std::uint16_t> port;
};

// A specific communication (特定通信).
struct Flow {
    Name id;
    std::string title;
    FlowEnd from;
    FlowEnd to;
    Name peer;
    Name reason;
    Name reference;
    Span at;    // of the keyword
    Span whole; // from the keyword to the last word
};

// `unless flow in specific` or `unless flow "T-001", "T-002"`.
struct Unless {
    bool specific = false; // any flow that is declared
    std::vector<Name> flows;
};

// `never` and `must`: what is said about all paths, or about some.
struct Claim {
    bool always_possible = false; // `must`; else `never`
    Name id;
    std::string title;
    Name from;
    Name to;
    std::optional<Condition> when;
    std::optional<Unless> unless; // of a never
    Name reason;
    Name reference;
    Span at;    // of the keyword
    Span whole; // from the keyword to the last word
};

struct Given {
    Name attribute;
    std::vector<Operand> values; // a name "none" or "unknown" stands alone
};

struct Expectation {
    enum class Kind : std::uint8_t { refuse, allow, hold };
    Kind kind = Kind::refuse;
    std::optional<Name> rule;
    Obligations obligations; // only those that are named are compared
};

struct TestBlock {
    Name title; // unique
    std::vector<Given> given;
    Expectation expect;
    Span at;    // of the keyword
    Span whole; // from the keyword to the last word
};

struct Tree {
    std::optional<Header> header;
    std::optional<Zones> zones;
    std::vector<Include> includes;
    std::vector<TypeGroup> type_groups;
    std::vector<Group> groups;
    std::vector<Calendar> calendars;
    std::vector<Flow> flows;
    std::vector<Rule> rules; // allow and forbid
    std::vector<Rule> exceptions;
    std::vector<Claim> claims;
    std::vector<TestBlock> tests;
};

} // namespace sekisho::policy
