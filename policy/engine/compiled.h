// What a policy becomes: tables of numbers and sets, so that deciding compares no texts but those of the request.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto/crypto.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

inline constexpr std::size_t zones_max = 16;
inline constexpr std::size_t groups_max = 512; // of people, of types; also the findings that a policy names
inline constexpr std::size_t rules_max = 4096;

using Set = std::bitset<groups_max>;

// One step of a condition, in preorder: what is inside a step follows it, up to `end`.
enum class Test : std::uint8_t {
    all,
    any,
    negation,
    type_in,   // first: group of types
    type_is,   // first: type
    family_is, // first: family
    user_in,   // first: group
    size,      // comparison with first
    depth,     // comparison with first
    hours,     // from minute first until before minute last
    finding    // first: finding
};

struct Step {
    Test test = Test::all;
    Operator comparison = Operator::is;
    std::uint32_t end = 0;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

inline constexpr std::uint8_t any_zone = 0xFF;
inline constexpr std::uint8_t no_zone = 0xFE; // of a request: not declared in the policy

struct CompiledApproval {
    unsigned count = 0;
    std::uint32_t group = 0;
    std::uint8_t zone = no_zone;
};

struct CompiledRule {
    bool allows = false;
    std::string id;
    std::string reason;
    std::uint8_t from = no_zone;
    std::uint8_t to = no_zone;
    std::optional<std::uint32_t> condition; // index of its first step; without one it always holds
    Strictness strictness = Strictness::rebuild;
    std::vector<CompiledApproval> approvals;
    std::optional<unsigned> keep_days;
};

struct CompiledType {
    std::string name;
    std::uint32_t family = 0;
    Set groups; // that contain it
};

struct CompiledMember {
    bool user = false; // else a group of accounts
    std::string name;
    Set groups; // that contain it
};

struct Compiled {
    bool loaded = false;
    std::string name;
    std::uint64_t version = 0;
    std::optional<Validity> valid;
    Digest digest{};
    std::vector<std::string> zones;      // least trusted first
    std::vector<CompiledType> types;     // sorted by name
    std::vector<std::string> families;   // sorted
    std::vector<CompiledMember> members; // sorted: groups of accounts, users; by name
    std::vector<std::string> groups;     // of people, as declared
    std::vector<std::string> findings;   // that rules ask for
    std::vector<Step> steps;
    std::vector<CompiledRule> rules; // forbids first; by id
};

} // namespace sekisho::policy
