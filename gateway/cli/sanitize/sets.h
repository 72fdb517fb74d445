// Split archives among the inputs of one call.
#pragma once

#include <vector>

#include "gateway/cli/sanitize/job.h"

namespace sekisho::cli {

// Makes one input of all parts of a set (a.7z.001, .002; a.z01, a.zip; a.part1.rar; a.rar, a.r00) that lie in one
// folder, if all are there. What is no complete set stays as it is, and is refused by name later.
std::vector<Input> join_sets(std::vector<Input> inputs);

} // namespace sekisho::cli
