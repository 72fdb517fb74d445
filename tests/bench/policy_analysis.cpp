// How long proofs and plans take: `bench_policy_analysis [RULES]`, a line for each.
#include <chrono>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "policy/analysis/lint.h"
#include "policy/analysis/plan.h"
#include "policy/analysis/prove.h"
#include "tests/policy/vocabulary.h"

namespace {

using namespace sekisho;

constexpr std::size_t departments = 40;

std::string head() {
    std::string out = "policy \"bench\" version 1 valid 2026-04-01..2027-03-31\n"
                      "zone internet, lgwan, mynumber, partners\n"
                      "types office = pdf docx xlsx pptx\ntypes picture = jpeg png\ntypes plain = text csv\n"
                      "calendar workdays = japan\ngroup chief = role \"chief\"\n";
    for (std::size_t i = 0; i < departments; ++i)
        out += fmt::format("group d{0} = dept \"department {0}\", user \"user {0}\"\n", i);
    return out;
}

// Three of four allow; no two are the same.
std::string rule(std::size_t i) {
    constexpr std::string_view zones[] = {"internet", "lgwan", "mynumber", "partners"};
    constexpr std::string_view groups[] = {"office", "picture", "plain"};
    const std::string_view from = zones[i % 4];
    const std::string_view to = zones[(i + 1 + i / 4 % 3) % 4];
    if (i % 4 == 3)
        return fmt::format("forbid \"F-{:05} x\" from {} to {} when (size > {}MB and type in {} and user in d{}) or "
                           "archive.depth > {} reason \"r\"\n",
                           i, from, to, 50 + i % 200, groups[i % 3], i % departments, 3 + i % 5);
    return fmt::format("allow \"R-{:05} x\" from {} to {} when type in {} and size <= {}KB and user in d{} and hours "
                       "in {:02}:00..{:02}:30 "
                       "and day in workdays require rebuild, approve 1 by chief, keep {} days reason \"r\"\n",
                       i, from, to, groups[i / 5 % 3], 100 + i * 37 % 90'000, i % departments, 7 + i % 4, 17 + i % 5,
                       10 + i % 30);
}

std::string rules(std::size_t count) {
    std::string out = head();
    for (std::size_t i = 0; i < count; ++i) out += rule(i);
    out += "forbid \"F-99999 x\" from any to mynumber when origin is internet reason \"r\"\n"
           "never \"N-001 x\" internet reaches mynumber\n"
           "never \"N-002 x\" internet reaches lgwan when family is executable\n"
           "never \"N-003 x\" mynumber reaches internet when size > 300MB\n"
           "must \"M-001 x\" lgwan reaches internet when type is pdf and size <= 50KB\n";
    return out;
}

template <typename Call> void measure(std::string_view what, Call call) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string result = call();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{:<40} {:>10.1f} ms   {}\n", what, took.count(), result);
}

policy::Policy loaded(const std::string& text) {
    auto policy = policy::Policy::load(text, tests::vocabulary());
    if (policy) return *policy;
    fmt::print(stderr, "{}", policy::render(policy.error(), policy::Source("bench", text), policy::Language::english));
    std::exit(1);
}

void run(std::size_t count) {
    const std::string text = rules(count);
    const policy::Policy policy = loaded(text);
    std::string changed_text = text;
    changed_text.replace(changed_text.find("KB and user"), 2, "MB");
    changed_text += "forbid \"F-88888 x\" from lgwan to any when dlp has mynumber reason \"r\"\n";
    const policy::Policy changed = loaded(changed_text);
    std::string other_text = text; // every rule is another
    for (std::size_t at = 0; (at = other_text.find("KB and user", at)) != std::string::npos; at += 2)
        other_text.insert(at, "1");
    const policy::Policy other = loaded(other_text);

    measure(fmt::format("prove, {} rules", count), [&] {
        std::string out;
        for (const auto& proof : policy::prove(policy)) {
            const bool holds = proof.verdict == policy::Proof::Verdict::holds;
            const bool broken = proof.verdict == policy::Proof::Verdict::broken;
            out += fmt::format("{} {}  ", proof.id, holds ? "holds" : broken ? "broken" : "too intricate");
        }
        return out;
    });
    const auto planned = [](const policy::Plan& plan) {
        return fmt::format("{} changes{}{}", plan.changes.size(), plan.complete ? "" : ", and more",
                           plan.too_intricate ? ", too intricate" : "");
    };
    measure(fmt::format("plan, {} rules, two changed", count), [&] { return planned(policy::plan(policy, changed)); });
    measure(fmt::format("plan, {} rules, nothing changed", count),
            [&] { return planned(policy::plan(policy, policy)); });
    measure(fmt::format("plan, {} rules, all allows wider", count),
            [&] { return planned(policy::plan(policy, other)); });
    measure(fmt::format("lint, {} rules", count),
            [&] { return fmt::format("{} remarks", policy::lint(policy).size()); });
}

} // namespace

int main(int count, char** arguments) {
    run(count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 1000);
}
