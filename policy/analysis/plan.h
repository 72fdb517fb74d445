// What a new policy would change: every difference, as regions in words, each with a request that shows it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/analysis/work.h"
#include "policy/engine/engine.h"
#include "policy/engine/sample.h"

namespace sekisho::policy {

struct Change {
    enum class Kind : std::uint8_t { newly_allowed, newly_denied, obligations };
    Kind kind = Kind::newly_allowed;
    Words where; // "from internet to lgwan: type xlsm, size ≤ 10 MB"
    Words what;  // of obligations: "approve 1 by section-chief (in lgwan) is no longer required"; else by which rules
    Sample witness;  // one of the requests that are meant
    Decision before; // of the witness, by the old policy
    Decision after;  // by the new one
};

inline constexpr std::size_t changes_max = 100; // of each kind

struct Plan {
    std::vector<Change> changes; // in the order of Kind
    bool complete = true;        // false: there are more than `changes_max`
    bool too_intricate = false;  // the changes are some, not all
    bool same() const { return changes.empty() && complete && !too_intricate; }
};

Plan plan(const Policy& before, const Policy& after, Work work = Work());

// As an officer reads it; of what is the same, that it is the same.
std::string words(const Plan& plan, Language language);

} // namespace sekisho::policy
