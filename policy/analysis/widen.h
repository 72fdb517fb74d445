// From one point of a region to a box of it that a person can read.
#pragma once

#include <span>

#include "policy/analysis/cover.h"
#include "policy/analysis/space.h"

namespace sekisho::policy {

// A region without its boxes in hand: what is in every one of `inside` and in none of `outside`.
struct Bounds {
    std::vector<Cover> inside; // each a union of boxes
    Cover outside;
};

Bounded<bool> within(const Shape& shape, const Box& box, const Bounds& bounds, Work& work);

// Lets a box grow, dimension by dimension, as far as it stays within the bounds. It must be within them to begin with.
Bounded<Box> widened(const Shape& shape, Box box, std::span<const std::size_t> dimensions, const Bounds& bounds,
                     Work& work);

// What is said about a transfer last, first: so that a box is said in the zones, the type and the size if it can be.
std::vector<std::size_t> least_telling_first(const Space& space);

} // namespace sekisho::policy
