#include "sanitizer/worker/pool.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sekisho::worker {

Pool::Pool(const Kind& kind, Descriptor channel, pid_t process)
    : m_kind(kind), m_channel(std::move(channel)), m_process(process) {}

Pool::~Pool() {
    if (m_loop) m_loop->forget(m_channel.get());
    m_channel.close();
    kill(m_process, SIGKILL); // and, by PR_SET_PDEATHSIG, everything below it
    while (waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<std::unique_ptr<Pool>> Pool::start(const Kind& kind, const Options& options) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno("worker.unavailable", "make a socket pair");
    Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const pid_t process = fork();
    if (process < 0) return fail_errno("worker.unavailable", "start the zygote");
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        ours.close();
        run_zygote(kind, options, std::move(theirs));
    }
    return std::unique_ptr<Pool>(new Pool(kind, std::move(ours), process));
}

Result<> Pool::attach(Loop& loop, std::function<void()> gone) {
    if (fcntl(m_channel.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("worker.unavailable", "set up a channel");
    m_loop = &loop;
    m_gone = std::move(gone);
    return loop.watch(m_channel.get(), EPOLLIN, [this](std::uint32_t) { take_answers(); });
}

void Pool::submit(const Bytes& payload, std::span<const int> descriptors, Answered answered) {
    const std::uint32_t call = m_next++;
    if (!send_frame(m_channel, m_kind.question, call, payload, descriptors))
        return answered(refuse(Reason::worker_unavailable));
    m_under_way.emplace(call, std::move(answered));
}

void Pool::take_answers() {
    for (;;) {
        auto frame = receive_frame(m_channel);
        if (!frame && frame.error().code == "ipc.would-block") return;
        if (!frame) return lose_zygote();
        const auto found = m_under_way.find(frame->call);
        if (found == m_under_way.end() || frame->type != m_kind.answer) return lose_zygote();
        const Answered answered = std::move(found->second);
        m_under_way.erase(found);
        answered(std::move(*frame));
    }
}

void Pool::lose_zygote() {
    m_loop->forget(m_channel.get());
    m_channel.close();
    for (auto& [call, answered] : std::exchange(m_under_way, {})) answered(refuse(Reason::worker_unavailable));
    if (m_gone) m_gone();
}

} // namespace sekisho::worker
