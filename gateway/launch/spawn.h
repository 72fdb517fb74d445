#pragma once

#include "gateway/launch/sockets.h"

namespace sekisho::launch {

struct Programs {
    std::string directory;     // of the sekisho-* programs
    std::string settings_path; // absolute
    std::string notify_path;   // {run}/notify.sock
};

// Starts one process with its user, groups and namespace, no capability, no new privileges, its sockets and a clean
// environment. It dies with the launcher. Returns its process id.
Result<pid_t> spawn(const Station& station, const Programs& programs);

} // namespace sekisho::launch
