// One message on the wire: version, type, call number, payload, and descriptors beside it.
#pragma once

#include <vector>

#include "base/descriptor/descriptor.h"
#include "base/ipc/codec.h"

namespace sekisho {

struct Frame {
    static constexpr std::size_t largest = 64 * 1024; // bytes, header included
    static constexpr std::size_t most_descriptors = 4;
    static constexpr std::uint16_t version = 1;

    std::uint16_t type = 0;
    std::uint32_t call = 0; // an answer carries the number of its question
    Bytes payload;
    std::vector<Descriptor> descriptors;
};

// Sends one frame; the descriptors are duplicated by the kernel and stay the caller's.
// fail "ipc.would-block" if the socket is non-blocking and full, "ipc.closed" if the peer is gone.
Result<> send_frame(const Descriptor& socket, std::uint16_t type, std::uint32_t call, View payload,
                    std::span<const int> descriptors = {});
// Receives one frame. fail "ipc.closed" at the end, "ipc.would-block" if there is none; reject "ipc.malformed" for a
// frame that is too large, truncated, of another version, or carries too many descriptors.
Result<Frame> receive_frame(const Descriptor& socket);

Result<Descriptor> connect_to(const std::string& path);
// A listening socket; `mode` as chmod. Replaces a stale socket file.
Result<Descriptor> listen_at(const std::string& path, unsigned mode);

} // namespace sekisho
