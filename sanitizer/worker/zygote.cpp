#include "sanitizer/worker/zygote.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <deque>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sanitizer/worker/heap.h"
#include "sanitizer/worker/places.h"
#include "sanitizer/worker/relay.h"

namespace sekisho::worker {

namespace {

using Clock = std::chrono::steady_clock;

// The budget inside a worker ends first; this much later the zygote ends the worker.
constexpr std::chrono::seconds grace{2};
// For a worker that is asked before it has completed its start.
constexpr std::chrono::seconds most_to_start{60};
constexpr unsigned most_useless_ends = 8;
constexpr std::string_view scratch_root = "/scratch";
// Two for each worker at work and a socket for each of all, with room for questions that wait.
constexpr std::uint64_t zygote_descriptors = 4096;
// The zygote, who waits for it, the broker where all are one user's, and workers that are about to end.
constexpr std::uint32_t spare_processes = 16;

struct Worker {
    pid_t process = -1;
    Descriptor socket;
    std::optional<std::uint32_t> call; // set while it works
    Clock::time_point deadline;
    std::size_t place = 0;
    bool is_ready = false; // has completed its start
};

[[noreturn]] void end_zygote(const char* why) {
    fmt::print(stderr, "zygote ends: {}\n", why);
    _exit(1);
}

// The system counts those of all workers together.
std::uint32_t processes_of(const Kind& kind, const Options& options) {
    return (options.idle + options.parallel) * (1 + kind.threads) + spare_processes;
}

void check(const Result<>& confined) {
    if (!confined) end_zygote(to_line(confined.error()).c_str());
}

[[noreturn]] void run_worker(const Kind& kind, const Options& options, const Workplace& workplace, std::size_t place) {
    if (auto confined = confine(worker_confinement(kind, options, place)); !confined) {
        fmt::print(stderr, "{}\n", to_line(confined.error()));
        _exit(1);
    }
    const Descriptor& socket = workplace.channel;
    if (kind.prepare && !(kind.prepare(workplace) && send_frame(socket, Ready::type, 0, encode(Ready{})))) _exit(1);
    auto question = receive_frame(socket);
    if (!question || question->type != kind.protocol.question) _exit(1);
    const Bytes answer = kind.work(*question, workplace);
    _exit(send_frame(socket, kind.protocol.answer, question->call, answer) ? 0 : 1);
}

std::vector<std::string> paths_of(const std::vector<Scratch>& folders) {
    std::vector<std::string> paths;
    for (const Scratch& folder : folders) paths.push_back(folder.path);
    return paths;
}

class Zygote {
public:
    Zygote(const Kind& kind, const Options& options, Descriptor channel, Descriptor converter)
        : m_kind(kind), m_options(options), m_channel(std::move(channel)), m_relay(std::move(converter)),
          m_places(paths_of(scratch_folders(kind, options))) {}

    [[noreturn]] void run() {
        for (;;) {
            while (idle_count() < m_options.idle) start_worker();
            hand_out();
            wait_for_events();
            end_late_workers();
        }
    }

private:
    std::size_t idle_count() const {
        return static_cast<std::size_t>(std::ranges::count_if(m_workers, [](const Worker& w) { return !w.call; }));
    }

    void start_worker() {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) end_zygote("no socket pair");
        Descriptor ours(ends[0]);
        const Descriptor theirs(ends[1]);
        const std::size_t place = m_places.take();
        const pid_t process = fork();
        if (process < 0) end_zygote("no process can be made");
        if (process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            ours.close();
            m_channel.close();
            m_workers.clear(); // closes the other workers' sockets
            m_waiting.clear(); // and the descriptors of files that wait
            m_relay = Relay({});
            run_worker(m_kind, m_options, {theirs, m_places.path(place)}, place);
        }
        m_workers.push_back({process, std::move(ours), std::nullopt, {}, place, m_kind.prepare == nullptr});
    }

    void hand_out() {
        while (!m_waiting.empty() && m_workers.size() - idle_count() < m_options.parallel) {
            auto idle = std::ranges::find_if(m_workers, [](const Worker& w) { return !w.call && w.is_ready; });
            if (idle == m_workers.end())
                idle = std::ranges::find_if(m_workers, [](const Worker& w) { return !w.call; });
            if (idle == m_workers.end()) {
                start_worker();
                continue;
            }
            Frame question = std::move(m_waiting.front());
            m_waiting.pop_front();
            std::vector<int> passed;
            for (const Descriptor& descriptor : question.descriptors) passed.push_back(descriptor.get());
            // It died while it was idle: the file had nothing to do with that, and goes to another.
            if (!send_frame(idle->socket, question.type, question.call, question.payload, passed)) {
                m_waiting.push_front(std::move(question));
                end_worker(*idle, {});
                m_workers.erase(idle);
                continue;
            }
            idle->call = question.call;
            idle->deadline = deadline() + (idle->is_ready ? std::chrono::seconds(0) : most_to_start);
        }
    }

