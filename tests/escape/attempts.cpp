#include "attempts.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

// Newer than the headers of Debian 12.
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

namespace sekisho::tests {

namespace {

constexpr int could_not_become = 250;

int connect_to_address(const sockaddr_un& address, std::size_t size) {
    const int made = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    return made < 0 ? made : connect(made, generic, static_cast<socklen_t>(size));
}

// One that works counts as working.
int connect_each(const std::vector<std::string>& paths) {
    int result = -1;
    for (const std::string& path : paths) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        if (connect_to_address(address, sizeof(address)) == 0) result = 0;
    }
    return result;
}

int connect_abstract() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    constexpr std::string_view name("\0sekisho-escape", 15);
    std::memcpy(address.sun_path, name.data(), name.size());
    return connect_to_address(address, offsetof(sockaddr_un, sun_path) + name.size());
}

int make_pair(int family) {
    int ends[2];
    return socketpair(family, SOCK_STREAM, 0, ends);
}

int open_of_parent(const char* name) {
    return open(fmt::format("/proc/{}/{}", getppid(), name).c_str(), O_RDONLY);
}

int fork_and_end() {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    return child;
}

int execute(const char* path) {
    char* const words[] = {nullptr};
    return execve(path, words, words);
}

long execute_memory() {
    char* const words[] = {nullptr};
    return syscall(SYS_execveat, 0, "", words, words, AT_EMPTY_PATH);
}

int map(int protection) {
    return mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

void* page() {
    return mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int map_much() {
    const auto size = std::size_t{64} << 30;
    return mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED
               ? -1
               : 0;
}

int use_up_descriptors() {
    for (int i = 0; i < 1'000'000; ++i)
        if (dup(0) < 0) return -1;
    return 0;
}

void* wait_for_ever(void*) {
    for (;;) nanosleep(std::array<timespec, 1>{timespec{1000, 0}}.data(), nullptr);
}

int use_up_threads() {
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65'536);
    for (int i = 0; i < 5000; ++i) {
        pthread_t thread{};
        const int result = pthread_create(&thread, &small, wait_for_ever, nullptr);
        if (result == 0) continue;
        errno = result;
        return -1;
    }
    return 0;
}

int raise_limit() {
    const rlimit more{1 << 20, 1 << 20};
    return setrlimit(RLIMIT_NOFILE, &more);
}

#ifdef __x86_64__
// getpid of the 32-bit table, whose number means something else in ours.
long call_of_32_bits() {
    long result = 20;
    asm volatile("int $0x80" : "+a"(result)::"memory");
    return result;
}
#endif

const char* outside() {
    static const std::string path = Scene::get().outside();
    return path.c_str();
}

} // namespace

const std::vector<Attempt>& all_attempts() {
    using enum SyscallGroup;
    using Exceptions = std::vector<std::pair<SyscallGroup, Outcome>>;
#define WITH(group, outcome)                                                                                           \
    { group, outcome }
#define EXCEPTIONS(...)                                                                                                \
    Exceptions {                                                                                                       \
        __VA_ARGS__                                                                                                    \
    }
#define connect_foreign() connect_each(Scene::get().foreign_sockets(subject.instance ? subject.instance->row : nullptr))
#define ATTEMPT(name, otherwise, exceptions, ...)                                                                      \
    Attempt{name, otherwise, EXCEPTIONS exceptions,                                                                    \
            []([[maybe_unused]] const Subject& subject) -> long { return __VA_ARGS__; }},
    static const std::vector<Attempt> attempts{
#include "attempts.def"
    };
#undef ATTEMPT
    return attempts;
}

Outcome Attempt::expected(const Subject& subject) const {
    for (const auto& [group, outcome] : exceptions)
        if (std::ranges::find(subject.confinement.groups, group) != subject.confinement.groups.end()) return outcome;
    return otherwise;
}

Outcome attempt(const Attempt& attempt, const Subject& subject) {
    const pid_t child = fork();
    if (child == 0) {
        if (!become(subject)) _exit(could_not_become);
        errno = 0;
        const long result = attempt.run(subject);
        _exit(result >= 0 ? 0 : errno);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return {};
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGSYS ? killed : Outcome{Outcome::Kind::other, WTERMSIG(status)};
    return WEXITSTATUS(status) == 0 ? works : error(WEXITSTATUS(status));
}

} // namespace sekisho::tests
