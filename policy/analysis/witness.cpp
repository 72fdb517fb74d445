#include "policy/analysis/witness.h"

#include <algorithm>
#include <array>

namespace sekisho::policy {

namespace {

constexpr std::uint64_t usual_size = 100'000;
constexpr std::uint64_t usual_minute = 10 * 60;
constexpr std::uint64_t usual_day = 20'575; // 2026-05-02 and on: for policies that say nothing about days
constexpr std::array<std::string_view, 3> usual_types{"pdf", "docx", "text"};

std::uint64_t usual(Axis axis) {
    switch (axis) {
    case Axis::size:
        return usual_size;
    case Axis::minute:
        return usual_minute;
    case Axis::day:
        return usual_day;
    default:
        return 0;
    }
}

std::uint64_t distance(const Range& range, std::uint64_t value) {
    if (value < range.first) return range.first - value;
    return value > range.last ? value - range.last : 0;
}

std::uint64_t nearest(const std::vector<Range>& ranges, std::uint64_t value) {
    const Range& range = *std::ranges::min_element(ranges, {}, [&](const Range& r) { return distance(r, value); });
    return std::clamp(value, range.first, range.last);
}

std::size_t usual_number(const Dimension& of, const Classes& set) {
    std::size_t best = set.first();
    std::uint64_t least = ~std::uint64_t{0};
    for (std::size_t i = 0; i < of.ranges.size(); ++i) {
        if (!set.has(i)) continue;
        const std::uint64_t value = usual(of.axis);
        const std::uint64_t far = distance({nearest(of.ranges[i], value), nearest(of.ranges[i], value)}, value);
        if (far >= least) continue;
        least = far;
        best = i;
    }
    return best;
}

std::size_t usual_type(const Dimension& of, const Classes& set) {
    for (const std::string_view type : usual_types)
        for (std::size_t i = 0; i < of.unknown; ++i)
            if (set.has(i) && of.names[i].front() == type) return i;
    return set.first();
}

std::size_t usual_class(const Dimension& of, const Classes& set) {
    if (!of.ranges.empty()) return usual_number(of, set);
    if (of.axis == Axis::type) return usual_type(of, set);
    const auto rebuilt = static_cast<std::size_t>(Reached::rebuild);
    if (of.axis == Axis::level && set.has(rebuilt)) return rebuilt;
    const bool known = of.axis == Axis::findings || of.axis == Axis::data || of.axis == Axis::name;
    if (known && set.has(yes_class)) return yes_class;
    return set.first();
}

const std::string& someone(const Dimension& of, std::uint32_t at) {
    static const std::string nobody_named = "someone";
    return of.names[at].empty() ? nobody_named : of.names[at].front();
}

class SampleMaker {
public:
    SampleMaker(const Space& space, const Point& point) : m_space(space), m_point(point) {}

    Sample run() {
        for (std::size_t i = 0; i < m_space.dimensions().size(); ++i)
            if (m_space.asked(i)) set(m_space.dimensions()[i], m_point[i]);
        if (m_named) m_out.name = name_matching(m_globs);
        return std::move(m_out);
    }

private:
    void set(const Dimension& of, std::uint32_t at) {
        if (of.axis >= Axis::findings) return set_yes_no(of, at == yes_class);
        const bool zone = of.axis == Axis::from || of.axis == Axis::to;
        if (at == of.unknown) {
            if (zone) (of.axis == Axis::from ? m_out.from : m_out.to) = "elsewhere";
            return set_unknown(of.axis);
        }
        if (!of.ranges.empty()) return set_number(of.axis, nearest(of.ranges[at], usual(of.axis)));
        set_name(of, at);
    }

    // Of what an unremarkable transfer knows.
    void set_unknown(Axis axis) {
        if (axis == Axis::depth) m_out.archive_depth.reset();
        if (axis == Axis::members) m_out.archive_members.reset();
        if (axis == Axis::data_count) m_out.data_count.reset();
        if (axis == Axis::level) m_out.level.reset();
        if (axis == Axis::channel) m_out.channel.reset();
        if (axis == Axis::flow) m_out.flow.reset();
    }

