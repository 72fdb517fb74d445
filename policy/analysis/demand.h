// What allows require, taken apart into yes and no. Inside the room only.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/engine/compiled.h"

namespace sekisho::policy {

// Of several allows, the decision requires it if one does.
struct Demand {
    std::function<bool(const Compiled&, const CompiledRule&)> made_by;
    Words words;
};

// Two decisions that allow are alike if and only if they agree on all of these.
std::vector<Demand> demands_of(std::span<const Compiled* const> policies);

} // namespace sekisho::policy
