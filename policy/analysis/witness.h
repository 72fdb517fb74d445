// Points as requests that a person can read.
#pragma once

#include "policy/analysis/space.h"
#include "policy/engine/sample.h"

namespace sekisho::policy {

// Of the points of a box, the least remarkable: nothing found, rebuilt, through the portal, in the morning.
Point least_remarkable(const Space& space, const Box& box);

// A request that is this point. What no request can be (a name that matches one glob and not another that says more) is
// the nearest that was found.
Sample sample_of(const Space& space, const Point& point);

// A name that matches exactly those of the globs that it shall, if one was found; else one that matches as many as
// were.
std::string name_matching(const std::vector<std::pair<std::string, bool>>& globs);

} // namespace sekisho::policy
