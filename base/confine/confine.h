// What a process may still do once it has opened what it needs. Asked for by each process itself, in main.cpp, and
// irrevocable. If any part cannot be applied, confine() fails and the process must end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho {

// Named groups of system calls (confine/syscalls.def lists each). Everything that is in no named group kills the
// process.
enum class SyscallGroup : std::uint8_t {
    base,         // memory without PROT_EXEC, time, exit, futex, read and write on descriptors that are there
    messages,     // sendmsg, recvmsg, accept4, poll, epoll, eventfd
    connect_unix, // socket(AF_UNIX) and connect
    connect_inet, // socket(AF_INET, AF_INET6) and connect
    accept_inet,  // accepting on a listening socket that is there; getpeername
    files_read,   // openat for reading, stat, getdents
    files_write,  // openat for writing, rename, unlink, fsync, ftruncate, mkdir
    threads,      // clone with thread flags only
    memory_file,  // memfd_create, fcntl seals
    children,     // fork-like clone without new namespaces, wait, pidfd, kill of children
    waiting,      // waiting for children that are there already
    further,      // to confine oneself further: a zygote, whose workers do
    exec,         // execve: the launcher only
    suite,        // nothing, but an office suite that tries to raise its limits is told no instead of killed
    count
};

std::string_view name_of(SyscallGroup group);

struct Confinement {
    std::string process; // for messages
    std::vector<SyscallGroup> groups;
    std::vector<std::string> readable; // Landlock: these paths and what is below may be read
    std::vector<std::string> writable; // Landlock: may be read, written, made and removed below
    std::uint64_t most_memory = 0;     // RLIMIT_AS in bytes; 0 = no limit
    std::uint64_t most_descriptors = 1024;
    std::uint64_t most_file_bytes = 0;  // RLIMIT_FSIZE; 0 = no limit
    std::uint32_t most_cpu_seconds = 0; // 0 = no limit
    std::uint32_t most_processes = 0;   // RLIMIT_NPROC; 0 = none may be made (threads count)
};

// Applies, in this order: no dumpable core, no_new_privs, all capabilities dropped (bounding set too, where the process
// may), rlimits, Landlock (ABI at least 2), seccomp with KILL_PROCESS, other architectures killed. Verifies each by
// reading it back. fail "confine.*".
Result<> confine(const Confinement& confinement);

// A folder of memory that only what stands below it can use up.
struct Scratch {
    std::string path; // absolute
    std::uint64_t bytes = 0;
};

// Enters new user, network, IPC, UTS, cgroup and mount namespaces with a read-only root that holds nothing but
// `readable` (paths that are there); call once in a zygote, before confine(). Needs no privilege. The process id
// namespace starts with the next fork. Each of `scratch` is mounted there, empty, of its own size and writable as far
// as Landlock allows it later. Ends without capabilities. Root inside a chroot, who cannot make a user namespace, stays
// in the one that is there. Where the system forbids to make namespaces (RestrictNamespaces= of systemd), what is there
// must already be empty: no network, no capability in any set, not root; Landlock takes away all other files. Each is
// looked at; fails otherwise. A scratch folder is then made below one of memory that is there (TemporaryFileSystem= of
// systemd), and shares its size.
Result<> enter_empty_namespaces(const std::vector<std::string>& readable = {},
                                const std::vector<Scratch>& scratch = {});

} // namespace sekisho
