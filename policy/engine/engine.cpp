#include "policy/engine/engine.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/engine/compile.h"
#include "policy/engine/facts.h"
#include "policy/language/parser.h"

namespace sekisho::policy {

bool same_person(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

namespace {

// False, and a problem, if there is more than anyone needs.
bool within_limits(const Sources& sources, Problems& problems) {
    if (sources.size() > sources_max) {
        problems.add(Problem::too_many_files, {}, {std::uint64_t{sources_max}});
        return false;
    }
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::uint64_t size = sources[i].text.size();
        bytes += size;
        if (size <= source_bytes_max) continue;
        problems.add(Problem::too_large, {0, 0, static_cast<std::uint16_t>(i)},
                     {size, std::uint64_t{source_bytes_max}});
        return false;
    }
    if (bytes <= sources_bytes_max) return true;
    problems.add(Problem::files_too_large, {}, {bytes, std::uint64_t{sources_bytes_max}});
    return false;
}

} // namespace

Digest digest_of(const Sources& sources) {
    if (sources.size() == 1) return sha256(as_view(sources[0].text));
    std::vector<const SourceText*> order;
    for (const SourceText& source : sources) order.push_back(&source);
    if (!order.empty())
        std::sort(order.begin() + 1, order.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    std::string lines;
    for (const SourceText* source : order) lines += to_hex(sha256(as_view(source->text))) + "  " + source->name + "\n";
    return sha256(as_view(lines));
}

std::expected<Policy, std::vector<Diagnostic>> Policy::load(const Sources& sources, const Vocabulary& known) {
    Problems problems;
    if (!within_limits(sources, problems)) return std::unexpected(problems.take());
    const Tree tree = parse(sources, problems);
    auto compiled = std::make_shared<Compiled>(Compiler(tree, known, problems).run());
    if (!problems.empty()) return std::unexpected(problems.take());
    compiled->digest = digest_of(sources);
    compiled->sources = sources;
    return Policy(std::move(compiled));
}

std::expected<Policy, std::vector<Diagnostic>> Policy::load(std::string_view source, const Vocabulary& known) {
    return load(Sources{{"", std::string(source)}}, known);
}

Policy Policy::deny_all() {
    auto compiled = std::make_shared<Compiled>();
    compiled->digest = sha256({});
    return Policy(std::move(compiled));
}

Policy Policy::of(Compiled compiled) {
    if (compiled.loaded) Compiler::make_ways(compiled);
    return Policy(std::make_shared<const Compiled>(std::move(compiled)));
}

bool Policy::may_approve(const Approval& needed, const Approver& approver, std::string_view sender) const {
    if (approver.person.empty() || sender.empty() || same_person(approver.person, sender)) return false;
    if (needed.zone.empty() || approver.zone != needed.zone) return false;
    const auto group = std::ranges::find(m_compiled->groups, needed.group);
    if (group == m_compiled->groups.end()) return false;
    const auto found = person_of(*m_compiled, approver.person, approver.groups);
    return found && found->groups[static_cast<std::size_t>(group - m_compiled->groups.begin())];
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

} // namespace sekisho::policy
