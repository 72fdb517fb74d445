// An environment that somebody else has emptied, as systemd does for a service: looked at, never believed.
#include <cstring>
#include <fstream>
#include <linux/magic.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/confine/parts.h"
#include "base/descriptor/descriptor.h"

namespace sekisho::confinement {

namespace {

constexpr const char* network_folder = "/proc/self/net/";

// An interface that is down stays so: nobody here may change it. Kernels put some into every new namespace.
Result<> check_interface(const Descriptor& socket, const std::string& name) {
    ifreq request{};
    if (name.size() >= sizeof(request.ifr_name)) return fail("confine.environment", "an interface is unknown", name);
    std::memcpy(request.ifr_name, name.data(), name.size());
    if (ioctl(socket.get(), SIOCGIFFLAGS, &request) != 0)
        return fail_errno("confine.environment", "look at an interface", name);
    const auto flags = static_cast<unsigned>(request.ifr_flags);
    if ((flags & IFF_UP) != 0 && (flags & IFF_LOOPBACK) == 0)
        return fail("confine.environment", "there is a network", name);
    return {};
}

Result<> check_interfaces() {
    std::ifstream list(std::string(network_folder) + "dev");
    const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    bool has_loopback = false;
    for (std::string line; std::getline(list, line);) {
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue; // the two lines of titles
        const std::size_t start = line.find_first_not_of(' ');
        const std::string name = line.substr(start, colon - start);
        has_loopback = has_loopback || name == "lo";
        TRY(check_interface(socket, name));
    }
    // Every network has one: a list without it was not read.
    if (!has_loopback) return fail("confine.environment", "the network cannot be looked at", network_folder);
    return {};
}

// In a network of one's own nobody serves on the loopback interface either.
Result<> check_no_socket(const char* kind) {
    const std::string path = std::string(network_folder) + kind;
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return {}; // a kernel without IPv6
    std::ifstream list(path);
    std::string line;
    if (!std::getline(list, line)) return fail("confine.environment", "the network cannot be looked at", path);
    if (std::getline(list, line)) return fail("confine.environment", "somebody uses the network", path);
    return {};
}

// Below a folder of memory: what is written there never reaches a disk.
Result<> make_scratch(const std::string& path) {
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return fail_errno("confine.environment", "make a scratch folder", path);
    struct statfs status {};
    if (statfs(path.c_str(), &status) != 0 || status.f_type != TMPFS_MAGIC)
        return fail("confine.environment", "the scratch folder is not in memory", path);
    return {};
}

} // namespace

Result<> settle_in_empty_environment(const std::vector<std::string>& readable, const std::vector<Scratch>& scratch) {
    if (getuid() == 0 || geteuid() == 0) return fail("confine.environment", "the user is root");
    TRY(check_no_capability());
    TRY(check_interfaces());
    for (const char* kind : {"tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet"}) TRY(check_no_socket(kind));
    TRY(forbid_new_privileges());
    Confinement files;
    files.readable = readable;
    for (const Scratch& one : scratch) {
        TRY(make_scratch(one.path));
        files.writable.push_back(one.path);
    }
    return restrict_files(files);
}

} // namespace sekisho::confinement
