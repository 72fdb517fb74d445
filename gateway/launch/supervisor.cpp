#include "gateway/launch/supervisor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/daemon/events.h"
#include "gateway/launch/status_file.h"

namespace sekisho::launch {

namespace {

constexpr std::chrono::seconds long_enough{10}; // a process that ran so long did not die of its start

std::string how_it_ended(int status) {
    if (WIFSIGNALED(status)) return fmt::format("signal {}", WTERMSIG(status));
    return fmt::format("exit {}", WEXITSTATUS(status));
}

// The process of the peer that sent a datagram, as the kernel tells it; 0 if it does not.
pid_t sender_of(msghdr& header) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_CREDENTIALS) continue;
        ucred credentials{};
        std::memcpy(&credentials, CMSG_DATA(part), sizeof(credentials));
        return credentials.pid;
    }
    return 0;
}

} // namespace

Result<std::unique_ptr<Supervisor>> Supervisor::create(std::vector<Station> stations, Options options) {
    // What a process of ours leaves behind becomes our child, and is reaped.
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) return fail_errno("launch.start", "adopt orphans");
    std::unique_ptr<Supervisor> made(new Supervisor(TRY(Loop::create()), std::move(options)));
    for (Station& station : stations) {
        made->m_posts.emplace_back();
        made->m_posts.back().station = std::move(station);
    }
    TRY(made->m_loop.handle_signals());
    TRY(made->listen_for_children());
    TRY(made->listen_for_ready());
    return made;
}

Result<> Supervisor::listen_for_children() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("launch.start", "block a signal");
    m_children = Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_children.valid()) return fail_errno("launch.start", "make a signal descriptor");
    return m_loop.watch(m_children.get(), EPOLLIN, [this](std::uint32_t) { reap(); });
}

