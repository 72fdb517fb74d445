// What workers ask of a converter goes through their zygote, and so do the answers: no worker holds a channel that
// another one uses.
#pragma once

#include <functional>
#include <map>
#include <sys/types.h>

#include "base/ipc/frame.h"

namespace sekisho::worker {

class Relay {
public:
    // The socket of a worker that is still there, or nullptr.
    using SocketOf = std::function<const Descriptor*(pid_t worker)>;

    // Without a converter every question is answered with Reason::convert_unavailable.
    explicit Relay(Descriptor converter) { use(std::move(converter), {}); }

    // From here on this one; what the one before has not answered it will not any more.
    void use(Descriptor converter, const SocketOf& socket_of);
    int descriptor() const { return m_converter.get(); } // to poll; -1 without one
    void pass_question(pid_t worker, const Descriptor& socket, const Frame& question);
    void take_answer(const SocketOf& socket_of);
    void forget(pid_t worker);

private:
    struct Asked {
        pid_t worker = -1;
        std::uint32_t call = 0; // the worker's own number
    };
    void lose(const SocketOf& socket_of);

    Descriptor m_converter;
    std::map<std::uint32_t, Asked> m_under_way; // by our number; one of a worker at a time
    std::uint32_t m_next = 1;
};

} // namespace sekisho::worker
