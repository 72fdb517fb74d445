#include "base/ipc/client.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>

namespace sekisho {

Refusal Refusal::of(const Error& error) {
    return {error.kind == ErrorKind::reject, error.code.substr(0, 64), error.message.substr(0, 512),
            error.where.substr(0, 256), error.help.substr(0, 512)};
}

Error Refusal::error() const {
    return {rejected ? ErrorKind::reject : ErrorKind::fail, code, message, where, help};
}

Result<> Client::send(std::uint16_t type, const Bytes& payload, std::span<const int> passed) {
    const bool was_connected = m_socket.valid();
    const auto send_once = [&]() -> Result<> {
        if (!m_socket.valid()) m_socket = TRY(connect_to(m_path));
        return send_frame(m_socket, type, ++m_call, payload, passed);
    };
    auto sent = send_once();
    // A connection kept from before may have died with its peer; a question that was never sent may be sent again.
    if (!sent && was_connected && !m_path.empty()) {
        m_socket.close();
        sent = send_once();
    }
    if (!sent) m_socket.close();
    return sent;
}

Result<> Client::reach(std::chrono::milliseconds patience) {
    if (m_socket.valid()) {
        // Nobody has been asked anything, so whatever there is to read is the end.
        pollfd ended{m_socket.get(), POLLIN, 0};
        if (poll(&ended, 1, 0) == 0) return {};
        m_socket.close();
    }
    TRY(call<Done>(Ping{}, {}, nullptr, patience));
    return {};
}

Result<Frame> Client::await_answer(std::chrono::milliseconds patience) {
    auto answer = read_answer(patience);
    if (!answer) m_socket.close();
    return answer;
}

Result<Frame> Client::read_answer(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd waiting{m_socket.get(), POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(std::max<long long>(left.count(), 0)));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return fail_errno("ipc.socket", "wait for an answer");
        if (ready == 0) return fail("peer.late", "a peer did not answer in time", m_path);
        Frame answer = TRY(receive_frame(m_socket));
        if (answer.call == m_call) return answer;
        return reject("ipc.malformed", "an answer to another question", m_path);
    }
}

std::unexpected<Error> Client::unexpected_answer(const Frame& answer) {
    if (answer.type == Refusal::type) {
        auto refusal = decode<Refusal>(answer.payload);
        if (refusal) return std::unexpected(refusal->error());
    }
    m_socket.close();
    return reject("ipc.malformed", "an answer of the wrong type", m_path);
}

} // namespace sekisho