    Clock::time_point deadline() const { return Clock::now() + std::chrono::seconds(m_options.seconds) + grace; }

    void wait_for_events() {
        std::vector<pollfd> watched{{m_channel.get(), POLLIN, 0}, {m_relay.descriptor(), POLLIN, 0}};
        auto next = Clock::now() + std::chrono::seconds(60);
        for (const Worker& worker : m_workers) {
            watched.push_back({worker.socket.get(), POLLIN, 0});
            if (worker.call) next = std::min(next, worker.deadline);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
        if (poll(watched.data(), watched.size(), static_cast<int>(std::max<long long>(left, 0))) < 0 && errno != EINTR)
            end_zygote("poll");
        if (watched[0].revents != 0) take_question();
        if (watched[1].revents != 0) m_relay.take_answer(sockets());
        // Indices stay right: workers are only removed after the loop.
        for (std::size_t i = 2; i < watched.size(); ++i)
            if (watched[i].revents != 0) take_answer(m_workers[i - 2]);
        std::erase_if(m_workers, [](const Worker& worker) { return worker.process < 0; });
    }

    void take_question() {
        auto question = receive_frame(m_channel);
        if (!question) _exit(0); // the broker is gone: PR_SET_PDEATHSIG ends the workers
        if (question->type == UseConverter::type && question->descriptors.size() == 1)
            return m_relay.use(std::move(question->descriptors[0]), sockets());
        m_waiting.push_back(std::move(*question));
    }

    Relay::SocketOf sockets() const {
        return [this](pid_t process) -> const Descriptor* {
            const auto found = std::ranges::find(m_workers, process, &Worker::process);
            return found == m_workers.end() ? nullptr : &found->socket;
        };
    }

    void take_answer(Worker& worker) {
        auto answer = receive_frame(worker.socket);
        if (answer && !worker.is_ready && answer->type == Ready::type) {
            worker.is_ready = true;
            worker.deadline = deadline(); // the time of a file is its own
            return;
        }
        if (answer && worker.call && m_kind.may_convert && answer->type == Convert::type)
            return m_relay.pass_question(worker.process, worker.socket, *answer);
        if (!answer && answer.error().code == "ipc.closed") return end_worker(worker, std::nullopt);
        const bool good =
            answer && worker.call && answer->type == m_kind.protocol.answer && answer->call == *worker.call;
        end_worker(worker, good ? answer->payload : m_kind.ended(Verdict::refused, Reason::worker_died));
    }

    // A worker that ends before it was asked anything could not be confined or built: starting more of them for ever
    // would hide that.
    void count_useless_end(const Worker& worker) {
        if (worker.call)
            m_useless_ends = 0;
        else if (++m_useless_ends > most_useless_ends)
            end_zygote("workers end before they are asked");
    }

    // A worker that died of a crash or a forbidden system call did so by what it read. One that was killed may have had
    // the bad luck of a machine without memory: that is a failure, which the conveyor's owner tries once more.
    Bytes answer_for_dead(int status) const {
        const bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        return m_kind.ended(was_killed ? Verdict::failed : Verdict::refused, Reason::worker_died);
    }

    // Only when the worker is gone, and its end of the output pipe with it, does the broker hear of the answer; none:
    // it died without one.
    void end_worker(Worker& worker, const std::optional<Bytes>& answer) {
        count_useless_end(worker);
        int status = 0;
        kill(worker.process, SIGKILL);
        while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
        }
        m_relay.forget(worker.process);
        worker.process = -1;
        check(m_places.give_back(worker.place));
        if (!worker.call) return;
        if (!send_frame(m_channel, m_kind.protocol.answer, *worker.call, answer ? *answer : answer_for_dead(status)))
            end_zygote("the broker is gone");
    }

    void end_late_workers() {
        const auto now = Clock::now();
        for (Worker& worker : m_workers)
            if (worker.call && now > worker.deadline)
                end_worker(worker, m_kind.ended(Verdict::refused, Reason::limit_seconds));
        std::erase_if(m_workers, [](const Worker& worker) { return worker.process < 0; });
    }

