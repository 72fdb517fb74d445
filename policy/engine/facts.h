// A request in the numbers of one compiled policy. Inside the room only.
#pragma once

#include <optional>

#include "policy/engine/compiled.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

struct Facts {
    std::uint8_t from = no_zone;
    std::uint8_t to = no_zone;
    const CompiledType* type = nullptr; // null: not known
    std::uint32_t type_index = 0;
    std::optional<Set> groups;
    std::optional<std::uint64_t> size;
    std::optional<Set> findings;
    std::optional<std::uint64_t> depth;
    std::optional<std::uint64_t> minute;
};

// Allocates nothing.
Facts facts_of(const Compiled& policy, const Request& request);

// The groups of the policy that a person is in; nothing if a name cannot be trusted to compare (see Request).
std::optional<Set> groups_of(const Compiled& policy, std::string_view person, std::span<const std::string> groups);

// Kleene's three values, in this order: `and` is the least, `or` the greatest, `not` turns them over.
enum class Truth : std::uint8_t { no, unknown, yes };

// Whether a rule's zones and condition hold.
Truth matches(const Compiled& policy, const CompiledRule& rule, const Facts& facts);

} // namespace sekisho::policy
