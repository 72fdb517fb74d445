#include "gateway/launch/spawn.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::launch {

namespace {

constexpr int first_passed = 3; // SD_LISTEN_FDS_START
constexpr int out_of_the_way = 200;
constexpr int cannot_start = 127;

// Only in the child: says why and ends it.
[[noreturn]] void give_up(const Instance& instance, const char* doing) {
    fmt::print(stderr, "{}\n", to_line(fail_errno("launch.spawn", doing, instance.name()).error()));
    _exit(cannot_start);
}

void enter_network(const Station& station) {
    const Instance& instance = station.instance;
    if (station.name_space.valid() && setns(station.name_space.get(), CLONE_NEWNET) != 0)
        give_up(instance, "enter the zone's network");
    if (instance.row->network == Network::none && unshare(CLONE_NEWNET) != 0) give_up(instance, "leave the network");
}

// Everybody else's descriptors are closed; the program's comes last, and is closed by exec.
int arrange_descriptors(const Station& station, int program) {
    int next = out_of_the_way;
    for (const NamedSocket& named : station.sockets)
        if (dup2(named.socket.get(), next++) < 0) give_up(station.instance, "arrange sockets");
    if (dup2(program, next) < 0) give_up(station.instance, "arrange the program");
    const int kept_program = first_passed + static_cast<int>(station.sockets.size());
    for (int place = first_passed; place <= kept_program; ++place)
        if (dup2(out_of_the_way + place - first_passed, place) < 0) give_up(station.instance, "arrange sockets");
    if (close_range(static_cast<unsigned>(kept_program) + 1, ~0U, 0) != 0 ||
        fcntl(kept_program, F_SETFD, FD_CLOEXEC) != 0)
        give_up(station.instance, "close descriptors");
    const int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || close(nothing) != 0)
        give_up(station.instance, "close standard input");
    return kept_program;
}

void drop_privileges(const Instance& instance) {
    const std::vector<gid_t> groups = groups_of(*instance.row);
    const uid_t user = instance.user_id();
    const gid_t group = instance.group_id();
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) give_up(instance, "empty the bounding set");
    if (setgroups(groups.size(), groups.data()) != 0) give_up(instance, "set the groups");
    if (setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0) give_up(instance, "become its user");
    if (setresuid(0, 0, 0) == 0) give_up(instance, "stop being root");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up(instance, "forbid new privileges");
}

std::vector<std::string> environment(const Station& station, const Programs& programs) {
    std::string names;
    for (const NamedSocket& named : station.sockets) names += (names.empty() ? "" : ":") + named.name;
    std::vector<std::string> variables{"PATH=/usr/bin:/bin",
                                       "LANG=C.UTF-8",
                                       "LC_ALL=C.UTF-8",
                                       fmt::format("LISTEN_PID={}", getpid()),
                                       fmt::format("LISTEN_FDS={}", station.sockets.size()),
                                       "LISTEN_FDNAMES=" + names,
                                       "NOTIFY_SOCKET=" + programs.notify_path};
#if defined(SEKISHO_FAULT_POINTS) || defined(SEKISHO_SANITIZED)
    for (const char* name : {"SEKISHO_FAULT_POINT", "ASAN_OPTIONS", "UBSAN_OPTIONS"})
        if (const char* value = std::getenv(name)) variables.push_back(fmt::format("{}={}", name, value));
#endif
    return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

[[noreturn]] void become(const Station& station, const Programs& programs, int program, pid_t launcher) {
    const Instance& instance = station.instance;
    sigset_t none;
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, nullptr) != 0 || std::signal(SIGPIPE, SIG_DFL) == SIG_ERR)
        give_up(instance, "reset signals");
    if (setpgid(0, 0) != 0) give_up(instance, "lead its own group"); // Ctrl-C is for the launcher alone
    if (chdir("/") != 0) give_up(instance, "leave the folder");
    umask(027);
    const rlimit descriptors{instance.row->descriptors, instance.row->descriptors};
    if (setrlimit(RLIMIT_NOFILE, &descriptors) != 0) give_up(instance, "set the number of descriptors");
    enter_network(station);
    const int kept_program = arrange_descriptors(station, program);
    drop_privileges(instance);
    // A change of user clears it, so it comes after; and the launcher may be gone by now.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != launcher) give_up(instance, "die with the launcher");
    std::vector<std::string> words{programs.directory + "/" + instance.row->program(), "--settings",
                                   programs.settings_path};
    if (instance.zone) words.insert(words.end(), {"--zone", instance.zone->name});
    std::vector<std::string> variables = environment(station, programs);
    const auto arguments = pointers_to(words);
    const auto variable_pointers = pointers_to(variables);
    syscall(SYS_execveat, kept_program, "", arguments.data(), variable_pointers.data(), AT_EMPTY_PATH);
    give_up(instance, "execute");
}

} // namespace

Result<pid_t> spawn(const Station& station, const Programs& programs) {
    const std::string path = programs.directory + "/" + station.instance.row->program();
    // Opened here, so that the program's user need not be able to reach it by its path.
    const Descriptor program(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!program.valid()) return fail_errno("launch.program", "find a program", path);
    const pid_t launcher = getpid();
    const pid_t child = fork();
    if (child < 0) return fail_errno("launch.spawn", "make a process", station.instance.name());
    if (child == 0) become(station, programs, program.get(), launcher);
    return child;
}

} // namespace sekisho::launch
