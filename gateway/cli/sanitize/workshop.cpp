#include "gateway/cli/sanitize/workshop.h"

#include <csignal>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/ipc/client.h"
#include "sanitizer/worker/channel.h"

namespace sekisho::cli {

namespace {

constexpr std::chrono::minutes longest_wait{60}; // workers have their own deadline

// The programs of the workers lie beside this one.
Result<std::string> program_directory() {
    std::error_code broken;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", broken);
    if (broken) return fail("worker.unavailable", broken.message(), "/proc/self/exe");
    return path.parent_path().string();
}

worker::Options converting(worker::Options options) {
    options.idle = 1;
    options.seconds = worker::convert_seconds(options.seconds);
    options.memory = worker::convert_memory;
    return options;
}

template <typename Answer> Result<Answer> answer_of(Result<Frame> frame) {
    if (!frame) return std::unexpected(frame.error());
    auto answer = decode<Answer>(frame->payload);
    // A worker whose answer breaks the layout has been taken over or is broken: nothing of it is believed.
    if (!answer) return refuse(Reason::worker_lied);
    return answer;
}

} // namespace

Result<std::unique_ptr<ConfinedWorkshop>> ConfinedWorkshop::start(const worker::Options& options,
                                                                  const std::optional<std::string>& signatures,
                                                                  const std::string& temporary) {
    std::unique_ptr<ConfinedWorkshop> workshop(new ConfinedWorkshop);
    const std::string programs = TRY(program_directory());
    Descriptor converter = TRY(worker::Pool::launch_converter(programs + "/sekisho-converter", converting(options)));
    workshop->m_sanitizers = TRY(worker::Pool::launch(programs + "/sekisho-sanitizer", worker::sanitize_protocol,
                                                      options, std::move(converter)));
    workshop->m_verifiers = TRY(worker::Pool::launch(programs + "/sekisho-verifier", worker::verify_protocol, options));
    if (signatures) TRY(workshop->start_scanner(programs + "/sekisho-scanner", *signatures, temporary));
    workshop->m_loop.emplace(TRY(Loop::create()));
    // Without its zygote a pool answers that there is no worker. The loop must go on to say so, to every file.
    TRY(workshop->m_sanitizers->attach(*workshop->m_loop, [] {}));
    TRY(workshop->m_verifiers->attach(*workshop->m_loop, [] {}));
    workshop->m_thread = std::thread([raw = workshop.get()] { (void)raw->m_loop->run(); });
    return workshop;
}

ConfinedWorkshop::~ConfinedWorkshop() {
    if (m_thread.joinable()) {
        m_loop->post([this] { m_loop->stop(); });
        m_thread.join();
    }
    if (m_scanner > 0) {
        kill(m_scanner, SIGKILL);
        waitpid(m_scanner, nullptr, 0);
    }
}

Result<> ConfinedWorkshop::start_scanner(const std::string& program, const std::string& signatures,
                                         const std::string& temporary) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno("scan.failed", "make a socket pair");
    Descriptor ours(ends[0]);
    const Descriptor theirs(ends[1]);
    m_scanner = fork();
    if (m_scanner < 0) return fail_errno("scan.failed", "start the scanner");
    if (m_scanner == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (dup2(theirs.get(), worker::channel_descriptor) >= 0)
            execl(program.c_str(), program.c_str(), "--channel", signatures.c_str(), temporary.c_str(), nullptr);
        _exit(1);
    }
    m_scan_client.emplace(std::move(ours));
    return {};
}

Result<worker::Scanned> ConfinedWorkshop::scan(const Descriptor& input) {
    const std::lock_guard guard(m_scan_lock);
    const int passed = input.get();
    auto scanned = m_scan_client->call<worker::Scanned>(worker::Scan{}, std::span(&passed, 1), nullptr, longest_wait);
    if (!scanned) return refuse(Reason::scan_failed);
    return scanned;
}

Result<Frame> ConfinedWorkshop::ask(worker::Pool& pool, const Bytes& payload, std::vector<int> passed) {
    std::promise<Result<Frame>> promise;
    m_loop->post(
        [&] { pool.submit(payload, passed, [&](Result<Frame> frame) { promise.set_value(std::move(frame)); }); });
    return promise.get_future().get();
}

Result<worker::Sanitized> ConfinedWorkshop::sanitize(const worker::Sanitize& question, const Descriptor& input,
                                                     Descriptor output_pipe) {
    // The pipe ends when the worker ends: this process must not keep its own copy until then.
    std::promise<Result<Frame>> promise;
    const Bytes payload = encode(question);
    m_loop->post([&] {
        const std::array<int, 2> passed{input.get(), output_pipe.get()};
        m_sanitizers->submit(payload, passed, [&](Result<Frame> frame) { promise.set_value(std::move(frame)); });
        output_pipe.close();
    });
    return answer_of<worker::Sanitized>(promise.get_future().get());
}

Result<worker::Verified> ConfinedWorkshop::verify(const worker::Verify& question, const Descriptor& output) {
    return answer_of<worker::Verified>(ask(*m_verifiers, encode(question), {output.get()}));
}

} // namespace sekisho::cli
