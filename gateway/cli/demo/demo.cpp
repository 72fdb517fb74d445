#include "gateway/cli/demo/demo.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/cli/client/portal.h"
#include "gateway/cli/demo/ground.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/cli/sanitize/sets.h"
#include "gateway/cli/up.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::chrono::seconds start_patience{60};
constexpr std::chrono::minutes file_patience{15};
constexpr std::string_view sender_zone = "internet";
constexpr std::string_view receiver_zone = "lgwan";
constexpr std::string_view person = "tanaka";

// A terminal that is closed, or a reader that went away, must not end this before the gateway has ended.
template <typename... Values> void tell(fmt::format_string<Values...> text, Values&&... values) {
    const std::string line = fmt::format(text, std::forward<Values>(values)...);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

sigset_t signals_that_end() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
    return set;
}

// The launcher in a child of its own; ended, and waited for, when this goes. Ctrl-C and its like end it first and this
// process only then: nothing is left behind, and the next run finds everything free.
class Gateway {
public:
    static Result<std::unique_ptr<Gateway>> start(const DemoGround& ground, bool isolate) {
        const sigset_t set = signals_that_end();
        if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR || sigprocmask(SIG_BLOCK, &set, nullptr) != 0)
            return fail_errno("launch.spawn", "set up signals");
        const pid_t process = fork();
        if (process < 0) return fail_errno("launch.spawn", "start the gateway");
        if (process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            sigprocmask(SIG_UNBLOCK, &set, nullptr);
            std::vector<std::string> words{"--settings", ground.settings};
            if (isolate) words.emplace_back("--isolate");
            _exit(up(std::span<const std::string>(words)));
        }
        return std::unique_ptr<Gateway>(new Gateway(process));
    }
    ~Gateway() {
        if (m_process > 0) kill(m_process, SIGTERM);
        wait();
        pthread_cancel(m_watcher.native_handle()); // it waits in sigwait(3)
        m_watcher.join();
    }
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;
    // Ctrl-C is the way to end it from here on, no interruption.
    void may_be_ended() { m_may_be_ended = true; }
    // Until it ends by itself. Returns its exit status.
    int wait() {
        int status = 0;
        while (m_process > 0 && waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
        }
        m_process = -1;
        let_the_watcher_end_it();
        return WIFEXITED(status) ? WEXITSTATUS(status) : ExitCode::failed;
    }
    bool has_ended() {
        if (m_process > 0 && waitpid(m_process, nullptr, WNOHANG) == m_process) m_process = -1;
        if (m_process < 0) let_the_watcher_end_it();
        return m_process < 0;
    }

private:
    explicit Gateway(pid_t process) : m_process(process), m_watcher([this, process] { watch(process); }) {}
    // It ended because somebody interrupted this: the watcher ends everything, and nobody else has a say.
    void let_the_watcher_end_it() const {
        while (m_interrupted) pause();
    }
    void watch(pid_t process) {
        const sigset_t set = signals_that_end();
        int signal = 0;
        if (sigwait(&set, &signal) != 0) return;
        m_interrupted = true;
        kill(process, SIGTERM);
        siginfo_t ended{};
        while (waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
        }
        std::_Exit(m_may_be_ended ? ExitCode::done : 128 + signal);
    }

    std::atomic<pid_t> m_process;
    std::atomic<bool> m_may_be_ended = false;
    std::atomic<bool> m_interrupted = false;
    std::thread m_watcher;
};

Result<Desk> desk_at(const DemoGround& ground, std::string_view zone) {
    const std::string name(zone);
    return Desk::open(ground.address(name), ground.certificate(name), std::string(person), ground.password);
}