    void set_number(Axis axis, std::uint64_t value) {
        switch (axis) {
        case Axis::size:
            m_out.size = value;
            return;
        case Axis::depth:
            m_out.archive_depth = static_cast<unsigned>(value);
            return;
        case Axis::members:
            m_out.archive_members = value;
            return;
        case Axis::data_count:
            m_out.data_count = value;
            return;
        case Axis::minute:
            m_out.minute = static_cast<unsigned>(value);
            return;
        default:
            m_out.day = std::chrono::sys_days(std::chrono::days(static_cast<int>(value)));
        }
    }

    void set_name(const Dimension& of, std::uint32_t at) {
        switch (of.axis) {
        case Axis::from:
            m_out.from = of.names[at].front();
            return;
        case Axis::to:
            m_out.to = of.names[at].front();
            return;
        case Axis::origin:
            m_out.origin = of.names[at].front();
            return;
        case Axis::type:
            m_out.type = of.names[at].front();
            return;
        case Axis::level:
            m_out.level = static_cast<Reached>(at);
            return;
        case Axis::confidentiality:
            m_out.confidentiality = static_cast<Confidentiality>(at);
            return;
        case Axis::channel:
            m_out.channel = static_cast<Channel>(at);
            return;
        case Axis::flow:
            m_out.flow = of.names[at].empty() ? std::string() : of.names[at].front();
            return;
        case Axis::sender:
            m_out.sender = someone(of, at);
            return;
        default:
            m_out.recipient = someone(of, at);
        }
    }

    void set_yes_no(const Dimension& of, bool yes) {
        if (of.axis == Axis::findings && !yes) m_out.findings.reset();
        if (of.axis == Axis::data && !yes) m_out.data.reset();
        if (of.axis == Axis::name) m_named = yes;
        if (of.axis == Axis::glob) m_globs.emplace_back(of.names[yes_class].front(), yes);
        if (!yes) return;
        if (of.axis == Axis::sender_group && !m_out.sender.empty())
            m_out.sender_groups.push_back(of.names[yes_class].front());
        if (of.axis == Axis::recipient_group && !m_out.recipient.empty())
            m_out.recipient_groups.push_back(of.names[yes_class].front());
        // What was found in a file of which it is not known what was found: nothing.
        if (of.axis == Axis::finding && m_out.findings) m_out.findings->push_back(of.names[yes_class].front());
        if (of.axis == Axis::data_kind && m_out.data) m_out.data->push_back(of.names[yes_class].front());
    }

    const Space& m_space;
    const Point& m_point;
    Sample m_out = unremarkable();
    bool m_named = false;
    std::vector<std::pair<std::string, bool>> m_globs;
};

} // namespace

Point least_remarkable(const Space& space, const Box& box) {
    Point point(space.dimensions().size());
    for (std::size_t i = 0; i < point.size(); ++i)
        point[i] = static_cast<std::uint32_t>(usual_class(space.dimensions()[i], box.classes(space.shape(), i)));
    // The content came in where it comes from, if it may have.
    const std::size_t from = space.dimension(Axis::from);
    const std::size_t origin = space.dimension(Axis::origin);
    if (box.classes(space.shape(), origin).has(point[from])) point[origin] = point[from];
    // A flow has its own zones; without one, nothing is impossible.
    if (space.impossible().contains(point, space.shape())) {
        Cover cover;
        append(cover, space.impossible());
        Work work;
        const auto left = uncovered(space.shape(), box, cover, work);
        if (left && *left) return left->value().witness(space.shape());
    }
    return point;
}

Sample sample_of(const Space& space, const Point& point) {
    return SampleMaker(space, point).run();
}

} // namespace sekisho::policy
