#include "gateway/portal/http/listener.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <thread>

namespace sekisho::portal {

namespace {

std::string text_of(const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.ss_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof(four));
        inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
    } else if (address.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &address, sizeof(six));
        inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

// With the usual 8 MiB for each, all connections together would not fit into the process's address space.
void keep_stacks_small() {
    constexpr std::size_t stack_bytes = 1 << 20;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, stack_bytes) == 0) (void)pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

} // namespace

Result<> Listener::accept_for_ever(const Descriptor& listener) {
    keep_stacks_small();
    for (;;) {
        sockaddr_storage address{};
        socklen_t size = sizeof(address);
        auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
        Descriptor socket(accept4(listener.get(), generic, &size, SOCK_CLOEXEC));
        if (!socket.valid() && (errno == EAGAIN || errno == EINTR)) {
            pollfd waiting{listener.get(), POLLIN, 0};
            (void)poll(&waiting, 1, -1);
            continue;
        }
        if (!socket.valid() && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            continue;
        }
        if (!socket.valid() && errno == ECONNABORTED) continue;
        if (!socket.valid()) return fail_errno("http.accept", "accept a connection");
        const std::string peer = text_of(address);
        if (!take_place(peer)) continue;                             // closed at once
        if (!start_thread(std::move(socket), peer)) give_back(peer); // closed at once, too
    }
}

// False if no thread can be made: that must cost one connection, not the process.
bool Listener::start_thread(Descriptor socket, const std::string& peer) {
    try {
        std::thread([this, peer, socket = std::move(socket)]() mutable { serve(std::move(socket), peer); }).detach();
        return true;
    } catch (const std::exception&) { // std::system_error, std::bad_alloc
        return false;
    }
}

bool Listener::take_place(const std::string& peer) {
    const std::lock_guard guard(m_lock);
    if (m_open >= m_limits.connections || m_by_address[peer] >= m_limits.of_one_address) return false;
    ++m_open;
    ++m_by_address[peer];
    return true;
}

void Listener::give_back(const std::string& peer) {
    const std::lock_guard guard(m_lock);
    --m_open;
    if (--m_by_address[peer] == 0) m_by_address.erase(peer);
}

void Listener::serve(Descriptor socket, const std::string& peer) {
    const int on = 1;
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const auto deadline = std::chrono::steady_clock::now() + m_limits.http.handshake;
    if (const auto stream = TlsStream::accept(m_tls, std::move(socket), deadline))
        serve_connection(**stream, peer, m_limits.http, m_make_handler());
    give_back(peer);
}

} // namespace sekisho::portal
