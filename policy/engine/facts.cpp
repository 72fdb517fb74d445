#include "policy/engine/facts.h"

#include <algorithm>
#include <tuple>

#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

std::uint8_t zone_of(const Compiled& policy, std::string_view name) {
    const auto found = std::ranges::find(policy.zones, name);
    return found == policy.zones.end() ? no_zone : static_cast<std::uint8_t>(found - policy.zones.begin());
}

const CompiledMember* member_of(const Compiled& policy, bool user, std::string_view name) {
    const auto key = [](const CompiledMember& member) {
        return std::tuple(member.user, std::string_view(member.name));
    };
    const auto found = std::ranges::lower_bound(policy.members, std::tuple(user, name), {}, key);
    const bool same = found != policy.members.end() && key(*found) == std::tuple(user, name);
    return same ? &*found : nullptr;
}

void set_type(const Compiled& policy, std::string_view name, Facts& facts) {
    const auto found = std::ranges::lower_bound(policy.types, name, {},
                                                [](const CompiledType& type) { return std::string_view(type.name); });
    if (found == policy.types.end() || found->name != name) return;
    facts.type = &*found;
    facts.type_index = static_cast<std::uint32_t>(found - policy.types.begin());
}

void set_findings(const Compiled& policy, std::span<const std::string_view> found, Facts& facts) {
    StackSet& set = facts.findings.emplace();
    for (const std::string_view code : found) {
        const auto known = std::ranges::lower_bound(policy.findings, code, {},
                                                    [](const std::string& name) { return std::string_view(name); });
        if (known != policy.findings.end() && *known == code)
            set.set(static_cast<std::size_t>(known - policy.findings.begin()));
    }
}

// A kind that is none of the language's makes all of it unknown.
void set_data(std::span<const std::string_view> found, Facts& facts) {
    unsigned mask = 0;
    for (const std::string_view name : found) {
        const auto kind = value_of<DataKind>(data_kind_names, name);
        if (!kind) return;
        mask |= 1U << static_cast<unsigned>(*kind);
    }
    facts.data = static_cast<std::uint8_t>(mask);
}

void set_flow(const Compiled& policy, std::string_view id, Facts& facts) {
    if (id.empty()) {
        facts.flow_known = true;
        return;
    }
    const auto found = std::ranges::lower_bound(policy.flows, id, {},
                                                [](const CompiledFlow& flow) { return std::string_view(flow.id); });
    if (found == policy.flows.end() || found->id != id) return;
    if (found->from.zone != facts.from || found->to.zone != facts.to) return;
    facts.flow_known = true;
    facts.flow = static_cast<std::uint32_t>(found - policy.flows.begin());
}

void set_time(const Request& request, Facts& facts) {
    constexpr unsigned minutes_of_day = 24 * 60;
    if (request.minute && *request.minute < minutes_of_day) facts.minute = *request.minute;
    if (!request.day) return;
    const auto day = request.day->time_since_epoch().count();
    if (day >= 0 && day <= static_cast<std::int64_t>(day_max)) facts.day = static_cast<std::uint64_t>(day);
}

} // namespace

std::optional<PersonFacts> person_of(const Compiled& policy, std::string_view person,
                                     std::span<const std::string> groups) {
    if (person.empty() || !is_composed(person)) return std::nullopt;
    if (!std::ranges::all_of(groups, [](const std::string& name) { return is_composed(name); })) return std::nullopt;
    std::optional<PersonFacts> found;
    found.emplace();
    if (const CompiledMember* member = member_of(policy, true, person)) {
        found->member = static_cast<std::uint32_t>(member - policy.members.data());
        found->groups |= member->groups;
    }
    for (const std::string& name : groups) {
        const CompiledMember* member = member_of(policy, false, name);
        if (member == nullptr) continue;
        found->groups |= member->groups;
        if (member->department) found->departments.set(*member->department);
    }
    return found;
}

void facts_of(const Compiled& policy, const Request& request, Facts& facts) {
    facts.from = zone_of(policy, request.from);
    facts.to = zone_of(policy, request.to);
    facts.origin = zone_of(policy, request.origin);
    if (request.type) set_type(policy, *request.type, facts);
    facts.sender = person_of(policy, request.sender, request.sender_groups);
    facts.recipient = person_of(policy, request.recipient, request.recipient_groups);
    if (request.name && !policy.globs.empty()) facts.name = FoldedName::of(*request.name);
    facts.size = request.size;
    if (request.findings) set_findings(policy, *request.findings, facts);
    if (request.archive_depth) facts.depth = *request.archive_depth;
    facts.members = request.archive_members;
    if (request.data) set_data(*request.data, facts);
    facts.data_count = request.data_count;
    facts.level = request.level;
    facts.confidentiality = request.confidentiality;
    facts.channel = request.channel;
    if (request.flow) set_flow(policy, *request.flow, facts);
    set_time(request, facts);
}

} // namespace sekisho::policy
