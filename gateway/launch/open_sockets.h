// The sockets that a process holds, by family, as /proc tells.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace sekisho::launch {

struct OpenSocket {
    std::string family; // "unix", "tcp", "tcp6", "udp", "udp6", "raw", "packet", "netlink", ...; "unknown" if no table
                        // lists it
    std::string place;  // unix: its path; tcp, udp: "ADDRESS:PORT" in /proc's hexadecimal
    bool listening = false;
};

// Looks into the tables of the process's own network and of ours: listening sockets are made by the launcher.
std::vector<OpenSocket> sockets_of(pid_t process);
// "0100007F:1F90", as the kernel prints an address and a port.
std::string place_of(const std::string& address, unsigned port);

} // namespace sekisho::launch
