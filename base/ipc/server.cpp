#include "base/ipc/server.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace sekisho {

namespace {
constexpr std::size_t most_connections = 512;
} // namespace

Server::Server(Loop& loop, Descriptor listener, std::vector<AllowedPeer> allowed, Handler handler)
    : m_loop(loop), m_listener(std::move(listener)), m_allowed(std::move(allowed)), m_handler(std::move(handler)) {}

Server::~Server() {
    m_loop.forget(m_listener.get());
    for (auto& [number, connection] : m_connections) m_loop.forget(connection.socket.get());
}

Result<std::unique_ptr<Server>> Server::create(Loop& loop, Descriptor listener, std::vector<AllowedPeer> allowed,
                                               Handler handler) {
    std::unique_ptr<Server> server(new Server(loop, std::move(listener), std::move(allowed), std::move(handler)));
    if (fcntl(server->m_listener.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("ipc.socket", "set up a listener");
    TRY(loop.watch(server->m_listener.get(), EPOLLIN, [raw = server.get()](std::uint32_t) { raw->accept_all(); }));
    return server;
}

void Server::accept_all() {
    for (;;) {
        Descriptor socket(accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket.valid()) return;
        ucred credentials{};
        socklen_t size = sizeof(credentials);
        if (getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) continue;
        const auto known = std::ranges::find(m_allowed, credentials.uid, &AllowedPeer::user);
        if (known == m_allowed.end() || m_connections.size() >= most_connections) continue;
        const std::uint64_t number = m_next++;
        const int descriptor = socket.get();
        m_connections.emplace(number, Connection{std::move(socket), known->process});
        if (!m_loop.watch(descriptor, EPOLLIN, [this, number](std::uint32_t) { read_all(number); }))
            m_connections.erase(number);
    }
}

void Server::read_all(std::uint64_t number) {
    for (;;) {
        const auto found = m_connections.find(number);
        if (found == m_connections.end()) return;
        auto frame = receive_frame(found->second.socket);
        if (!frame && frame.error().code == "ipc.would-block") return;
        if (!frame) return drop(number);
        Call call;
        call.peer = found->second.process;
        call.frame = std::move(*frame);
        call.m_server = this;
        call.m_connection = number;
        if (call.frame.type == Ping::type && call.frame.payload.empty() && call.frame.descriptors.empty())
            call.answer(Done{});
        else
            m_handler(std::move(call));
    }
}

void Server::drop(std::uint64_t number) {
    const auto found = m_connections.find(number);
    if (found == m_connections.end()) return;
    m_loop.forget(found->second.socket.get());
    m_connections.erase(found);
    if (m_closed) m_loop.post(m_closed); // not at once: a caller may be walking through what it waits for
}

void Call::send(std::uint16_t type, const Bytes& payload, std::span<const int> descriptors) const {
    const auto found = m_server->m_connections.find(m_connection);
    if (found == m_server->m_connections.end()) return;
    // A peer that does not read its answers loses its connection rather than block everybody.
    if (!send_frame(found->second.socket, type, frame.call, payload, descriptors)) m_server->drop(m_connection);
}

void Call::close() const {
    m_server->drop(m_connection);
}
bool Call::peer_is_connected() const {
    return m_server->m_connections.contains(m_connection);
}

} // namespace sekisho
