// Policies by chance, small enough to be odd: many rules meet, and conditions mix every attribute with and, or and not.
// They are made as trees of their own, so that neither the text nor the oracle's formulas come from what is tested.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::tests {

inline constexpr std::array<std::string_view, 3> zone_names{"internet", "lgwan", "mynumber"};
inline constexpr std::array<std::string_view, 5> type_names{"pdf", "docx", "jpeg", "zip", "script"};
inline constexpr std::array<std::string_view, 3> user_names{"ann", "bob", "eve"};
inline constexpr std::array<std::string_view, 3> dept_names{"tax", "roads", "schools"};
inline constexpr std::array<std::string_view, 3> finding_names{"pdf.javascript", "pdf.launch", "ooxml.macro"};
inline constexpr std::array<std::string_view, 3> data_names{"mynumber", "card", "keyword"};
inline constexpr std::array<std::string_view, 2> glob_texts{"*.form.pdf", "draft*"};
inline constexpr unsigned first_day = 20544; // 2026-04-01

enum class Attribute : std::uint8_t {
    from,
    to,
    origin,
    type,
    size,
    depth,
    members,
    data_count,
    hours,
    date,
    day,
    level,
    confidentiality,
    channel,
    flow_specific,
    flow_is,
    user_in,
    user_is,
    dept_is,
    recipient_in,
    recipient_is,
    finding,
    data,
    name
};
inline constexpr std::size_t attributes = static_cast<std::size_t>(Attribute::name) + 1;

struct Tree {
    enum class Kind : std::uint8_t { all, any, negation, comparison };
    Kind kind = Kind::comparison;
    std::vector<Tree> children;
    Attribute attribute = Attribute::type;
    unsigned sign = 0;       // of <, <=, >, >=
    std::uint64_t first = 0; // value, mask or index
    std::uint64_t last = 0;
};

struct RandomRule {
    enum class Kind : std::uint8_t { allow, forbid, exception };
    Kind kind = Kind::allow;
    std::string id;
    unsigned from = 0; // zone_names.size(): any
    unsigned to = 0;
    std::optional<Tree> when;
    std::optional<unsigned> until; // day
    unsigned level = 0;
    unsigned approvals = 0; // by chief
    std::optional<unsigned> keep;
    std::optional<unsigned> delay;
    std::optional<std::string> mark;
    std::string of; // of an exception
};

struct RandomClaim {
    bool must = false;
    std::string id;
    unsigned from = 0;
    unsigned to = 0;
    std::optional<Tree> when;
    unsigned unless = 0; // 1: specific, 2: flow T-001
};

struct RandomGroup {
    std::vector<unsigned> users;
    std::vector<unsigned> depts;
};

struct RandomFlow {
    unsigned from = 0;
    unsigned to = 0;
};

struct RandomPolicy {
    std::optional<std::pair<unsigned, unsigned>> valid;
    std::vector<RandomGroup> groups; // g0, g1
    std::vector<RandomFlow> flows;   // T-000, ...
    // c0 = a range, c1 = c0 except another
    std::pair<unsigned, unsigned> calendar;
    std::pair<unsigned, unsigned> closed;
    std::vector<RandomRule> rules;
    std::vector<RandomClaim> claims;

    std::string text() const;
};

using Chance = std::mt19937;

// From 0 until before `end`.
unsigned pick(Chance& chance, unsigned end);
RandomPolicy random_policy(Chance& chance);
// Some rules changed, dropped or added.
RandomPolicy changed(const RandomPolicy& policy, Chance& chance);

} // namespace sekisho::tests