    const Kind& m_kind;
    const Options& m_options;
    Descriptor m_channel;
    std::vector<Worker> m_workers;
    std::deque<Frame> m_waiting;
    Relay m_relay;
    Places m_places;
    unsigned m_useless_ends = 0;
};

} // namespace

std::vector<std::string> readable_folders(const Kind& kind) {
    std::vector<std::string> found;
    for (const std::string_view path : kind.readable)
        if (access(std::string(path).c_str(), R_OK) == 0) found.emplace_back(path);
    return found;
}

std::vector<Scratch> scratch_folders(const Kind& kind, const Options& options) {
    std::vector<Scratch> folders;
    if (kind.scratch_bytes == 0) return folders;
    for (std::uint32_t i = 0; i < options.idle + options.parallel; ++i)
        folders.push_back({fmt::format("{}/{}", scratch_root, i), kind.scratch_bytes});
    return folders;
}

Confinement worker_confinement(const Kind& kind, const Options& options, std::size_t place) {
    Confinement confinement;
    confinement.process = fmt::format("{}-worker", kind.protocol.name);
    confinement.groups = {SyscallGroup::base, SyscallGroup::messages, SyscallGroup::memory_file};
    if (!kind.readable.empty()) confinement.groups.push_back(SyscallGroup::files_read);
    confinement.readable = readable_folders(kind);
    if (kind.scratch_bytes != 0) {
        confinement.groups.push_back(SyscallGroup::files_write);
        confinement.writable = {scratch_folders(kind, options).at(place).path};
    }
    if (kind.threads != 0) {
        confinement.groups.push_back(SyscallGroup::threads);
        confinement.groups.push_back(SyscallGroup::suite);
        confinement.most_processes = processes_of(kind, options);
    }
    confinement.most_memory = options.memory;
    confinement.most_descriptors = 64;
    confinement.most_file_bytes = options.bytes_out;
    // Only a backstop of the deadline, so never before it: a worker with threads spends more time than passes, and some
    // of it on its start.
    const std::uint32_t most_at_once = kind.threads == 0 ? 1 : 2;
    confinement.most_cpu_seconds = (options.seconds + static_cast<std::uint32_t>(grace.count())) * most_at_once;
    return confinement;
}

// A worker's rules hold together with these, so what it needs is in both.
Confinement zygote_confinement(const Kind& kind, const Options& options) {
    Confinement confinement = worker_confinement(kind, options);
    confinement.process = fmt::format("{}-zygote", kind.protocol.name);
    std::erase(confinement.groups, SyscallGroup::suite); // a worker still has its limits to set
    confinement.groups.push_back(SyscallGroup::children);
    confinement.groups.push_back(SyscallGroup::further);
    confinement.most_descriptors = zygote_descriptors;
    confinement.most_cpu_seconds = 0;
    confinement.most_processes = processes_of(kind, options);
    if (kind.scratch_bytes != 0) confinement.writable = paths_of(scratch_folders(kind, options));
    return confinement;
}

Confinement waiter_confinement(const Kind& kind, const Options& options) {
    Confinement confinement;
    confinement.process = fmt::format("{}-waiter", kind.protocol.name);
    confinement.groups = {SyscallGroup::base, SyscallGroup::waiting};
    confinement.most_memory = options.memory;
    confinement.most_descriptors = 64;
    return confinement;
}

void run_zygote(const Kind& kind, const Options& options, Descriptor channel, Descriptor started,
                Descriptor converter) {
    if (kind.warm_up) kind.warm_up();
    gather_heap();
    check(enter_empty_namespaces(readable_folders(kind), scratch_folders(kind, options)));
    // The first process in a new process-id namespace must outlive all others: it is the zygote itself.
    const pid_t zygote = fork();
    if (zygote < 0) end_zygote("no process can be made");
    if (zygote > 0) {
        channel.close();
        started.close();
        converter.close();
        check(confine(waiter_confinement(kind, options)));
        while (waitpid(zygote, nullptr, 0) < 0 && errno == EINTR) {
        }
        _exit(0);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    check(confine(zygote_confinement(kind, options)));
    constexpr std::string_view ready = "1";
    if (started.valid() && !write_all(started, as_view(ready))) end_zygote("nobody waits for it");
    started.close();
    Zygote(kind, options, std::move(channel), std::move(converter)).run();
}

} // namespace sekisho::worker
