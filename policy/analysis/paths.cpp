#include "policy/analysis/paths.h"

#include <algorithm>

#include "base/error/error.h"

namespace sekisho::policy {

namespace {

Box frame_of(const Space& space, std::size_t from, std::size_t to, std::size_t origin) {
    const Shape& shape = space.shape();
    Box frame(shape);
    const auto pin = [&](Axis axis, std::size_t zone) {
        const std::size_t dimension = space.dimension(axis);
        frame.narrow(shape, dimension, Classes::only(shape.classes(dimension), zone));
    };
    pin(Axis::from, from);
    pin(Axis::to, to);
    pin(Axis::origin, origin);
    return frame;
}

} // namespace

Paths::Paths(const Model& model) : m_model(model), m_denied(model.denied()) {}

Bounded<std::optional<Way>> Paths::hop(std::size_t from, std::size_t to, std::size_t origin, const Region& files,
                                       const Cover& denied, Work& work) const {
    const Shape& shape = m_model.space->shape();
    const Box frame = frame_of(*m_model.space, from, to, origin);
    Cover near;
    if (!work.spend(denied.size() + m_model.rules.size())) return std::unexpected(TooIntricate{});
    std::ranges::copy_if(denied, std::back_inserter(near), [&](const Box* box) { return box->meets(frame, shape); });
    for (std::size_t rule = m_model.bare.size(); rule < m_model.rules.size(); ++rule) {
        for (const Box& allow : m_model.rules[rule].boxes()) {
            Box here = allow;
            if (!here.narrow(shape, frame)) continue;
            for (const Box& file : files.boxes()) {
                Box both = here;
                if (!both.narrow(shape, file)) continue;
                auto left = TRY(uncovered(shape, both, near, work));
                if (left) return Way{from, to, &allow, rule, std::move(*left)};
            }
        }
    }
    return std::optional<Way>();
}

Bounded<std::vector<Way>> Paths::shortest(std::size_t from, std::size_t to, const Region& files, const Region& excused,
                                          Work& work) const {
    Cover denied = m_denied;
    append(denied, excused);
    const std::size_t zones = m_model.compiled().zones.size();
    std::vector<std::optional<Way>> reached_by(zones);
    std::vector<std::size_t> queue{from};
    for (std::size_t next = 0; next < queue.size() && !reached_by[to]; ++next) {
        for (std::size_t zone = 0; zone < zones; ++zone) {
            if (zone == from || zone == queue[next] || reached_by[zone]) continue;
            reached_by[zone] = TRY(hop(queue[next], zone, from, files, denied, work));
            if (reached_by[zone]) queue.push_back(zone);
        }
    }
    std::vector<Way> way;
    for (std::size_t zone = to; reached_by[zone]; zone = way.back().from) way.push_back(*reached_by[zone]);
    std::ranges::reverse(way);
    return way;
}

} // namespace sekisho::policy
