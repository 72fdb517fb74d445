// The ritual of a main.cpp:
//
//   int main(int count, char** values) {
//       return sekisho::run_daemon("audit", count, values, [](sekisho::Daemon& daemon) -> sekisho::Result<> {
//           auto log = TRY(sekisho::audit::Log::open(daemon.state("audit")));  // open what is needed
//           TRY(daemon.confine());                                             // nothing more can be opened
//           Service service(daemon.loop(), std::move(log));
//           TRY(daemon.serve([&](sekisho::Call call) { service.handle(std::move(call)); }));
//           return daemon.run();                                               // "ready", until SIGTERM
//       });
//   }
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/ipc/client.h"
#include "base/ipc/loop.h"
#include "base/ipc/server.h"
#include "gateway/launch/table.h"

namespace sekisho {

class Daemon {
public:
    // Parses --settings FILE [--zone ZONE], loads the settings, takes the sockets that were passed, blocks the
    // signals that end it. --help and --version print and end the process.
    static Result<std::unique_ptr<Daemon>> start(std::string_view name, int count, char** values);

    const Settings& settings() const { return m_settings; }
    const Instance& instance() const { return m_instance; }
    const Zone* zone() const { return m_instance.zone; }
    std::string state(std::string_view below) const; // {state}/below
    Loop& loop() { return m_loop; }

    // A socket passed by the launcher or systemd, by name ("socket", "tls"); fail "daemon.socket". Once each.
    Result<Descriptor> take_socket(std::string_view name);
    // The path of a peer's socket; a bug if the table does not let this process call it.
    std::string peer_path(std::string_view name) const;
    Client peer(std::string_view name) const { return Client(peer_path(name)); }
    // The secret of keys/NAME.key as 32 bytes, and the public key of a process. Before confine().
    Result<Bytes> read_key() const;

    // By this process's row. Nothing that the row does not name can be opened from here on.
    Result<> confine();
    // Serves the process's own socket to the callers that the table names. The handlers must outlive run().
    // `closed` is called soon after a caller's connection has ended.
    Result<> serve(Server::Handler handler, std::function<void()> closed = {});
    // Says that it is ready, then runs the loop until SIGTERM, SIGINT or loop().stop().
    Result<> run();
    // For a process that runs without the loop.
    void say_ready();

private:
    explicit Daemon(Loop loop) : m_loop(std::move(loop)) {}

    Settings m_settings;
    Instance m_instance;
    Loop m_loop;
    std::map<std::string, Descriptor, std::less<>> m_sockets;
    std::vector<AllowedPeer> m_callers;
    std::unique_ptr<Server> m_server;
    Descriptor m_notify; // connected datagram socket, if somebody wants to know that we are ready
};

// Runs `body` and turns its result into an exit status: 0 done, 1 failed, 2 usage, 3 settings invalid.
int run_daemon(std::string_view name, int count, char** values, const std::function<Result<>(Daemon&)>& body);

} // namespace sekisho
