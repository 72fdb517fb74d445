#include "policy/engine/engine.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/engine/compile.h"
#include "policy/engine/facts.h"
#include "policy/language/parser.h"

namespace sekisho::policy {

namespace {

// Directories ignore case in account names: nobody approves their own transfer by typing a capital letter.
bool same_person(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::expected<Policy, std::vector<Diagnostic>> Policy::load(std::string_view source, const Vocabulary& known) {
    Problems problems;
    if (source.size() > source_bytes_max) {
        problems.add(Problem::too_large, {}, {std::uint64_t{source.size()}, std::uint64_t{source_bytes_max}});
        return std::unexpected(problems.take());
    }
    const Source text("", source);
    const Tree tree = parse(text, problems);
    auto compiled = std::make_shared<Compiled>(Compiler(tree, known, problems).run());
    if (!problems.empty()) return std::unexpected(problems.take());
    compiled->digest = sha256(as_view(source));
    return Policy(std::move(compiled));
}

Policy Policy::deny_all() {
    auto compiled = std::make_shared<Compiled>();
    compiled->digest = sha256({});
    return Policy(std::move(compiled));
}

bool Policy::may_approve(const Approval& needed, const Approver& approver, std::string_view sender) const {
    if (approver.person.empty() || sender.empty() || same_person(approver.person, sender)) return false;
    if (needed.zone.empty() || approver.zone != needed.zone) return false;
    const auto group = std::ranges::find(m_compiled->groups, needed.group);
    if (group == m_compiled->groups.end()) return false;
    const auto groups = groups_of(*m_compiled, approver.person, approver.groups);
    return groups && (*groups)[static_cast<std::size_t>(group - m_compiled->groups.begin())];
}

std::string_view Policy::name() const {
    return m_compiled->name;
}
std::uint64_t Policy::version() const {
    return m_compiled->version;
}
const Digest& Policy::digest() const {
    return m_compiled->digest;
}
std::span<const std::string> Policy::zones() const {
    return m_compiled->zones;
}

std::string_view name_of(Outcome outcome) {
    return outcome == Outcome::allow ? "allow" : "deny";
}

std::string_view name_of(Ground ground) {
    constexpr std::array<std::string_view, 6> names{"no-policy", "not-valid",   "no-rule",
                                                    "forbidden", "not-certain", "allowed"};
    return names[static_cast<std::size_t>(ground)];
}

std::string_view name_of(Strictness strictness) {
    constexpr std::array<std::string_view, 3> names{"rebuild", "flatten", "text"};
    return names[static_cast<std::size_t>(strictness)];
}

} // namespace sekisho::policy
