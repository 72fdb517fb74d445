// Loading a policy for use: one whose `never` or `must` does not hold is refused.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "policy/analysis/remark.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

// One of the two lists is empty.
struct Refused {
    std::vector<Diagnostic> problems; // it cannot be read
    std::vector<Remark> unproved;     // it can, and does not keep what it says
};

std::expected<Policy, Refused> load_proved(const Sources& sources, const Vocabulary& known);
// The same of a policy that is loaded; what does not hold.
std::vector<Remark> unproved(const Policy& policy);

} // namespace sekisho::policy
