// The part of lint that needs no regions. Inside the room only.
#pragma once

#include "policy/analysis/lint.h"
#include "policy/analysis/model.h"

namespace sekisho::policy {

// Groups and calendars that nothing uses.
void lint_names(const Compiled& policy, std::vector<Remark>& out);
// What ends soon, or has ended.
void lint_ends(const Compiled& policy, std::chrono::sys_days today, std::vector<Remark>& out);
// Allows that decided nothing.
void lint_hits(const Compiled& policy, const std::map<std::string, std::uint64_t>& hits, std::vector<Remark>& out);

} // namespace sekisho::policy
