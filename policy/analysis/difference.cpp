#include "policy/analysis/difference.h"

#include <algorithm>
#include <set>

#include "base/error/error.h"
#include "policy/analysis/model.h"
#include "policy/analysis/witness.h"
#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

bool about_people(Axis axis) {
    return axis == Axis::sender || axis == Axis::sender_group || axis == Axis::recipient ||
           axis == Axis::recipient_group;
}

bool asks_for_group(const Step& step) {
    return step.test == Test::user_in || step.test == Test::recipient_in;
}

} // namespace

Describer::Describer(const Space& space) : m_space(space), m_order(least_telling_first(space)) {
    std::set<std::string> said;
    for (std::size_t policy = 0; policy < space.policies(); ++policy) {
        const auto& steps = space.policy(policy).steps;
        for (std::uint32_t at = 0; at < steps.size(); ++at) {
            if (!asks_for_group(steps[at]) || space.atom(policy, steps[at]).yes.size() < 2) continue;
            const std::string text = condition_text(space.policy(policy), at);
            Work work;
            const auto region = region_of(space, policy, at, Holds::surely, work);
            if (region && said.insert(text).second) m_people.push_back({text, region->boxes()});
        }
    }
}

Box Describer::without_people(const Box& box) const {
    Box out = box;
    for (std::size_t i = 0; i < m_space.dimensions().size(); ++i)
        if (about_people(m_space.dimensions()[i].axis))
            out.replace(m_space.shape(), i, Classes(m_space.shape().classes(i), true));
    return out;
}

Bounded<const Describer::People*> Describer::people_of(const Box& box, const Bounds& bounds, Work& work) const {
    const bool named = std::ranges::any_of(box.narrowed(),
                                           [&](std::uint32_t i) { return about_people(m_space.dimensions()[i].axis); });
    if (!named) return nullptr;
    const Box rest = without_people(box);
    for (const People& people : m_people) {
        bool all = true;
        for (const Box& one : people.boxes) {
            Box both = rest;
            all = both.narrow(m_space.shape(), one) && TRY(within(m_space.shape(), both, bounds, work));
            if (!all) break;
        }
        if (all) return &people;
    }
    return nullptr;
}

Bounded<Part> Describer::part_of(const Box& left, const Bounds& bounds, Work& work) {
    const Shape& shape = m_space.shape();
    const Box wide = TRY(widened(shape, left, m_order, bounds, work));
    Part part{words_of(m_space, wide), least_remarkable(m_space, wide)};
    m_done.push_back(std::make_unique<Box>(wide));
    const People* const people = TRY(people_of(wide, bounds, work));
    if (people == nullptr) return part;
    const Box rest = without_people(wide);
    Words where = words_of(m_space, rest);
    const std::string_view between = where.english.find(": ") == std::string::npos ? ": " : ", ";
    where.english += std::string(between) + people->text;
    where.japanese += std::string(between == ": " ? "：" : "、") + people->text;
    part.where = std::move(where);
    for (const Box& one : people->boxes) {
        Box both = rest;
        both.narrow(shape, one);
        m_done.push_back(std::make_unique<Box>(std::move(both)));
    }
    return part;
}

Bounded<bool> Describer::describe(const std::vector<Box>& seeds, const std::vector<Box>& others, const Bounds& bounds,
                                  std::size_t most, std::vector<Part>& into, Work& work) {
    const Shape& shape = m_space.shape();
    for (const Box& seed : seeds) {
        Cover rest;
        if (!work.spend(bounds.outside.size() + m_done.size() + others.size())) return std::unexpected(TooIntricate{});
        const auto keep = [&](const Box* box) {
            if (box->meets(seed, shape)) rest.push_back(box);
        };
        std::ranges::for_each(bounds.outside, keep);
        for (const auto& box : m_done) keep(box.get());
        for (const Box& other : others) {
            Box both = seed;
            if (!both.narrow(shape, other)) continue;
            for (;;) {
                const auto left = TRY(uncovered(shape, both, rest, work));
                if (!left) break;
                if (into.size() >= most) return false;
                const std::size_t before = m_done.size();
                into.push_back(TRY(part_of(*left, bounds, work)));
                for (std::size_t i = before; i < m_done.size(); ++i) rest.push_back(m_done[i].get());
            }
        }
    }
    return true;
}

} // namespace sekisho::policy