// The first log-in that succeeds shows that everything behind the portal is there.
Result<Desk> desk_when_ready(const DemoGround& ground, std::string_view zone, Gateway& gateway) {
    const auto deadline = std::chrono::steady_clock::now() + start_patience;
    for (;;) {
        auto desk = desk_at(ground, zone);
        if (desk || desk.error().kind == ErrorKind::reject) return desk;
        if (gateway.has_ended()) return fail("launch.ended", "the gateway ended", {}, "Its own lines above say why");
        if (std::chrono::steady_clock::now() > deadline) return desk;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void print_addresses(const DemoGround& ground) {
    const bool japanese = speaks_japanese();
    for (const char* zone : {"internet", "lgwan", "mynumber"}) tell("  {:<10} {}\n", zone, ground.address(zone));
    tell("  {}{}\n\n",
         japanese ? "利用者：tanaka, suzuki（職員）、sato（課長・承認者）  パスワード："
                  : "log-ins: tanaka, suzuki (staff), sato (section chief, approves)  password: ",
         ground.password);
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

void print_removed(const json::object& transfer) {
    for (const json::value& stage : transfer.at("stages").as_array())
        for (const json::value& finding : stage.as_object().at("findings").as_array()) {
            const json::object& row = finding.as_object();
            tell("    {} ({}, {}) [{}]\n", text_of(row, "text"), text_of(row, "action"), text_of(row, "where"),
                 text_of(row, "code"));
        }
}

std::string free_path(const std::string& directory, const std::string& name) {
    fs::path path = fs::path(directory) / name;
    for (int i = 2; fs::exists(path) || fs::exists(path.string() + ".receipt.json"); ++i)
        path = fs::path(directory) /
               fmt::format("{} ({}){}", fs::path(name).stem().string(), i, fs::path(name).extension().string());
    return path.string();
}

// Returns whether it was delivered.
Result<bool> cross(Desk& sender, Desk& receiver, const Input& input, const std::string& out) {
    const std::string& file = input.relative;
    const std::vector<std::string> paths = input.parts.empty() ? std::vector{input.path} : input.parts;
    const std::string id = TRY(sender.send(fs::path(file).filename().string(), paths, std::string(receiver_zone), ""));
    const json::object transfer = TRY(sender.settled(id, file_patience));
    const std::string state = text_of(transfer, "state");
    if (state != "delivered") {
        tell("{}: {} [{}] {}\n    {}\n", file, state, text_of(transfer, "reason"),
             text_of(transfer, "message").empty() ? text_of(transfer, "reason_text") : text_of(transfer, "message"),
             text_of(transfer, "reason_help"));
        print_removed(transfer);
        return false;
    }
    const std::string path = free_path(out, text_of(transfer, "name"));
    TRY(receiver.fetch(id, "content", path));
    TRY(receiver.fetch(id, "receipt", path + ".receipt.json"));
    tell("{} -> {}\n", file, path);
    print_removed(transfer);
    return true;
}

Result<int> run(const Arguments& arguments) {
    umask(022); // what is made here is read by users of their own
    const std::string root = arguments.value("--state").value_or("/var/lib/sekisho-demo");
    const std::string out = arguments.value("--out").value_or("out");
    const auto port = static_cast<unsigned>(TRY(arguments.number("--port", 8441, 1024, 65'000)));
    const DemoGround ground = TRY(prepare_ground(root, arguments.value("--share").value_or("."), port));
    std::vector<std::string> files = arguments.operands();
    if (files.empty()) files.push_back(TRY(write_sample(ground)));
    std::vector<Input> inputs;
    for (const std::string& file : files) {
        if (!fs::is_regular_file(file)) return fail("file.open", "there is no such file", file, "Check the name");
        inputs.push_back({file, file});
    }
    std::error_code ignored;
    fs::create_directories(out, ignored);

    const auto gateway = TRY(Gateway::start(ground, arguments.flag("--isolate")));
    if (arguments.flag("--isolate")) { // its portals cannot be reached from here
        TRY(activate_for_demonstration(ground.settings, ground.policy()));
        gateway->may_be_ended();
        return gateway->wait();
    }
    Desk sender = TRY(desk_when_ready(ground, sender_zone, *gateway));
    TRY(activate_for_demonstration(ground.settings, ground.policy()));
    Desk receiver = TRY(desk_when_ready(ground, receiver_zone, *gateway));
    print_addresses(ground);
    int code = ExitCode::done;
    for (const Input& input : join_sets(std::move(inputs))) {
        const auto delivered = cross(sender, receiver, input, out);
        if (!delivered) {
            complain(delivered.error());
            code = delivered.error().kind == ErrorKind::reject && code != ExitCode::failed ? ExitCode::answer_is_no
                                                                                           : ExitCode::failed;
        } else if (!*delivered && code == ExitCode::done) {
            code = ExitCode::answer_is_no;
        }
    }
    if (arguments.flag("--once")) return code;
    gateway->may_be_ended();
    tell("{}\n", speaks_japanese() ? "停止するには Ctrl-C を押してください。" : "Press Ctrl-C to stop.");
    return gateway->wait();
}

} // namespace

int demo(const Arguments& arguments) {
    const auto ran = run(arguments);
    return ran ? *ran : complain(ran.error());
}

} // namespace sekisho::cli
