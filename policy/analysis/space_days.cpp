#include <algorithm>

#include "policy/analysis/space_builder.h"

namespace sekisho::policy {

namespace {

using Days = std::vector<Range>;

Days days_of(const std::vector<DayRange>& ranges) {
    Days out;
    for (const DayRange& range : ranges) out.push_back({range.first, range.last});
    return out;
}

// Every set of days that something in the policy asks for.
void collect(const Compiled& policy, std::set<std::vector<std::pair<std::uint64_t, std::uint64_t>>>& into) {
    const auto put = [&](const Days& days) {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
        for (const Range& range : days) pairs.emplace_back(range.first, range.last);
        into.insert(std::move(pairs));
    };
    if (policy.valid) put({{policy.valid->from, policy.valid->until}});
    for (const auto* rules : {&policy.rules, &policy.exceptions})
        for (const CompiledRule& rule : *rules)
            if (rule.until) put({{0, *rule.until}});
    for (const Step& step : policy.steps) {
        if (step.test == Test::dates) put({{step.first, step.last}});
        if (step.test != Test::day_in) continue;
        put(days_of(policy.calendars[step.first].days));
        put(days_of(policy.calendars[step.first].unknown));
    }
}

} // namespace

// Days between two cuts are alike for every set; stretches of days that are alike for every set are one class.
void SpaceBuilder::add_days() {
    std::set<std::vector<std::pair<std::uint64_t, std::uint64_t>>> sets;
    for (const Compiled* policy : m_space.m_policies) collect(*policy, sets);
    std::set<std::uint64_t> cuts{0};
    for (const auto& days : sets)
        for (const auto& [first, last] : days) cuts.insert({first, last + 1});
    std::vector<std::uint64_t> starts;
    for (const std::uint64_t cut : cuts)
        if (cut <= day_max) starts.push_back(cut);

    std::vector<std::size_t> class_of(starts.size(), 0);
    std::size_t classes = 1;
    for (const auto& days : sets) {
        std::vector<std::size_t> renamed(classes * 2, 0); // 0: not seen yet
        std::size_t seen = 0;
        std::size_t range = 0;
        for (std::size_t i = 0; i < starts.size(); ++i) {
            while (range < days.size() && days[range].second < starts[i]) ++range;
            const bool inside = range < days.size() && days[range].first <= starts[i];
            std::size_t& name = renamed[class_of[i] * 2 + (inside ? 1 : 0)];
            if (name == 0) name = ++seen;
            class_of[i] = name - 1;
        }
        classes = seen;
    }

    Dimension out;
    out.axis = Axis::day;
    out.ranges.resize(classes);
    out.unknown = classes;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::uint64_t last = i + 1 < starts.size() ? starts[i + 1] - 1 : day_max;
        std::vector<Range>& ranges = out.ranges[class_of[i]];
        if (!ranges.empty() && ranges.back().last + 1 == starts[i])
            ranges.back().last = last;
        else
            ranges.push_back({starts[i], last});
    }
    add(std::move(out), classes + 1);
}

} // namespace sekisho::policy