Result<> Supervisor::listen_for_ready() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& path = m_options.programs.notify_path;
    if (path.size() >= sizeof(address.sun_path)) return reject("launch.start", "run.directory is too long", path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    unlink(path.c_str());
    m_notify = Descriptor(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (!m_notify.valid() || setsockopt(m_notify.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0 ||
        bind(m_notify.get(), generic, sizeof(address)) != 0 || chmod(path.c_str(), 0622) != 0)
        return fail_errno("launch.start", "make a socket", path);
    return m_loop.watch(m_notify.get(), EPOLLIN, [this](std::uint32_t) { take_ready(); });
}

Result<> Supervisor::run() {
    say(DaemonEvent::launcher_started, {{"processes", std::to_string(m_posts.size())}});
    for (Post& post : m_posts) start(post);
    write_status();
    auto ran = m_loop.run();
    end_all();
    say(DaemonEvent::launcher_stopped);
    return ran;
}

void Supervisor::start(Post& post) {
    if (m_ending || post.process != 0) return;
    const std::string name = post.station.instance.name();
    const auto process = spawn(post.station, m_options.programs);
    if (!process) {
        say_failed(name, process.error());
        m_loop.after(post.pause, [this, &post] { start(post); });
        post.pause = std::min(post.pause * 2, m_options.longest_pause);
        return;
    }
    post.process = *process;
    post.ready = false;
    post.started = Clock::now();
    ++post.starts;
    say(DaemonEvent::process_started, {{"process", name}, {"pid", std::to_string(*process)}});
}

void Supervisor::reap() {
    std::array<signalfd_siginfo, 16> told{};
    while (read(m_children.get(), told.data(), sizeof(told)) > 0) {
    }
    for (;;) {
        siginfo_t dead{};
        if (waitid(P_ALL, 0, &dead, WEXITED | WNOHANG | WNOWAIT) != 0 || dead.si_pid == 0) return;
        // Its whole group goes with it. While it is not reaped, nobody else can have its number.
        const bool is_ours =
            std::ranges::find(m_posts, dead.si_pid, [](const Post& post) { return post.process; }) != m_posts.end();
        if (is_ours) kill(-dead.si_pid, SIGKILL);
        int status = 0;
        if (waitpid(dead.si_pid, &status, 0) == dead.si_pid && is_ours) ended(dead.si_pid, status);
    }
}

void Supervisor::ended(pid_t process, int status) {
    Post& post = *std::ranges::find(m_posts, process, [](const Post& other) { return other.process; });
    const bool expected = m_ending && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    post.process = 0;
    post.ready = false;
    say(expected ? DaemonEvent::process_ended : DaemonEvent::process_died,
        {{"process", post.station.instance.name()}, {"pid", std::to_string(process)}, {"how", how_it_ended(status)}});
    if (m_ending) return;
    if (Clock::now() - post.started > long_enough) post.pause = first_pause;
    m_loop.after(post.pause, [this, &post] {
        start(post);
        write_status();
    });
    post.pause = std::min(post.pause * 2, m_options.longest_pause);
    write_status();
}

void Supervisor::take_ready() {
    for (;;) {
        std::array<char, 256> text{};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
        iovec part{text.data(), text.size()};
        msghdr header{};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        const ssize_t size = recvmsg(m_notify.get(), &header, MSG_CMSG_CLOEXEC);
        if (size < 0) return;
        const pid_t sender = sender_of(header);
        const auto post = std::ranges::find(m_posts, sender, [](const Post& candidate) { return candidate.process; });
        if (sender == 0 || post == m_posts.end()) continue;
        if (std::string_view(text.data(), static_cast<std::size_t>(size)) != "READY=1") continue;
        post->ready = true;
        write_status();
        if (std::ranges::all_of(m_posts, &Post::ready)) say(DaemonEvent::launcher_ready);
    }
}

void Supervisor::write_status() {
    std::vector<ProcessStatus> processes;
    for (const Post& post : m_posts)
        processes.push_back({post.station.instance.name(), post.process, post.ready, post.starts});
    if (auto written = launch::write_status(m_options.status_path, m_options.isolated, processes); !written)
        say_failed("launcher", written.error());
}

bool Supervisor::any_running() const {
    return std::ranges::any_of(m_posts, [](const Post& post) { return post.process != 0; });
}

// A process is told to end when nobody who calls it is left, so that what it still has to say is heard;
// one that hangs holds up the others for half of the time only.
void Supervisor::tell_to_end(bool everybody) {
    for (Post& post : m_posts) {
        const bool is_called = std::ranges::any_of(m_posts, [&](const Post& other) {
            const auto& calls = other.station.instance.row->calls;
            return other.process != 0 && std::ranges::find(calls, post.station.instance.row->name) != calls.end();
        });
        if (post.process == 0 || post.told || (is_called && !everybody)) continue;
        post.told = true;
        kill(post.process, SIGTERM);
    }
}

// Zygotes and workers were killed together with their process, or die with it; they are our children by then. Nobody
// may find one of them still running when this process has ended.
void Supervisor::await_orphans() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    const auto deadline = Clock::now() + patience;
    siginfo_t child{};
    while (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0 && Clock::now() < deadline) {
        const timespec moment{0, 5'000'000};
        sigtimedwait(&set, nullptr, &moment);
        reap();
    }
}

void Supervisor::end_all() {
    m_ending = true;
    const auto deadline = Clock::now() + patience;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (reap(); any_running() && Clock::now() < deadline; reap()) {
        tell_to_end(Clock::now() > deadline - patience / 2);
        const timespec moment{0, 20'000'000};
        sigtimedwait(&set, nullptr, &moment);
    }
    for (const Post& post : m_posts) {
        if (post.process == 0) continue;
        say(DaemonEvent::process_killed, {{"process", post.station.instance.name()}});
        kill(-post.process, SIGKILL);
    }
    while (any_running()) {
        const timespec moment{0, 20'000'000};
        sigtimedwait(&set, nullptr, &moment);
        reap();
    }
    await_orphans();
    unlink(m_options.status_path.c_str());
    unlink(m_options.programs.notify_path.c_str());
}

} // namespace sekisho::launch
