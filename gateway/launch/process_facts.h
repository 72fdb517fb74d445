// What the kernel says about one process.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "base/error/error.h"

namespace sekisho::launch {

struct ProcessFacts {
    pid_t process = 0;
    pid_t parent = 0;
    std::string program;            // name of the executed file
    std::vector<std::string> words; // command line
    uid_t user = 0;
    gid_t group = 0;
    std::vector<gid_t> groups;
    int seccomp = 0; // 2: filter
    bool no_new_privileges = false;
    std::string capabilities; // of all sets that are not empty: "eff=... bnd=..."; empty: none
    std::string network;      // "net:[4026531840]"
    std::string user_space;   // "user:[...]"
    std::vector<std::string> interfaces;
};

// Processes that are gone meanwhile are left out.
std::vector<ProcessFacts> all_running();
Result<ProcessFacts> facts_of(pid_t process);
std::string own_network();

} // namespace sekisho::launch
