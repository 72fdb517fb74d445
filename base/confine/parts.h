// The parts of confine(), in the order in which it calls them. Each reads back what it did.
#pragma once

#include "base/confine/confine.h"

namespace sekisho::confinement {

// No core, no ptrace by the same user; nothing that is executed gains anything.
Result<> forbid_new_privileges();
Result<> drop_capabilities();
// No set holds any, the bounding set included.
Result<> check_no_capability();
Result<> set_resource_limits(const Confinement& confinement);
Result<> restrict_files(const Confinement& confinement);
Result<> restrict_syscalls(const Confinement& confinement);

// What enter_empty_namespaces() does where it may make none: looks whether somebody else has made them.
Result<> settle_in_empty_environment(const std::vector<std::string>& readable, const std::vector<Scratch>& scratch);

} // namespace sekisho::confinement
