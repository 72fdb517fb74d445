// What the gateway's processes used: from /proc, workers and zygotes counted with the process that they belong to.
#pragma once

#include <map>
#include <string>
#include <sys/types.h>

namespace sekisho::bench {

struct Usage {
    double cpu = 0;    // seconds, user and system, ended children included
    long peak_kib = 0; // VmHWM of the largest process of that name
    unsigned processes = 0;
};
using Census = std::map<std::string, Usage>; // by "portal", "ledger" ...

Census take_census(pid_t launcher);
// Processor seconds of each between two moments.
std::map<std::string, double> used_between(const Census& before, const Census& after);
// Whether a process belongs to what every file costs, whatever it is: everything but scan, rebuild and verification.
bool is_spine(const std::string& name);
// The launcher's child of that name whose words contain `word`; 0 if there is none.
pid_t find_process(pid_t launcher, const std::string& name, const std::string& word);

// The identity of another process, for this thread alone (raw system calls; the C library would change all threads).
bool become(pid_t process);

} // namespace sekisho::bench
