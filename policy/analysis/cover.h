// What of a box is left when other boxes are taken away: the one hard question, from which all others are made.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "policy/analysis/box.h"
#include "policy/analysis/work.h"

namespace sekisho::policy {

using Cover = std::vector<const Box*>;

// Calls for each of some disjoint boxes that are together exactly what of `box` no box of the cover contains. False
// from the call stops. True if it was never stopped.
Bounded<bool> each_uncovered(const Shape& shape, const Box& box, const Cover& cover, Work& work,
                             const std::function<bool(const Box&)>& found);

// One of them, if there is any.
Bounded<std::optional<Box>> uncovered(const Shape& shape, const Box& box, const Cover& cover, Work& work);

} // namespace sekisho::policy
