// A set of points as a union of boxes. Exact: every operation gives the very set that its name says.
#pragma once

#include <optional>
#include <vector>

#include "policy/analysis/box.h"
#include "policy/analysis/cover.h"
#include "policy/analysis/work.h"

namespace sekisho::policy {

inline constexpr std::size_t boxes_max = 20'000; // of what an operation makes; beyond that it is too intricate

class Region {
public:
    Region() = default; // nothing
    static Region all(const Shape& shape);

    void add(const Shape& shape, Box box);
    void add(const Shape& shape, const Region& other);
    Bounded<Region> intersect(const Shape& shape, const Region& other, Work& work) const;
    // Its boxes are disjoint if those of this region are.
    Bounded<Region> subtract(const Shape& shape, const Region& other, Work& work) const;
    // The same set of disjoint boxes.
    Bounded<Region> disjoint(const Shape& shape, Work& work) const;
    Bounded<bool> covers(const Shape& shape, const Region& other, Work& work) const;

    bool empty() const { return m_boxes.empty(); }
    bool contains(const Point& point, const Shape& shape) const;
    std::optional<Point> witness(const Shape& shape) const;
    const std::vector<Box>& boxes() const { return m_boxes; }

private:
    std::vector<Box> m_boxes;
};

// Borrows the boxes of the regions.
void append(Cover& cover, const Region& region);

} // namespace sekisho::policy
