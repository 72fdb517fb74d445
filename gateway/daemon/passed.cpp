#include "gateway/daemon/passed.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace sekisho {

namespace {

constexpr int first_passed = 3; // SD_LISTEN_FDS_START
constexpr int most_passed = 16;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    std::string copy = value ? value : "";
    unsetenv(name);
    return copy;
}

int number_of(const std::string& text) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

} // namespace

Result<std::map<std::string, Descriptor, std::less<>>> take_passed_sockets() {
    std::map<std::string, Descriptor, std::less<>> taken;
    const std::string process = variable("LISTEN_PID");
    const std::string count_text = variable("LISTEN_FDS");
    std::string names = variable("LISTEN_FDNAMES");
    if (process.empty() || number_of(process) != getpid()) return taken;
    const int count = number_of(count_text);
    if (count < 0 || count > most_passed) return reject("daemon.sockets", "LISTEN_FDS is no number of sockets");
    for (int i = 0; i < count; ++i) {
        const std::size_t colon = std::min(names.find(':'), names.size());
        std::string name = names.substr(0, colon);
        names.erase(0, colon + 1);
        if (name.empty()) name = "unknown";
        Descriptor socket(first_passed + i);
        if (fcntl(socket.get(), F_SETFD, FD_CLOEXEC) != 0 || fcntl(socket.get(), F_SETFL, O_NONBLOCK) != 0)
            return fail_errno("daemon.sockets", "set up a passed socket", name);
        if (!taken.emplace(name, std::move(socket)).second)
            return reject("daemon.sockets", "two passed sockets have the same name", name);
    }
    return taken;
}

Result<Descriptor> open_notify_socket() {
    const std::string path = variable("NOTIFY_SOCKET");
    if (path.empty()) return Descriptor();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) return reject("daemon.notify", "NOTIFY_SOCKET is too long");
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path[0] == '@') address.sun_path[0] = '\0'; // an abstract name
    Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (!socket.valid() || connect(socket.get(), generic, size) != 0)
        return fail_errno("daemon.notify", "connect to NOTIFY_SOCKET", path);
    return socket;
}

} // namespace sekisho
