// The files of a policy, read from the disk: the main one and, from its folder, what is included.
#pragma once

#include <string>

#include "base/error/error.h"
#include "policy/language/source.h"

namespace sekisho::cli {

struct PolicyFiles {
    std::string path;        // of the main file, as it was asked for; "-" is standard input
    policy::Sources sources; // by the names that an `include` writes
    policy::Sources shown;   // the same, by names that a person can open from where they are
};

// A file that is included and cannot be read is left out: loading the policy reports it with its place.
Result<PolicyFiles> read_policy(const std::string& path);

// At most as much as a policy file may have, and one byte more, so that loading can say that it is too large.
Result<std::string> read_source(const std::string& path);

} // namespace sekisho::cli
