// What a policy becomes: tables of numbers and sets, so that deciding compares no texts but those of the request. The
// analysis reads the same tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto/crypto.h"
#include "policy/engine/sample.h"
#include "policy/engine/set.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

inline constexpr std::size_t zones_max = 16;
inline constexpr std::size_t rules_max = 20'000; // allow, forbid and exception together
inline constexpr std::size_t flows_max = 1000;
inline constexpr std::size_t calendars_max = 100;
inline constexpr std::size_t claims_max = 1000;
inline constexpr std::size_t tests_max = 10'000;

// One step of a condition, in preorder: what is inside a step follows it, up to `end`.
// A mask has bit i for the i-th zone (Compiled::zones) or the i-th value of an enumeration (values.h).
enum class Test : std::uint8_t {
    all,
    any,
    negation,
    from_in,         // first: mask of zones
    to_in,           // first: mask of zones
    origin_in,       // first: mask of zones
    type_in,         // first: group of types
    type_is,         // first: type
    family_is,       // first: family
    size,            // comparison with first
    depth,           // comparison with first
    members,         // comparison with first
    data_count,      // comparison with first
    hours,           // from minute first until before minute last, over midnight if last <= first
    dates,           // from day first to day last, both included
    day_in,          // first: calendar
    finding,         // first: finding (Compiled::findings)
    data,            // first: DataKind
    level_in,        // first: mask of Reached
    user_in,         // first: group
    user_is,         // first: member (Compiled::members)
    department_is,   // first: department (Compiled::departments)
    recipient_in,    // first: group
    recipient_is,    // first: member
    confidentiality, // first: mask of Confidentiality
    channel_in,      // first: mask of Channel
    flow_specific,   // any declared flow
    flow_is,         // first: flow
    name_like        // first: glob (Compiled::globs)
};

struct Step {
    Test test = Test::all;
    Operator comparison = Operator::is;
    std::uint32_t end = 0;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

// A choice of the vocabulary. A mask of choices has bit i for the i-th (Compiled::choices).
struct CompiledChoice {
    std::string name;
    std::string strict;
    std::string mild;
};

inline constexpr std::size_t choices_max = 32;

inline constexpr std::uint8_t any_zone = 0xFF;
inline constexpr std::uint8_t no_zone = 0xFE; // of a request: not declared in the policy

struct CompiledApproval {
    unsigned count = 0;
    std::uint32_t group = 0;
    std::uint8_t zone = no_zone;
};

// An allow, a forbid or an exception.
struct CompiledRule {
    RuleKind kind = RuleKind::forbid;
    std::string id;
    std::string title;
    std::string reason;
    std::string reference;
    std::uint8_t from = no_zone;
    std::uint8_t to = no_zone;
    std::optional<std::uint32_t> condition; // index of its first step; without one it always holds
    std::optional<std::uint32_t> until;     // last day that it holds
    // of an allow:
    Strictness strictness = Strictness::rebuild;
    std::uint32_t mild = 0; // mask of the choices that are not the strict ones
    std::vector<CompiledApproval> approvals;
    std::optional<unsigned> keep_days;
    std::optional<unsigned> delay_minutes;
    std::vector<std::string> watermarks;
    // of a forbid:
    std::vector<std::uint32_t> exceptions; // indices into Compiled::exceptions
    // of an exception:
    std::uint32_t of = 0; // index of the forbid in Compiled::rules
    std::string requester;
    std::string approver;
    Span at; // from the keyword to the last word

    bool allows() const { return kind == RuleKind::allow; }
};

struct CompiledType {
    std::string name;
    std::uint32_t family = 0;
    Set groups; // that contain it
};

struct CompiledMember {
    bool user = false; // else a group of accounts
    std::string name;
    Set groups;                              // that contain it
    std::optional<std::uint32_t> department; // its number, if a condition names it
};

// Days since 1970-01-01, both included.
struct DayRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    friend bool operator==(const DayRange&, const DayRange&) = default;
};

inline constexpr std::uint32_t day_max = 2'932'896; // 9999-12-31; days beyond and before 1970 are not known

// Both lists are sorted and have no day in common; what is in neither is not in the calendar.
struct CompiledCalendar {
    std::string name;
    std::vector<DayRange> days;
    std::vector<DayRange> unknown; // outside of the years for which holidays are known
    Span at;
};

struct CompiledFlowEnd {
    std::uint8_t zone = no_zone;
    std::string host;
    std::string mac;
    std::uint16_t port = 0;
};

// A request is over a flow only if it also goes from its zone to its zone; else its flow counts as not known.
struct CompiledFlow {
    std::string id;
    std::string title;
    std::string reason;
    std::string reference;
    CompiledFlowEnd from;
    CompiledFlowEnd to;
    Peer peer = Peer::eltax;
    Span at;
};

// A `never` or a `must`.
struct CompiledClaim {
    std::string id;
    std::string title;
    std::string reason;
    std::string reference;
    std::uint8_t from = no_zone;
    std::uint8_t to = no_zone;
    std::optional<std::uint32_t> condition;
    bool unless_specific = false;            // of a never: hops over any declared flow do not count
    std::vector<std::uint32_t> unless_flows; // of a never: hops over these flows do not count
    Span at;
};

struct CompiledTest {
    std::string title;
    Sample given;
    Expectation::Kind expected = Expectation::Kind::refuse;
    std::string rule; // that has to be among the deciding ones; may be empty
    std::optional<Strictness> strictness;
    std::uint32_t chosen = 0;                // mask of the choices that are compared
    std::uint32_t mild = 0;                  // of these, that have to be mild
    std::vector<CompiledApproval> approvals; // that have to be among the required ones
    std::optional<unsigned> keep_days;
    std::optional<unsigned> delay_minutes;
    std::vector<std::string> watermarks;
    Span at;
};

// What deciding has to look at of one rule.
struct Gate {
    std::uint32_t rule = 0;
    std::uint32_t condition = 0; // its first step
    bool conditional = false;
    bool special = false; // it ends, or has exceptions
};

struct Compiled {
    bool loaded = false;
    std::string name;
    std::uint64_t version = 0;
    std::optional<Validity> valid;
    Digest digest{};
    Sources sources;                      // what it was made from; spans point into it
    std::vector<std::string> zones;       // least trusted first
    std::vector<CompiledType> types;      // sorted by name
    std::vector<std::string> families;    // sorted
    std::vector<std::string> type_groups; // as declared
    std::vector<CompiledMember> members;  // sorted: groups of accounts, users; by name
    std::vector<std::string> groups;      // of people, as declared
    std::vector<std::string> departments; // that conditions name
    std::vector<std::string> findings;    // that conditions name, sorted
    std::vector<CompiledChoice> choices;  // as the vocabulary has them
    std::vector<std::u32string> globs;    // that conditions name, ASCII letters in lower case
    std::vector<CompiledCalendar> calendars;
    std::vector<CompiledFlow> flows; // sorted by id
    std::vector<Step> steps;
    std::vector<CompiledRule> rules;      // forbids first; by id
    std::vector<CompiledRule> exceptions; // by id
    std::vector<CompiledClaim> nevers;    // by id
    std::vector<CompiledClaim> musts;     // by id
    std::vector<CompiledTest> tests;      // by title
    std::size_t forbids = 0;              // of rules, the first so many
    // For each way the rules that can go it, in their order: from * (zones + 1) + to, the last being a zone that is not
    // declared. Made of the rest.
    std::vector<std::vector<Gate>> ways;
};

} // namespace sekisho::policy
