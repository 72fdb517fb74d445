#include "policy/analysis/region.h"

#include <algorithm>
#include <utility>

#include "base/error/error.h"

namespace sekisho::policy {

Region Region::all(const Shape& shape) {
    Region out;
    out.m_boxes.emplace_back(shape);
    return out;
}

void Region::add(const Shape& shape, Box box) {
    for (auto mine = m_boxes.begin(); mine != m_boxes.end();) {
        if (mine->contains(box, shape)) return;
        if (!box.merge(shape, *mine)) {
            ++mine;
            continue;
        }
        m_boxes.erase(mine); // the box has grown: those before may be in it, or go with it
        mine = m_boxes.begin();
    }
    std::erase_if(m_boxes, [&](const Box& mine) { return box.contains(mine, shape); });
    m_boxes.push_back(std::move(box));
}

void Region::add(const Shape& shape, const Region& other) {
    for (const Box& box : other.m_boxes) add(shape, box);
}

Bounded<Region> Region::intersect(const Shape& shape, const Region& other, Work& work) const {
    Region out;
    for (const Box& mine : m_boxes) {
        for (const Box& its : other.m_boxes) {
            if (!work.spend(1 + out.m_boxes.size()) || out.m_boxes.size() > boxes_max)
                return std::unexpected(TooIntricate{});
            Box both = mine;
            if (both.narrow(shape, its)) out.add(shape, std::move(both));
        }
    }
    return out;
}

Bounded<Region> Region::subtract(const Shape& shape, const Region& other, Work& work) const {
    Region out;
    Cover cover;
    append(cover, other);
    for (const Box& mine : m_boxes) {
        TRY(each_uncovered(shape, mine, cover, work, [&](const Box& left) {
            out.m_boxes.push_back(left);
            return out.m_boxes.size() <= boxes_max;
        }));
        if (out.m_boxes.size() > boxes_max) return std::unexpected(TooIntricate{});
    }
    return out;
}

Bounded<Region> Region::disjoint(const Shape& shape, Work& work) const {
    Region out;
    Cover before;
    for (const Box& mine : m_boxes) {
        TRY(each_uncovered(shape, mine, before, work, [&](const Box& left) {
            out.m_boxes.push_back(left);
            return out.m_boxes.size() <= boxes_max;
        }));
        if (out.m_boxes.size() > boxes_max) return std::unexpected(TooIntricate{});
        before.push_back(&mine);
    }
    return out;
}

Bounded<bool> Region::covers(const Shape& shape, const Region& other, Work& work) const {
    Cover cover;
    append(cover, *this);
    for (const Box& its : other.m_boxes) {
        const auto left = TRY(uncovered(shape, its, cover, work));
        if (left) return false;
    }
    return true;
}

bool Region::contains(const Point& point, const Shape& shape) const {
    return std::ranges::any_of(m_boxes, [&](const Box& box) { return box.contains(point, shape); });
}

std::optional<Point> Region::witness(const Shape& shape) const {
    if (m_boxes.empty()) return std::nullopt;
    return m_boxes.front().witness(shape);
}

void append(Cover& cover, const Region& region) {
    for (const Box& box : region.boxes()) cover.push_back(&box);
}

} // namespace sekisho::policy
