#include "policy/analysis/widen.h"

#include <algorithm>

#include "base/error/error.h"

namespace sekisho::policy {

namespace {

// The classes of one dimension with which the box would still be as it has to be.
Bounded<Classes> fitting(const Shape& shape, const Box& box, std::size_t dimension, const Bounds& bounds, Work& work) {
    Classes fit(shape.classes(dimension), true);
    if (!work.spend(bounds.outside.size() + 1)) return std::unexpected(TooIntricate{});
    for (const Box* other : bounds.outside)
        if (other->meets_beside(box, shape, dimension)) fit.remove(other->classes(shape, dimension));
    Box grown = box;
    grown.replace(shape, dimension, fit);
    for (const Cover& inside : bounds.inside) {
        TRY(each_uncovered(shape, grown, inside, work, [&](const Box& left) {
            fit.remove(left.classes(shape, dimension));
            return true;
        }));
        grown.replace(shape, dimension, fit);
    }
    return fit;
}

} // namespace

Bounded<bool> within(const Shape& shape, const Box& box, const Bounds& bounds, Work& work) {
    if (!work.spend(bounds.outside.size() + 1)) return std::unexpected(TooIntricate{});
    if (std::ranges::any_of(bounds.outside, [&](const Box* other) { return other->meets(box, shape); })) return false;
    for (const Cover& inside : bounds.inside) {
        const auto left = TRY(uncovered(shape, box, inside, work));
        if (left) return false;
    }
    return true;
}

Bounded<Box> widened(const Shape& shape, Box box, std::span<const std::size_t> dimensions, const Bounds& bounds,
                     Work& work) {
    for (const std::size_t dimension : dimensions) {
        if (box.classes(shape, dimension).full()) continue;
        box.replace(shape, dimension, TRY(fitting(shape, box, dimension, bounds, work)));
    }
    return box;
}

std::vector<std::size_t> least_telling_first(const Space& space) {
    std::vector<std::size_t> out(space.dimensions().size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    std::ranges::stable_sort(
        out, [&](std::size_t a, std::size_t b) { return space.dimensions()[a].axis > space.dimensions()[b].axis; });
    return out;
}

} // namespace sekisho::policy
