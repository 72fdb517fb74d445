// TLS 1.3 on a connected socket, with a deadline for every wait.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/descriptor/descriptor.h"

namespace sekisho::portal {

using Deadline = std::chrono::steady_clock::time_point;

class TlsServer {
public:
    // PEM files; to be called before confinement. reject "tls.certificate".
    static Result<std::unique_ptr<TlsServer>> create(const std::string& certificate, const std::string& key);
    ~TlsServer();
    void* context() const { return m_context; }

private:
    TlsServer() = default;
    void* m_context = nullptr; // SSL_CTX
};

class TlsStream {
public:
    // The socket is switched to non-blocking. fail "http.late" or "http.lost".
    static Result<std::unique_ptr<TlsStream>> accept(const TlsServer& server, Descriptor socket, Deadline deadline);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    // 0 at the end.
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline);
    Result<> write(View view, Deadline deadline);

private:
    TlsStream() = default;
    Result<bool> wait_for(int result, Deadline deadline); // true: try again; false: the peer has ended
    Descriptor m_socket;
    void* m_session = nullptr; // SSL
};

} // namespace sekisho::portal
