// Serves peers over a listening SOCK_SEQPACKET socket. A peer is known by its kernel-attested user id; one that is not
// on the list is closed unheard. A frame that is malformed closes its connection.
#pragma once

#include <functional>
#include <string>
#include <sys/types.h>

#include "base/ipc/frame.h"
#include "base/ipc/loop.h"

namespace sekisho {

// Who may call: a user id and the process name it stands for ("conveyor", "portal@lgwan").
struct AllowedPeer {
    uid_t user = 0;
    std::string process;
};

class Server;

// One question of one peer. The answer may come later; it is dropped if the peer is gone by then.
class Call {
public:
    std::string peer; // the process name
    Frame frame;

    template <typename Answer> void answer(const Answer& message, std::span<const int> descriptors = {}) const {
        send(Answer::type, encode(message), descriptors);
    }
    void refuse(const Error& error) const { answer(Refusal::of(error)); }
    // Closes the peer's connection: it broke the protocol.
    void close() const;
    bool peer_is_connected() const;

private:
    friend class Server;
    void send(std::uint16_t type, const Bytes& payload, std::span<const int> descriptors) const;
    Server* m_server = nullptr;
    std::uint64_t m_connection = 0;
};

class Server {
public:
    using Handler = std::function<void(Call)>;

    // Loop and handler must outlive it. The socket is non-blocking (listen_at or socket activation).
    static Result<std::unique_ptr<Server>> create(Loop& loop, Descriptor listener, std::vector<AllowedPeer> allowed,
                                                  Handler handler);
    ~Server();
    // Called in the loop soon after a connection has ended.
    void when_closed(std::function<void()> closed) { m_closed = std::move(closed); }

private:
    friend class Call;
    Server(Loop& loop, Descriptor listener, std::vector<AllowedPeer> allowed, Handler handler);
    struct Connection {
        Descriptor socket;
        std::string process;
    };
    void accept_all();
    void read_all(std::uint64_t number);
    void drop(std::uint64_t number);

    Loop& m_loop;
    Descriptor m_listener;
    std::vector<AllowedPeer> m_allowed;
    Handler m_handler;
    std::function<void()> m_closed;
    std::map<std::uint64_t, Connection> m_connections;
    std::uint64_t m_next = 1;
};

} // namespace sekisho
