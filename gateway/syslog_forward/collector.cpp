#include "gateway/syslog_forward/collector.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"

namespace sekisho::syslog {

namespace {

constexpr timeval patience{10, 0};

std::string tls_reason() {
    char text[256];
    ERR_error_string_n(ERR_get_error(), text, sizeof(text));
    return text;
}

struct Target {
    sockaddr_storage address{};
    socklen_t size = 0;
};

Result<Target> target_of(const std::string& text) {
    Target target;
    const std::size_t colon = text.rfind(':');
    std::uint16_t port = 0;
    if (colon != std::string::npos) std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (port != 0 && inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&target.address, &four, sizeof(four));
        target.size = sizeof(four);
        return target;
    }
    if (port != 0 && inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(port);
        std::memcpy(&target.address, &six, sizeof(six));
        target.size = sizeof(six);
        return target;
    }
    return reject("settings.syslog", "the collector is not written as ADDRESS:PORT", text,
                  "Write for example 192.0.2.10:6514");
}

} // namespace

struct Collector::State {
    Target target;
    std::string server_name;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> session{nullptr, SSL_free};
    Descriptor socket;
};

Collector::Collector() : m_state(std::make_unique<State>()) {}
Collector::~Collector() {
    close();
}

Result<std::unique_ptr<Collector>> Collector::create(const CollectorOptions& options) {
    std::unique_ptr<Collector> collector(new Collector);
    State& state = *collector->m_state;
    state.target = TRY(target_of(options.address));
    state.server_name = options.server_name;
    state.context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* context = state.context.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // A read must return after a session ticket instead of waiting for data that never comes.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context, options.authority.c_str(), nullptr) != 1)
        return reject("settings.syslog", tls_reason(), options.authority,
                      "syslog.ca must be a PEM file with the collector's authority");
    if (options.certificate.empty()) return collector;
    if (SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, options.key.c_str(), SSL_FILETYPE_PEM) != 1)
        return reject("settings.syslog", tls_reason(), options.certificate,
                      "syslog.certificate and syslog.key must be a PEM pair");
    return collector;
}

bool Collector::connected() const {
    return m_state->session != nullptr;
}

void Collector::close() {
    if (m_state->session) SSL_shutdown(m_state->session.get());
    m_state->session.reset();
    m_state->socket.close();
}

Result<> Collector::connect() {
    close();
    State& state = *m_state;
    state.socket = Descriptor(::socket(state.target.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!state.socket.valid()) return fail_errno("syslog.unreachable", "make a socket");
    setsockopt(state.socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    setsockopt(state.socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    const auto* address = static_cast<const sockaddr*>(static_cast<const void*>(&state.target.address));
    if (::connect(state.socket.get(), address, state.target.size) != 0) {
        auto error = fail_errno("syslog.unreachable", "connect to the collector");
        close();
        return error;
    }
    state.session.reset(SSL_new(state.context.get()));
    SSL* session = state.session.get();
    SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (SSL_set1_host(session, state.server_name.c_str()) != 1 || SSL_set_fd(session, state.socket.get()) != 1 ||
        SSL_connect(session) != 1) {
        auto error =
            fail("syslog.untrusted", tls_reason(), state.server_name, "Check syslog.ca and syslog.server_name");
        state.session.reset();
        close();
        return error;
    }
    return {};
}

Result<> Collector::send(const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        std::size_t count = 0;
        if (SSL_write_ex(m_state->session.get(), bytes.data() + done, bytes.size() - done, &count) != 1) {
            m_state->session.reset();
            close();
            return fail("syslog.lost", "the connection to the collector broke");
        }
        done += count;
    }
    return {};
}

Result<bool> Collector::all_acknowledged() {
    // A collector sends nothing; an end or a reset shows here before the next write would meet it.
    char octet = 0;
    const ssize_t seen = recv(m_state->socket.get(), &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    if (seen == 0 || (seen < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
        m_state->session.reset();
        close();
        return fail("syslog.lost", "the collector closed the connection");
    }
    // TLS 1.3 session tickets arrive after the handshake and are of no use to us; a close alert is an end.
    if (seen > 0) {
        char buffer[256];
        const int got = SSL_read(m_state->session.get(), buffer, sizeof(buffer));
        const int why = SSL_get_error(m_state->session.get(), got);
        if (got <= 0 && why != SSL_ERROR_WANT_READ) {
            m_state->session.reset();
            close();
            return fail("syslog.lost", "the collector closed the connection");
        }
    }
    int waiting = 0;
    if (ioctl(m_state->socket.get(), SIOCOUTQ, &waiting) != 0) return fail_errno("syslog.lost", "ask for unsent bytes");
    return waiting == 0;
}

} // namespace sekisho::syslog
