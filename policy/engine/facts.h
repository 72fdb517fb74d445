// A request in the numbers of one compiled policy: for the engine and for the analysis of what it decides.
#pragma once

#include <optional>

#include "policy/engine/compiled.h"
#include "policy/engine/engine.h"
#include "policy/engine/glob.h"

namespace sekisho::policy {

// A person: who, and in which groups of the policy.
struct PersonFacts {
    std::optional<std::uint32_t> member; // index in Compiled::members, if the policy names the person
    StackSet groups;
    StackSet departments; // of those that conditions name
};

// What is empty is not known.
struct Facts {
    std::uint8_t from = no_zone;
    std::uint8_t to = no_zone;
    std::uint8_t origin = no_zone;      // no_zone: not known
    const CompiledType* type = nullptr; // null: not known
    std::uint32_t type_index = 0;
    std::optional<PersonFacts> sender;
    std::optional<PersonFacts> recipient;
    std::optional<FoldedName> name;
    std::optional<std::uint64_t> size;
    std::optional<StackSet> findings;
    std::optional<std::uint64_t> depth;
    std::optional<std::uint64_t> members;
    std::optional<std::uint8_t> data; // mask of DataKind
    std::optional<std::uint64_t> data_count;
    std::optional<Reached> level;
    std::optional<Confidentiality> confidentiality;
    std::optional<Channel> channel;
    bool flow_known = false;
    std::optional<std::uint32_t> flow; // index; empty and known: none
    std::optional<std::uint64_t> minute;
    std::optional<std::uint64_t> day; // up to day_max
};

// Allocates nothing.
void facts_of(const Compiled& policy, const Request& request, Facts& facts);

// Nothing if a name cannot be trusted to compare (see Request).
std::optional<PersonFacts> person_of(const Compiled& policy, std::string_view person,
                                     std::span<const std::string> groups);

// Kleene's three values, in this order: `and` is the least, `or` the greatest, `not` turns them over.
enum class Truth : std::uint8_t { no, unknown, yes };

// Whether a rule's zones, days and condition hold; of a forbid, also that no exception does.
Truth matches(const Compiled& policy, const CompiledRule& rule, const Facts& facts);

// The same for a rule that can go the way of the request.
Truth passes(const Compiled& policy, const Gate& gate, const Facts& facts);

// The rules that can go the way of the request.
const std::vector<Gate>& gates_of(const Compiled& policy, const Facts& facts);

// Whether a day is in the calendar.
Truth contains(const CompiledCalendar& calendar, std::optional<std::uint64_t> day);

} // namespace sekisho::policy
