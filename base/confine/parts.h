// The parts of confine(), in the order in which it calls them. Each reads back what it did.
#pragma once

#include "base/confine/confine.h"

namespace sekisho::confinement {

// No core, no ptrace by the same user; nothing that is executed gains anything.
Result<> forbid_new_privileges();
Result<> drop_capabilities();
Result<> set_resource_limits(const Confinement& confinement);
Result<> restrict_files(const Confinement& confinement);
Result<> restrict_syscalls(const Confinement& confinement);

} // namespace sekisho::confinement
