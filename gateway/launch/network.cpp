#include "gateway/launch/network.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/ipc/frame.h"

namespace sekisho::launch {

namespace {

constexpr int most_waiting = 1024;
constexpr std::uint16_t opened = 1; // frame type of the child's answer

const sockaddr* generic(const void* address) {
    return static_cast<const sockaddr*>(address);
}

Result<> bring_loopback_up() {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::memcpy(request.ifr_name, "lo", 3);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    if (!socket.valid() || ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0)
        return fail_errno("launch.network", "bring the loopback interface up");
    return {};
}

Result<ZoneNetwork> open_in_new_namespace(const Zone& zone) {
    if (unshare(CLONE_NEWNET) != 0) return fail_errno("launch.network", "make a network namespace", zone.name);
    TRY(bring_loopback_up());
    ZoneNetwork made;
    made.name_space = Descriptor(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    if (!made.name_space.valid()) return fail_errno("launch.network", "open a network namespace", zone.name);
    made.listener = TRY(listen_tcp(zone.address, zone.port));
    return made;
}

[[noreturn]] void answer_from_child(const Zone& zone, const Descriptor& socket) {
    const auto made = open_in_new_namespace(zone);
    if (!made) {
        fmt::print(stderr, "{}\n", to_line(made.error()));
        _exit(1);
    }
    const int passed[] = {made->listener.get(), made->name_space.get()};
    _exit(send_frame(socket, opened, 0, {}, passed) ? 0 : 1);
}

} // namespace

Result<Descriptor> listen_tcp(const std::string& address, std::uint16_t port) {
    const std::string where = fmt::format("{} port {}", address, port);
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    const bool is_v4 = inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1;
    if (!is_v4 && inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) != 1)
        return reject("launch.network", "not an address", where);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    Descriptor socket(::socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    if (!socket.valid() || setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        (!is_v4 && setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0))
        return fail_errno("launch.network", "make a listening socket", where);
    const int bound =
        is_v4 ? bind(socket.get(), generic(&v4), sizeof(v4)) : bind(socket.get(), generic(&v6), sizeof(v6));
    if (bound != 0 || listen(socket.get(), most_waiting) != 0) return fail_errno("launch.network", "listen", where);
    return socket;
}

Result<ZoneNetwork> open_zone(const Zone& zone, bool isolate) {
    if (!isolate) return ZoneNetwork{TRY(listen_tcp(zone.address, zone.port)), {}};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno("launch.network", "make a socket pair");
    const Descriptor ours(ends[0]);
    Descriptor theirs(ends[1]);
    const pid_t child = fork();
    if (child < 0) return fail_errno("launch.network", "start a helper");
    if (child == 0) answer_from_child(zone, theirs);
    theirs.close();
    auto answer = receive_frame(ours);
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (!answer || answer->descriptors.size() != 2)
        return fail("launch.network", fmt::format("zone \"{}\" could not be opened", zone.name));
    return ZoneNetwork{std::move(answer->descriptors[0]), std::move(answer->descriptors[1])};
}

} // namespace sekisho::launch
