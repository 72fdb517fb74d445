// The policy alone: how many decisions a second, how long one takes, how long loading takes, for policies of 10 to
// 10,000 rules. Every decision is timed for itself, so that the slowest are seen.
#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <time.h>

#include <fmt/format.h>

#include "base/error/error.h"
#include "policy/engine/engine.h"

namespace sekisho::bench {

namespace {

using Clock = std::chrono::steady_clock;

const std::array<std::string, 3> zones{"internet", "lgwan", "mynumber"};

policy::Vocabulary vocabulary() {
    return {{{"pdf", "office"},
             {"docx", "office"},
             {"xlsx", "office"},
             {"png", "picture"},
             {"text", "text"},
             {"zip", "archive"},
             {"executable", "executable"}},
            {"pdf.javascript", "ooxml.macro"}};
}

// Every tenth rule forbids. Rules go all six ways, as in a town hall where each department has its own.
std::string rule(unsigned number) {
    const std::string& from = zones[number % 3];
    const std::string& to = zones[(number + 1 + number / 3 % 2) % 3];
    if (number % 10 == 0)
        return fmt::format("forbid \"F-{}\" from {} to {} when family is executable or size > {}GB reason \"規則\"\n",
                           number, from, to, 2 + number % 7);
    return fmt::format("allow \"R-{}\" from {} to {} when type in office and size <= {}MB and user in g{} "
                       "and hours in 08:30..19:00 and day in open require rebuild, keep 30 days reason \"規則\"\n",
                       number, from, to, 10 + number % 90, number % 100);
}

// As many files as their limit asks for.
policy::Sources policy_of(unsigned rules) {
    constexpr std::size_t bytes_wanted = 900'000;
    policy::Sources files{{"main.sekisho", "zone internet, lgwan, mynumber\ntypes office = pdf docx xlsx\n"
                                           "calendar open = japan except 2026-12-29..2027-01-03\n"}};
    for (unsigned i = 0; i < 100; ++i) files[0].text += fmt::format("group g{} = dept \"課{}\"\n", i, i);
    for (unsigned i = 0; i < rules; ++i) {
        if (files.back().text.size() > bytes_wanted) {
            const std::string name = fmt::format("rules-{}.sekisho", files.size());
            files[0].text += "include \"" + name + "\"\n";
            files.push_back({name, ""});
        }
        files.back().text += rule(i);
    }
    return files;
}

// Of this thread: what a busy machine adds to the time on the wall is not in it.
double processor_milliseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double microseconds(Clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

policy::Policy loaded(const policy::Sources& sources) {
    auto policy = policy::Policy::load(sources, vocabulary());
    if (!policy) bug(policy::render(policy.error(), sources, policy::Language::english));
    return std::move(*policy);
}

void measure_loading(unsigned rules, const policy::Sources& sources) {
    constexpr unsigned times = 5;
    std::vector<double> taken;
    const double processor = processor_milliseconds();
    for (unsigned i = 0; i < times; ++i) {
        const auto begin = Clock::now();
        loaded(sources);
        taken.push_back(microseconds(Clock::now() - begin) / 1000);
    }
    const double each = (processor_milliseconds() - processor) / times;
    std::ranges::sort(taken);
    fmt::print("load     {:>6} rules  median {:8.2f} ms  worst {:8.2f} ms  processor {:8.2f} ms\n", rules,
               taken[times / 2], taken.back(), each);
}

void measure_deciding(unsigned rules, const policy::Policy& policy) {
    constexpr unsigned times = 20'000;
    const std::vector<std::string> groups{"課7", "課21", "全職員"};
    policy::Request request;
    request.sender = "p-0001";
    request.sender_groups = groups;
    request.type = "docx";
    request.size = 20'000;
    request.findings = std::span<const std::string_view>();
    request.archive_depth = 0;
    request.minute = 600;
    request.day = std::chrono::sys_days(std::chrono::year(2026) / 6 / 1);
    policy::Ruling ruling;
    std::vector<double> taken;
    taken.reserve(times);
    std::size_t deciding = 0;
    const auto begin = Clock::now();
    for (unsigned i = 0; i < times; ++i) {
        request.from = zones[i % 3];
        request.to = zones[(i + 1 + i / 3 % 2) % 3];
        const auto before = Clock::now();
        policy.rule(request, ruling);
        taken.push_back(microseconds(Clock::now() - before));
        deciding += ruling.rules.size();
    }
    const double seconds = microseconds(Clock::now() - begin) / 1e6;
    std::ranges::sort(taken);
    fmt::print("decide   {:>6} rules  {:>10.0f} /s  p50 {:7.2f} us  p99 {:7.2f} us  ({:.1f} rules match)\n", rules,
               times / seconds, taken[times / 2], taken[times * 99 / 100], static_cast<double>(deciding) / times);
}

} // namespace

} // namespace sekisho::bench

int main() {
    using namespace sekisho::bench;
    for (const unsigned rules : {10U, 100U, 1'000U, 10'000U}) {
        const auto sources = policy_of(rules);
        measure_loading(rules, sources);
        measure_deciding(rules, loaded(sources));
    }
    return 0;
}
