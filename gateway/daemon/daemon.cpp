#include "gateway/daemon/daemon.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <span>
#include <system_error>
#include <sys/socket.h>

#include <fmt/format.h>

#include "gateway/daemon/events.h"
#include "gateway/daemon/passed.h"

namespace sekisho {

namespace {

constexpr std::string_view version = SEKISHO_VERSION;
constexpr std::uint64_t key_size = 32;

struct Flags {
    std::string settings;
    std::string zone;
};

[[noreturn]] void print_help(const ProcessRow& row) {
    fmt::print("usage: {0} --settings FILE{1}\n\n{2}: {3}\n\n"
               "Its sockets come from systemd or from `sekisho up` (LISTEN_FDS). Settings: sekisho-settings(5).\n",
               row.program(), row.has(per_zone) ? " --zone ZONE" : "", row.program(), row.english);
    std::exit(0);
}

Result<Flags> parse(const ProcessRow& row, std::span<char*> values) {
    Flags flags;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const std::string_view flag = values[i];
        if (flag == "--help") print_help(row);
        if (flag == "--version") {
            fmt::print("{} {}\n", row.program(), version);
            std::exit(0);
        }
        if (flag != "--settings" && flag != "--zone")
            return reject("usage", fmt::format("there is no flag \"{}\"", flag), {}, "See --help");
        if (i + 1 == values.size()) return reject("usage", fmt::format("\"{}\" needs a value", flag));
        (flag == "--zone" ? flags.zone : flags.settings) = values[++i];
    }
    if (flags.settings.empty()) return reject("usage", "--settings FILE is needed", {}, "See --help");
    return flags;
}

int exit_status(const Error& error) {
    if (error.code == "usage") return 2;
    return error.code.starts_with("settings.") ? 3 : 1;
}

// Threads are all made at the start. The limit of their number counts by user, over every gateway of a machine.
Error failure_of(const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again)
        return fail("daemon.threads", "no thread can be made: the limit of this user's processes is reached", {},
                    "End other gateways on this machine, which have the same users, and start it again")
            .error();
    return fail("daemon.exception", error.what(), {}, "Tell the makers of Sekisho").error();
}

} // namespace

Result<std::unique_ptr<Daemon>> Daemon::start(std::string_view name, int count, char** values) {
    const ProcessRow* row = process_row(name);
    if (!row) bug(fmt::format("no process \"{}\" in the table", name));
    const Flags flags = TRY(parse(*row, std::span(values, static_cast<std::size_t>(count))));
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return fail_errno("daemon.signals", "ignore SIGPIPE");
    std::unique_ptr<Daemon> daemon(new Daemon(TRY(Loop::create())));
    daemon->m_settings = TRY(Settings::load(flags.settings));
    daemon->m_instance = TRY(instance_of(name, flags.zone, daemon->m_settings));
    daemon->m_sockets = TRY(take_passed_sockets());
    daemon->m_notify = TRY(open_notify_socket());
    // Asks the system for user ids, which is no longer possible afterwards.
    daemon->m_callers = callers_of(*row, daemon->m_settings);
    TRY(daemon->m_loop.handle_signals());
    return daemon;
}

std::string Daemon::state(std::string_view below) const {
    return fmt::format("{}/{}", m_settings.text("state.directory"), below);
}

Result<Descriptor> Daemon::take_socket(std::string_view name) {
    const auto found = m_sockets.find(name);
    if (found == m_sockets.end())
        return fail("daemon.socket", fmt::format("no socket \"{}\" was passed", name), m_instance.name(),
                    "Start it by systemd or by sekisho up");
    Descriptor taken = std::move(found->second);
    m_sockets.erase(found);
    return taken;
}

std::string Daemon::peer_path(std::string_view name) const {
    const auto& calls = m_instance.row->calls;
    if (std::ranges::find(calls, name) == calls.end()) bug(fmt::format("the table lets nobody call {} here", name));
    return socket_path(name, m_settings);
}

Result<Bytes> Daemon::read_key() const {
    const std::string path = key_path(m_instance.row->name, m_settings);
    Bytes key = TRY(read_file(path, key_size));
    if (key.size() != key_size) return reject("daemon.key", "a key has 32 bytes", path);
    return key;
}

Result<> Daemon::confine() {
    return sekisho::confine(confinement_of(m_instance, m_settings));
}

Result<> Daemon::serve(Server::Handler handler, std::function<void()> closed) {
    Descriptor socket = TRY(take_socket("socket"));
    m_server = TRY(Server::create(m_loop, std::move(socket), m_callers, std::move(handler)));
    m_server->when_closed(std::move(closed));
    return {};
}

void Daemon::say_ready() {
    say(DaemonEvent::daemon_ready, {{"process", m_instance.name()}});
    if (!m_notify.valid()) return;
    constexpr std::string_view ready = "READY=1";
    // One that started us and went away does not keep us from serving.
    (void)send(m_notify.get(), ready.data(), ready.size(), MSG_NOSIGNAL);
    m_notify.close();
}

Result<> Daemon::run() {
    say_ready();
    TRY(m_loop.run());
    say(DaemonEvent::daemon_stopped, {{"process", m_instance.name()}});
    return {};
}

int run_daemon(std::string_view name, int count, char** values, const std::function<Result<>(Daemon&)>& body) {
    auto daemon = Daemon::start(name, count, values);
    if (!daemon) {
        say_failed(name, daemon.error());
        return exit_status(daemon.error());
    }
    const std::string process = (*daemon)->instance().name();
    try {
        const auto done = body(**daemon);
        if (done) return 0;
        say_failed(process, done.error());
        return exit_status(done.error());
    } catch (const std::system_error& error) {
        say_failed(process, failure_of(error));
    } catch (const std::exception& error) {
        say_failed(process, fail("daemon.exception", error.what(), {}, "Tell the makers of Sekisho").error());
    }
    std::_Exit(1); // threads that were made before may still run
}

} // namespace sekisho
