// Where a concrete request is in a space.
#pragma once

#include "policy/analysis/space.h"
#include "policy/engine/sample.h"

namespace sekisho::tests {

policy::Point located(const policy::Space& space, const policy::Sample& sample);

} // namespace sekisho::tests
