#include "sanitizer/worker/pool.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sanitizer/worker/channel.h"

namespace sekisho::worker {

Pool::Pool(const Protocol& protocol, Descriptor channel) : m_protocol(protocol), m_channel(std::move(channel)) {}

// The zygote ends when its channel does, and everything below it by PR_SET_PDEATHSIG: a confined broker may neither
// kill nor wait.
Pool::~Pool() {
    if (m_loop) m_loop->forget(m_channel.get());
}

namespace {

struct Child {
    Descriptor channel;
    pid_t process = -1;
};

// Forks a child that runs `work` with its end of a new channel; returns ours.
template <typename Work> Result<Child> fork_with_channel(Work work) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno("worker.unavailable", "make a socket pair");
    Child child{Descriptor(ends[0]), -1};
    Descriptor theirs(ends[1]);
    child.process = fork();
    if (child.process < 0) return fail_errno("worker.unavailable", "start the zygote");
    if (child.process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        child.channel.close();
        work(std::move(theirs));
        _exit(1);
    }
    return child;
}

} // namespace

// Waits for the zygote: a broker that says it is ready has workers, and everything below it is confined.
Result<std::unique_ptr<Pool>> Pool::start(const Kind& kind, const Options& options, Descriptor converter) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail_errno("worker.unavailable", "make a pipe");
    Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    Child child = TRY(fork_with_channel([&](Descriptor channel) {
        ours.close();
        run_zygote(kind, options, std::move(channel), std::move(theirs), std::move(converter));
    }));
    theirs.close();
    char ready = 0;
    ssize_t size = 0;
    while ((size = read(ours.get(), &ready, 1)) < 0 && errno == EINTR) {
    }
    if (size != 1)
        return fail("worker.unavailable", "the zygote could not be confined", std::string(kind.protocol.name));
    return std::unique_ptr<Pool>(new Pool(kind.protocol, std::move(child.channel)));
}

namespace {

// Where dup2() does not put one over the other, whatever their numbers are.
constexpr int least_parked = 16;

Result<Child> execute(const std::string& program, const Options& options, const Descriptor& converter) {
    std::vector<std::string> words = channel_arguments(program, options, converter.valid());
    return fork_with_channel([&](const Descriptor& channel) {
        std::vector<char*> values;
        for (std::string& word : words) values.push_back(word.data());
        values.push_back(nullptr);
        const Descriptor parked(converter.valid() ? fcntl(converter.get(), F_DUPFD_CLOEXEC, least_parked) : -1);
        if (dup2(channel.get(), channel_descriptor) < 0) return;
        if (converter.valid() && dup2(parked.get(), converter_descriptor) < 0) return;
        execv(program.c_str(), values.data());
    });
}

} // namespace

Result<std::unique_ptr<Pool>> Pool::launch(const std::string& program, const Protocol& protocol, const Options& options,
                                           Descriptor converter) {
    Child child = TRY(execute(program, options, converter));
    return std::unique_ptr<Pool>(new Pool(protocol, std::move(child.channel)));
}

Result<Descriptor> Pool::launch_converter(const std::string& program, const Options& options) {
    return std::move(TRY(execute(program, options, {})).channel);
}

Result<> Pool::attach(Loop& loop, std::function<void()> gone) {
    if (fcntl(m_channel.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("worker.unavailable", "set up a channel");
    m_loop = &loop;
    m_gone = std::move(gone);
    return loop.watch(m_channel.get(), EPOLLIN, [this](std::uint32_t) { take_answers(); });
}

Result<> Pool::give_converter(const Descriptor& converter) {
    const int passed = converter.get();
    return send_frame(m_channel, UseConverter::type, 0, encode(UseConverter{}), std::span(&passed, 1));
}

void Pool::submit(const Bytes& payload, std::span<const int> descriptors, Answered answered) {
    const std::uint32_t call = m_next++;
    if (!send_frame(m_channel, m_protocol.question, call, payload, descriptors))
        return answered(refuse(Reason::worker_unavailable));
    m_under_way.emplace(call, std::move(answered));
}

void Pool::take_answers() {
    for (;;) {
        auto frame = receive_frame(m_channel);
        if (!frame && frame.error().code == "ipc.would-block") return;
        if (!frame) return lose_zygote();
        const auto found = m_under_way.find(frame->call);
        if (found == m_under_way.end() || frame->type != m_protocol.answer) return lose_zygote();
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
