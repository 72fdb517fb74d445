#include "tests/policy/analysis/oracle/locate.h"

#include <algorithm>

#include "policy/engine/glob.h"

namespace sekisho::tests {

using policy::Axis;
using policy::Dimension;

namespace {

std::size_t named(const Dimension& of, const std::string& name) {
    for (std::size_t i = 0; i < of.names.size(); ++i)
        if (i != of.unknown && std::ranges::find(of.names[i], name) != of.names[i].end()) return i;
    return of.unknown;
}

std::size_t ranged(const Dimension& of, std::optional<std::uint64_t> value) {
    if (!value) return of.unknown;
    for (std::size_t i = 0; i < of.ranges.size(); ++i)
        for (const policy::Range& range : of.ranges[i])
            if (range.first <= *value && *value <= range.last) return i;
    return of.unknown;
}

// Who no rule names is in class 0.
std::size_t person(const Dimension& of, const std::string& name) {
    if (name.empty()) return of.unknown;
    const std::size_t found = named(of, name);
    return found == of.unknown ? 0 : found;
}

bool any(const std::vector<std::string>& names, const std::vector<std::string>& of) {
    return std::ranges::any_of(names, [&](const std::string& name) { return std::ranges::find(of, name) != of.end(); });
}

std::size_t flow(const policy::Space& space, const policy::Sample& sample, const Dimension& of) {
    if (!sample.flow) return of.unknown;
    if (sample.flow->empty()) return 0;
    for (std::size_t i = 1; i < of.unknown; ++i) {
        if (std::ranges::find(of.names[i], *sample.flow) == of.names[i].end()) continue;
        policy::Point point(space.dimensions().size());
        point[space.dimension(Axis::from)] =
            static_cast<std::uint32_t>(named(space.dimensions()[space.dimension(Axis::from)], sample.from));
        point[space.dimension(Axis::to)] =
            static_cast<std::uint32_t>(named(space.dimensions()[space.dimension(Axis::to)], sample.to));
        point[space.dimension(Axis::flow)] = static_cast<std::uint32_t>(i);
        if (!space.impossible().contains(point, space.shape())) return i;
    }
    return of.unknown;
}

template <typename Value> std::size_t enumerated(const Dimension& of, const std::optional<Value>& value) {
    return value ? static_cast<std::size_t>(*value) : of.unknown;
}

std::size_t place(const policy::Space& space, const policy::Sample& sample, const Dimension& of) {
    const auto number = [](auto value) {
        return value ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(*value)) : std::nullopt;
    };
    switch (of.axis) {
    case Axis::from:
        return named(of, sample.from);
    case Axis::to:
        return named(of, sample.to);
    case Axis::origin:
        return named(of, sample.origin);
    case Axis::type:
        return sample.type ? named(of, *sample.type) : of.unknown;
    case Axis::size:
        return ranged(of, sample.size);
    case Axis::depth:
        return ranged(of, number(sample.archive_depth));
    case Axis::members:
        return ranged(of, sample.archive_members);
    case Axis::data_count:
        return ranged(of, sample.data_count);
    case Axis::minute:
        return ranged(of, number(sample.minute));
    case Axis::day:
        if (!sample.day) return of.unknown;
        return ranged(of, static_cast<std::uint64_t>(sample.day->time_since_epoch().count()));
    case Axis::level:
        return enumerated(of, sample.level);
    case Axis::confidentiality:
        return enumerated(of, sample.confidentiality);
    case Axis::channel:
        return enumerated(of, sample.channel);
    case Axis::flow:
        return flow(space, sample, of);
    case Axis::sender:
        return person(of, sample.sender);
    case Axis::recipient:
        return person(of, sample.recipient);
    case Axis::findings:
        return sample.findings ? 1 : 0;
    case Axis::data:
        return sample.data ? 1 : 0;
    case Axis::name:
        return sample.name ? 1 : 0;
    case Axis::sender_group:
        return any(sample.sender_groups, of.names[1]) ? 1 : 0;
    case Axis::recipient_group:
        return any(sample.recipient_groups, of.names[1]) ? 1 : 0;
    case Axis::finding:
        return sample.findings && any(*sample.findings, of.names[1]) ? 1 : 0;
    case Axis::data_kind:
        return sample.data && any(*sample.data, of.names[1]) ? 1 : 0;
    case Axis::glob:
        break;
    }
    if (!sample.name) return 0;
    const auto folded = policy::FoldedName::of(*sample.name);
    const auto glob = policy::folded_glob(of.names[1].front());
    return folded && glob && policy::glob_matches(*glob, folded->text()) ? 1 : 0;
}

} // namespace

policy::Point located(const policy::Space& space, const policy::Sample& sample) {
    policy::Point out;
    for (const Dimension& of : space.dimensions()) out.push_back(static_cast<std::uint32_t>(place(space, sample, of)));
    return out;
}

} // namespace sekisho::tests
