#include "base/ipc/frame.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace sekisho {

namespace {

constexpr std::size_t header_size = 8;

std::unexpected<Error> malformed(const char* what) {
    return reject("ipc.malformed", what);
}

std::unexpected<Error> socket_error(const char* doing) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return fail("ipc.would-block", "the socket is not ready");
    if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN || errno == ECONNREFUSED || errno == ENOENT)
        return fail_errno("ipc.closed", doing);
    return fail_errno("ipc.socket", doing);
}

using ControlBuffer = std::array<char, CMSG_SPACE(sizeof(int) * Frame::most_descriptors)>;

// Takes every passed descriptor into ownership first, so that none leaks whatever is wrong with the frame.
std::vector<Descriptor> taken_descriptors(msghdr& header) {
    std::vector<Descriptor> taken;
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
            taken.emplace_back(number);
        }
    }
    return taken;
}

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) return reject("ipc.path", "the socket's path is too long", path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

} // namespace

Result<> send_frame(const Descriptor& socket, std::uint16_t type, std::uint32_t call, View payload,
                    std::span<const int> descriptors) {
    if (payload.size() > Frame::largest - header_size || descriptors.size() > Frame::most_descriptors)
        bug("a frame is larger than the protocol allows");
    ByteWriter head;
    head.u16le(Frame::version);
    head.u16le(type);
    head.u32le(call);
    Bytes header_bytes = head.take();
    std::array<iovec, 2> parts{
        {{header_bytes.data(), header_bytes.size()}, {const_cast<std::uint8_t*>(payload.data()), payload.size()}}};
    msghdr header{};
    header.msg_iov = parts.data();
    header.msg_iovlen = parts.size();
    alignas(cmsghdr) ControlBuffer control{};
    if (!descriptors.empty()) {
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors.size());
        cmsghdr* part = CMSG_FIRSTHDR(&header);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
        std::memcpy(CMSG_DATA(part), descriptors.data(), sizeof(int) * descriptors.size());
    }
    ssize_t sent = -1;
    do sent = sendmsg(socket.get(), &header, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent < 0) return socket_error("send a message");
    return {};
}

Result<Frame> receive_frame(const Descriptor& socket) {
    Bytes buffer(Frame::largest);
    iovec part{buffer.data(), buffer.size()};
    alignas(cmsghdr) ControlBuffer control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t count = -1;
    do count = recvmsg(socket.get(), &header, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    if (count < 0) return socket_error("receive a message");
    Frame frame;
    frame.descriptors = taken_descriptors(header);
    if (count == 0) return fail("ipc.closed", "the peer closed the connection");
    if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return malformed("a message is too large");
    ByteReader reader(View(buffer).first(static_cast<std::size_t>(count)));
    const auto version = reader.u16le();
    const auto type = reader.u16le();
    const auto call = reader.u32le();
    if (!version || *version != Frame::version || !type || !call) return malformed("a message has a bad header");
    frame.type = *type;
    frame.call = *call;
    const View rest = reader.rest();
    frame.payload.assign(rest.begin(), rest.end());
    return frame;
}

Result<Descriptor> connect_to(const std::string& path) {
    const sockaddr_un address = TRY(address_of(path));
    Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (!socket.valid()) return fail_errno("ipc.socket", "make a socket");
    if (connect(socket.get(), generic(address), sizeof(address)) != 0)
        return fail_errno("peer.unreachable", "connect to a peer", path);
    return socket;
}

Result<Descriptor> listen_at(const std::string& path, unsigned mode) {
    const sockaddr_un address = TRY(address_of(path));
    Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.valid()) return fail_errno("ipc.socket", "make a socket");
    unlink(path.c_str());
    if (bind(socket.get(), generic(address), sizeof(address)) != 0)
        return fail_errno("ipc.bind", "bind a socket", path);
    if (chmod(path.c_str(), mode) != 0) return fail_errno("ipc.bind", "set a socket's mode", path);
    if (listen(socket.get(), 128) != 0) return fail_errno("ipc.bind", "listen", path);
    return socket;
}

} // namespace sekisho
