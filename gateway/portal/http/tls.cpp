#include "gateway/portal/http/tls.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

namespace sekisho::portal {

namespace {

SSL_CTX* context_of(void* context) {
    return static_cast<SSL_CTX*>(context);
}
SSL* session_of(void* session) {
    return static_cast<SSL*>(session);
}

std::string tls_reason() {
    char text[256];
    ERR_error_string_n(ERR_get_error(), text, sizeof(text));
    return text;
}

} // namespace

Result<std::unique_ptr<TlsServer>> TlsServer::create(const std::string& certificate, const std::string& key) {
    std::unique_ptr<TlsServer> server(new TlsServer);
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    server->m_context = context;
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    // No session tickets: nothing of one session may help to read another. No early data: it can be replayed.
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1)
        return reject("tls.certificate", tls_reason(), certificate,
                      "The zone's certificate and key must be a PEM pair");
    return server;
}

TlsServer::~TlsServer() {
    SSL_CTX_free(context_of(m_context));
}

Result<std::unique_ptr<TlsStream>> TlsStream::accept(const TlsServer& server, Descriptor socket, Deadline deadline) {
    std::unique_ptr<TlsStream> stream(new TlsStream);
    if (fcntl(socket.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("http.lost", "set up a connection");
    stream->m_socket = std::move(socket);
    stream->m_session = SSL_new(context_of(server.context()));
    SSL* session = session_of(stream->m_session);
    SSL_set_fd(session, stream->m_socket.get());
    for (;;) {
        const int result = SSL_accept(session);
        if (result == 1) return stream;
        if (!TRY(stream->wait_for(result, deadline))) return fail("http.lost", "the client left");
    }
}

TlsStream::~TlsStream() {
    if (!m_session) return;
    SSL_shutdown(session_of(m_session));
    SSL_free(session_of(m_session));
    ERR_clear_error();
}

Result<bool> TlsStream::wait_for(int result, Deadline deadline) {
    const int why = SSL_get_error(session_of(m_session), result);
    if (why == SSL_ERROR_ZERO_RETURN) return false;
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
        SSL_set_quiet_shutdown(session_of(m_session), 1); // after a fatal error nothing more may be sent
        ERR_clear_error();
        return fail("http.lost", "the connection broke");
    }
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) return fail("http.late", "the client was too slow");
        pollfd waiting{m_socket.get(), static_cast<short>(why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
        const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 60'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return fail_errno("http.lost", "wait for a client");
    }
}

Result<std::size_t> TlsStream::read(std::span<std::uint8_t> into, Deadline deadline) {
    for (;;) {
        std::size_t count = 0;
        const int result = SSL_read_ex(session_of(m_session), into.data(), into.size(), &count);
        if (result == 1) return count;
        if (!TRY(wait_for(result, deadline))) return 0;
    }
}

Result<> TlsStream::write(View view, Deadline deadline) {
    while (!view.empty()) {
        std::size_t count = 0;
        const int result = SSL_write_ex(session_of(m_session), view.data(), view.size(), &count);
        if (result == 1)
            view = view.subspan(count);
        else if (!TRY(wait_for(result, deadline)))
            return fail("http.lost", "the client left");
    }
    return {};
}

} // namespace sekisho::portal
