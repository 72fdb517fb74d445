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

void add_groups_of(const Compiled& policy, bool user, std::string_view name, Set& groups) {
    const auto key = [](const CompiledMember& member) {
        return std::tuple(member.user, std::string_view(member.name));
    };
    const auto found = std::ranges::lower_bound(policy.members, std::tuple(user, name), {}, key);
    if (found != policy.members.end() && key(*found) == std::tuple(user, name)) groups |= found->groups;
}

Set findings_of(const Compiled& policy, std::span<const std::string_view> found) {
    Set findings;
    for (std::size_t i = 0; i < policy.findings.size(); ++i)
        findings[i] = std::ranges::find(found, policy.findings[i]) != found.end();
    return findings;
}

} // namespace

std::optional<Set> groups_of(const Compiled& policy, std::string_view person, std::span<const std::string> groups) {
    if (person.empty() || !is_composed(person)) return std::nullopt;
    if (!std::ranges::all_of(groups, [](const std::string& name) { return is_composed(name); })) return std::nullopt;
    Set found;
    add_groups_of(policy, true, person, found);
    for (const std::string& name : groups) add_groups_of(policy, false, name, found);
    return found;
}

Facts facts_of(const Compiled& policy, const Request& request) {
    Facts facts;
    facts.from = zone_of(policy, request.from);
    facts.to = zone_of(policy, request.to);
    if (request.type) {
        const auto found = std::ranges::lower_bound(
            policy.types, *request.type, {}, [](const CompiledType& type) { return std::string_view(type.name); });
        if (found != policy.types.end() && found->name == *request.type) facts.type = &*found;
        facts.type_index = static_cast<std::uint32_t>(found - policy.types.begin());
    }
    facts.groups = groups_of(policy, request.sender, request.sender_groups);
    facts.size = request.size;
    if (request.findings) facts.findings = findings_of(policy, *request.findings);
    if (request.archive_depth) facts.depth = *request.archive_depth;
    constexpr unsigned minutes_of_day = 24 * 60;
    if (request.minute && *request.minute < minutes_of_day) facts.minute = *request.minute;
    return facts;
}

} // namespace sekisho::policy
