// Whether a decision is what a test block expects. Inside the room only.
#pragma once

#include <optional>

#include "policy/analysis/text.h"
#include "policy/engine/compiled.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

// What is not as expected; nothing if all is.
std::optional<Words> objection(const Compiled& policy, const CompiledTest& test, const Decision& got);

} // namespace sekisho::policy
