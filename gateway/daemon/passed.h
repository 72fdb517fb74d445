#pragma once

#include <map>

#include "base/descriptor/descriptor.h"

namespace sekisho {

// The sockets of sd_listen_fds(3): LISTEN_PID must be this process. Takes ownership, sets close-on-exec, and removes
// the variables. A socket without a name is called "unknown", as there. reject "daemon.sockets".
Result<std::map<std::string, Descriptor, std::less<>>> take_passed_sockets();

// A socket connected to NOTIFY_SOCKET (sd_notify(3)); not valid if nobody wants to know. Removes the variable.
Result<Descriptor> open_notify_socket();

} // namespace sekisho
