// The sockets that a process holds, by family, as /proc tells.
#pragma once

#include <map>
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

// Every socket that the kernel lists in the networks of these processes and in ours. A connection to a local socket is
// listed where its caller lives, so one process's network is not enough.
class SocketTables {
public:
    explicit SocketTables(const std::vector<pid_t>& processes);
    std::vector<OpenSocket> of(pid_t process) const;

private:
    std::map<std::string, OpenSocket> m_known; // by inode
};

// "0100007F:1F90", as the kernel prints an address and a port.
std::string place_of(const std::string& address, unsigned port);

} // namespace sekisho::launch
