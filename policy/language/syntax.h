// A policy as it was written: the syntax tree. Names are not looked up here; that is the engine's work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/language/source.h"

namespace sekisho::policy {

inline constexpr unsigned nesting_max = 16;
inline constexpr std::uint64_t approvals_max = 9;
inline constexpr std::uint64_t keep_days_max = 3650;
inline constexpr std::uint64_t version_max = 1'000'000'000;

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

enum class Operator : std::uint8_t { in, is, has, less, less_equal, greater, greater_equal };

struct Operand {
    enum class Kind : std::uint8_t { name, text, number, size, hours };
    Kind kind = Kind::name;
    Name value;              // as written
    std::uint64_t first = 0; // the number, the bytes, or the minute that hours begin with
    std::uint64_t last = 0;  // the minute that hours end before
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
    Operand operand;
};

// How far a file is taken apart; a later one is stricter.
enum class Strictness : std::uint8_t { rebuild, flatten, text };

struct ApprovalClause {
    std::uint64_t count = 0;
    Name group;
    std::optional<Name> zone; // where the approver works; without it, the more trusted of the two
};

struct Obligations {
    std::optional<Strictness> strictness;
    std::vector<ApprovalClause> approvals;
    std::optional<std::uint64_t> keep_days;
};

struct Rule {
    bool allows = false; // else forbids
    Name id;
    std::string title;
    Name from;
    Name to;
    std::optional<Condition> when;
    Obligations obligations;
    std::string reason;
    std::string reference;
    Span at; // of the keyword
};

struct Tree {
    std::optional<Header> header;
    std::optional<Zones> zones;
    std::vector<TypeGroup> type_groups;
    std::vector<Group> groups;
    std::vector<Rule> rules;
};

} // namespace sekisho::policy
