#include "confined.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::tests {

const End killed{-1, SIGSYS};

std::ostream& operator<<(std::ostream& out, const End& end) {
    return end.signal != 0 ? out << "signal " << end.signal : out << "exit " << end.status;
}

End exited(int status) {
    return {status, 0};
}

End run_child(const std::function<int()>& body) {
    const pid_t child = fork();
    if (child == 0) _exit(body());
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return {};
    if (WIFSIGNALED(status)) return {-1, WTERMSIG(status)};
    return {WEXITSTATUS(status), 0};
}

End run_confined(const Confinement& confinement, const std::function<int()>& body) {
    return run_child([&] {
        if (auto confined = confine(confinement); !confined) {
            fmt::print(stderr, "{}\n", to_line(confined.error()));
            return not_confined;
        }
        return body();
    });
}

Confinement with_groups(std::vector<SyscallGroup> groups) {
    Confinement confinement;
    confinement.process = "test";
    confinement.groups = std::move(groups);
    return confinement;
}

} // namespace sekisho::tests
