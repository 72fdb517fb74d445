// Where no namespaces may be made, as in a unit with RestrictNamespaces=: what is there must be empty already.
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include <gtest/gtest.h>
#include <seccomp.h>

#include "confined.h"

using namespace sekisho;
using namespace sekisho::tests;

namespace {

constexpr uid_t somebody = 65534;

// What of a unit's environment is left out.
struct Unit {
    bool own_network = true;
    bool no_capability_to_gain = true;
    bool ordinary_user = true;
    std::function<bool()> also = [] { return true; };
};

bool forbid_namespaces() {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const bool loaded = filter && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 0) == 0 &&
                        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mount), 0) == 0 &&
                        seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded;
}

bool become(const Unit& unit) {
    if (unit.own_network && unshare(CLONE_NEWNET) != 0) return false;
    if (!unit.also()) return false;
    for (int capability = 0; unit.no_capability_to_gain && prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0;
         ++capability)
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) return false;
    if (unit.ordinary_user && (setresgid(somebody, somebody, somebody) != 0 || setresuid(somebody, somebody, somebody)))
        return false;
    return forbid_namespaces();
}

// Enters, and hands what came of it to `body`, whose value is the exit status.
End enter(const Unit& unit, const std::vector<std::string>& readable, const std::function<int(const Result<>&)>& body) {
    return run_child([&] {
        if (!become(unit)) return 200;
        return body(enter_empty_namespaces(readable));
    });
}

End refused_because(const Unit& unit, std::string_view why) {
    return enter(unit, {}, [&](const Result<>& entered) {
        if (entered) return 1;
        const std::string line = to_line(entered.error());
        if (line.find(why) != line.npos) return 0;
        std::fprintf(stderr, "%s\n", line.c_str());
        return 2;
    });
}

class Environment : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root";
    }
};

bool bring_up_loopback(int socket) {
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    request.ifr_flags = IFF_UP;
    return ioctl(socket, SIOCSIFFLAGS, &request) == 0;
}

bool listen_on_loopback() {
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    return made >= 0 && bring_up_loopback(made) && listen(made, 1) == 0;
}

} // namespace

TEST_F(Environment, AnEmptyOneIsAccepted) {
    EXPECT_EQ(enter({}, {},
                    [](const Result<>& entered) {
                        if (!entered) std::fprintf(stderr, "%s\n", to_line(entered.error()).c_str());
                        if (!entered) return 1;
                        if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES) return 2;
                        if (open("/", O_RDONLY | O_DIRECTORY) >= 0 || errno != EACCES) return 3;
                        if (open("/tmp/escaped", O_WRONLY | O_CREAT, 0600) >= 0) return 4;
                        if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return 5;
                        return confine(with_groups({SyscallGroup::base})) ? 0 : 6;
                    }),
              exited(0));
}

TEST_F(Environment, OnlyWhatIsNamedStaysReadable) {
    EXPECT_EQ(enter({}, {"/usr/share"},
                    [](const Result<>& entered) {
                        if (!entered) return 1;
                        if (open("/usr/share", O_RDONLY | O_DIRECTORY) < 0) return 2;
                        if (open("/usr/bin", O_RDONLY | O_DIRECTORY) >= 0) return 3;
                        return open("/etc/passwd", O_RDONLY) >= 0 ? 4 : 0;
                    }),
              exited(0));
}

TEST_F(Environment, LoopbackThatNobodyServesOnIsNoNetwork) {
    Unit unit;
    unit.also = [] { return bring_up_loopback(socket(AF_INET, SOCK_DGRAM, 0)); };
    EXPECT_EQ(enter(unit, {}, [](const Result<>& entered) { return entered ? 0 : 1; }), exited(0));
}

TEST_F(Environment, SomebodyOnTheLoopbackIsANetwork) {
    Unit unit;
    unit.also = listen_on_loopback;
    EXPECT_EQ(refused_because(unit, "somebody uses the network"), exited(0));
}

// The machine's own, if it has one.
TEST_F(Environment, TheMachinesNetworkIsRefused) {
    bool connected = false;
    for (const auto& entry : std::filesystem::directory_iterator("/sys/class/net"))
        connected = connected || entry.path().filename() == "eth0";
    if (!connected) GTEST_SKIP() << "needs eth0";
    Unit unit;
    unit.own_network = false;
    EXPECT_EQ(refused_because(unit, "there is a network"), exited(0));
}

TEST_F(Environment, WithoutProcItCannotBeSeenAndIsRefused) {
    Unit unit;
    unit.also = [] {
        return unshare(CLONE_NEWNS) == 0 && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               mount("none", "/proc", "tmpfs", 0, nullptr) == 0;
    };
    EXPECT_EQ(refused_because(unit, "cannot be looked at"), exited(0));
}

TEST_F(Environment, ACapabilityInAnySetIsRefused) {
    Unit unit;
    unit.no_capability_to_gain = false;
    EXPECT_EQ(refused_because(unit, "bounding set"), exited(0));
}

TEST_F(Environment, RootIsRefused) {
    Unit unit;
    unit.ordinary_user = false;
    EXPECT_EQ(refused_because(unit, "root"), exited(0));
}

TEST_F(Environment, NamespacesThatAreMadeShowOnlyWhatIsNamed) {
    EXPECT_EQ(run_child([] {
                  if (!enter_empty_namespaces({"/usr/share", "/etc/ssl"})) return 1;
                  if (open("/usr/share", O_RDONLY | O_DIRECTORY) < 0) return 2;
                  if (access("/usr/bin", F_OK) == 0 || access("/etc/passwd", F_OK) == 0) return 3;
                  if (open("/usr/share/escaped", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EROFS) return 4;
                  if (open("/usr/escaped", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EROFS) return 5;
                  return 0;
              }),
              exited(0));
    EXPECT_EQ(run_child([] { return enter_empty_namespaces({"/nonexistent"}) ? 0 : 1; }), exited(1));
}
