#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fstream>

#include <gtest/gtest.h>

#include "confined.h"

using namespace sekisho;
using namespace sekisho::tests;
using enum SyscallGroup;

namespace {

// errno of what failed, 0 of what worked.
int error_of(long result) {
    return result >= 0 ? 0 : errno;
}

std::string status_line(const char* name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name)) return line.substr(line.find_first_not_of("\t :", std::string(name).size()));
    return {};
}

class Folder : public testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/confine-XXXXXX";
        ASSERT_NE(mkdtemp(name), nullptr);
        m_path = name;
        chmod(name, 0777);
        std::ofstream(m_path + "/there") << "content";
        chmod((m_path + "/there").c_str(), 0666);
    }
    void TearDown() override {
        for (const char* file : {"/there", "/new", "/renamed"}) unlink((m_path + file).c_str());
        rmdir(m_path.c_str());
    }
    std::string m_path;
};

int open_to_read(const std::string& path) {
    return error_of(open(path.c_str(), O_RDONLY));
}
int open_to_write(const std::string& path) {
    return error_of(open(path.c_str(), O_WRONLY | O_CREAT, 0600));
}

} // namespace

TEST(Confine, LeavesWhatTheBaseGroupNames) {
    EXPECT_EQ(run_confined(with_groups({base}),
                           [] {
                               std::string text(100'000, 'x');
                               return write(STDOUT_FILENO, text.data(), 0) == 0 && getpid() > 0 ? 7 : 1;
                           }),
              exited(7));
}

TEST(Confine, SaysWhatItDidToThoseWhoLook) {
    EXPECT_EQ(run_confined(
                  [] {
                      Confinement confinement = with_groups({base, files_read});
                      confinement.readable = {"/proc"};
                      return confinement;
                  }(),
                  [] {
                      if (status_line("NoNewPrivs") != "1") return 1;
                      if (status_line("Seccomp:") != "2") return 2;
                      for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapAmb"})
                          if (status_line(set) != "0000000000000000") return 3;
                      return 0;
                  }),
              exited(0));
}

TEST(Confine, KillsWhatNoGroupNames) {
    EXPECT_EQ(run_confined(with_groups({base}), [] { return error_of(syscall(SYS_ptrace, 0, 0, 0, 0)); }), killed);
    EXPECT_EQ(run_confined(with_groups({base}), [] { return error_of(socket(AF_UNIX, SOCK_STREAM, 0)); }), killed);
    EXPECT_EQ(run_confined(with_groups({base}), [] { return error_of(kill(getppid(), 0)); }), killed);
    EXPECT_EQ(run_confined(with_groups({base}), [] { return error_of(syscall(SYS_tgkill, getppid(), 1, 0)); }), killed);
}

TEST(Confine, NoMemoryBecomesExecutable) {
    const auto map = [](int protection) {
        return [protection] {
            return mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 1 : 0;
        };
    };
    EXPECT_EQ(run_confined(with_groups({base}), map(PROT_READ | PROT_WRITE)), exited(0));
    EXPECT_EQ(run_confined(with_groups({base}), map(PROT_READ | PROT_EXEC)), killed);
    EXPECT_EQ(run_confined(with_groups({base}), map(PROT_READ | PROT_WRITE | PROT_EXEC)), killed);
    static char page[8192];
    EXPECT_EQ(run_confined(with_groups({base}), [] { return mprotect(page, 1, PROT_READ | PROT_EXEC) == 0 ? 0 : 1; }),
              killed);
    EXPECT_EQ(
        run_confined(with_groups({base}), [] { return static_cast<int>(syscall(SYS_pkey_mprotect, 0, 0, 4, 0)); }),
        killed);
}

TEST(Confine, ThreadsOnlyWithTheirGroupAndNothingElseByClone) {
    const auto start_thread = [] {
        pthread_t thread{};
        if (pthread_create(
                &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr) != 0)
            return 1;
        return pthread_join(thread, nullptr);
    };
    Confinement threaded = with_groups({base, threads});
    threaded.most_processes = 100'000; // counted over all processes of this user
    EXPECT_EQ(run_confined(threaded, start_thread), exited(0));
    EXPECT_EQ(run_confined(with_groups({base}), start_thread), killed);
    EXPECT_EQ(run_confined(threaded, [] { return fork() == 0 ? 0 : 1; }), killed);
    for (const int flag : {CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID}) {
        EXPECT_EQ(run_confined(threaded, [&] { return error_of(syscall(SYS_clone, flag, 0, 0, 0, 0)); }), killed);
        EXPECT_EQ(
            run_confined(with_groups({base, children}), [&] { return error_of(syscall(SYS_clone, flag, 0, 0, 0, 0)); }),
            killed);
    }
    EXPECT_EQ(run_confined(threaded, [] { return error_of(syscall(SYS_clone3, nullptr, 0)); }), exited(ENOSYS));
}

TEST(Confine, ChildrenOnlyWithTheirGroup) {
    Confinement forking = with_groups({base, children});
    forking.most_processes = 100'000;
    EXPECT_EQ(run_confined(forking,
                           [] {
                               const pid_t child = fork();
                               if (child == 0) _exit(3);
                               int status = 0;
                               waitpid(child, &status, 0);
                               return WEXITSTATUS(status);
                           }),
              exited(3));
}

TEST(Confine, SocketsByFamily) {
    const auto make = [](int family, int type) {
        return [=] { return error_of(socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)); };
    };
    EXPECT_EQ(run_confined(with_groups({base, connect_unix}), make(AF_UNIX, SOCK_SEQPACKET)), exited(0));
    EXPECT_EQ(run_confined(with_groups({base, connect_unix}), make(AF_INET, SOCK_STREAM)), killed);
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_INET, SOCK_STREAM)), exited(0));
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_INET6, SOCK_DGRAM)), exited(0));
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_INET, SOCK_RAW)), killed);
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_UNIX, SOCK_STREAM)), killed);
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_NETLINK, SOCK_RAW)), exited(EAFNOSUPPORT));
    EXPECT_EQ(run_confined(with_groups({base, connect_inet}), make(AF_VSOCK, SOCK_STREAM)), killed);
}

TEST(Confine, SocketOptionsAreListed) {
    const auto set = [](int level, int option) {
        return [=] {
            const int value = 1;
            (void)setsockopt(0, level, option, &value, sizeof(value));
            return 0;
        };
    };
    const Confinement door = with_groups({base, messages, accept_inet});
    EXPECT_EQ(run_confined(door, set(IPPROTO_TCP, TCP_NODELAY)), exited(0));
    EXPECT_EQ(run_confined(door, set(SOL_SOCKET, SO_ATTACH_FILTER)), killed);
    EXPECT_EQ(run_confined(door, set(IPPROTO_TCP, TCP_ULP)), killed);
}

TEST_F(Folder, LibrariesThatLookForFilesGoOnWithoutThem) {
    const Confinement without = with_groups({base});
    EXPECT_EQ(run_confined(without, [&] { return open_to_read(m_path + "/there"); }), exited(EACCES));
    EXPECT_EQ(run_confined(without, [&] { return open_to_write(m_path + "/new"); }), exited(EACCES));
    struct stat status {};
    EXPECT_EQ(run_confined(without, [&] { return error_of(stat("/etc/passwd", &status)); }), exited(EACCES));
    EXPECT_EQ(run_confined(without, [&] { return error_of(fstat(0, &status)); }), exited(0));
    EXPECT_EQ(run_confined(without, [] { return isatty(0) == 0 ? errno : 0; }), exited(ENOTTY));
    EXPECT_EQ(run_confined(without, [] { return error_of(ioctl(0, TIOCSTI, "x")); }), killed);
    EXPECT_EQ(run_confined(without, [&] { return error_of(unlink((m_path + "/there").c_str())); }), killed);
}

TEST_F(Folder, ReadsBelowWhatIsReadableOnly) {
    Confinement reader = with_groups({base, files_read});
    reader.readable = {m_path};
    EXPECT_EQ(run_confined(reader, [&] { return open_to_read(m_path + "/there"); }), exited(0));
    EXPECT_EQ(run_confined(reader, [] { return open_to_read("/etc/passwd"); }), exited(EACCES));
    EXPECT_EQ(run_confined(reader, [&] { return open_to_write(m_path + "/new"); }), killed);
    EXPECT_EQ(run_confined(reader, [&] { return error_of(open(m_path.c_str(), O_TMPFILE | O_RDWR, 0600)); }), killed);
    EXPECT_EQ(run_confined(reader, [&] { return error_of(truncate((m_path + "/there").c_str(), 0)); }), killed);
}

TEST_F(Folder, WritesBelowWhatIsWritableOnly) {
    Confinement writer = with_groups({base, files_read, files_write});
    writer.writable = {m_path};
    EXPECT_EQ(run_confined(writer,
                           [&] {
                               if (open_to_write(m_path + "/new") != 0) return errno;
                               return error_of(rename((m_path + "/new").c_str(), (m_path + "/renamed").c_str()));
                           }),
              exited(0));
    EXPECT_EQ(run_confined(writer, [] { return open_to_write("/tmp/elsewhere"); }), exited(EACCES));
    writer.writable.clear();
    writer.readable = {m_path};
    EXPECT_EQ(run_confined(writer, [&] { return open_to_write(m_path + "/there"); }), exited(EACCES));
}

TEST_F(Folder, APathThatIsNotThereIsAnError) {
    Confinement reader = with_groups({base, files_read});
    reader.readable = {m_path + "/missing"};
    EXPECT_EQ(run_confined(reader, [] { return 0; }), exited(not_confined));
}

TEST_F(Folder, LimitsHold) {
    Confinement small = with_groups({base, files_read, files_write, memory_file});
    small.writable = {m_path};
    small.most_descriptors = 16;
    small.most_file_bytes = 1000;
#ifndef SEKISHO_SANITIZED
    small.most_memory = 1ULL << 30;
    EXPECT_EQ(run_confined(small,
                           [] {
                               return mmap(nullptr, 2ULL << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                                              MAP_FAILED
                                          ? errno
                                          : 0;
                           }),
              exited(ENOMEM));
#endif
    EXPECT_EQ(run_confined(small,
                           [] {
                               for (int i = 0; i < 100; ++i)
                                   if (dup(0) < 0) return errno;
                               return 0;
                           }),
              exited(EMFILE));
    EXPECT_EQ(run_confined(small,
                           [&] {
                               const int file = open((m_path + "/there").c_str(), O_WRONLY);
                               signal(SIGXFSZ, SIG_IGN);
                               return error_of(pwrite(file, "x", 1, 5000));
                           }),
              exited(EFBIG));
    EXPECT_EQ(run_confined(small,
                           [] {
                               const rlimit more{4096, 4096};
                               return error_of(setrlimit(RLIMIT_NOFILE, &more));
                           }),
              killed);
}

TEST(Confine, AChildOfAZygoteConfinesItselfFurther) {
    Confinement zygote = with_groups({base, messages, children, further});
    zygote.most_processes = 100'000;
    EXPECT_EQ(run_confined(zygote,
                           [] {
                               const End end = run_confined(with_groups({base}), [] { return fork() == 0 ? 0 : 1; });
                               return end == killed ? 0 : end.status + 1;
                           }),
              exited(0));
    EXPECT_EQ(run_confined(with_groups({base}), [] { return error_of(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }),
              killed);
}

// The kernel sends PR_SET_PDEATHSIG in the parent's name: one that may not signal must still take its child along.
TEST(Confine, AChildEndsWithAParentThatOnlyWaits) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const End parent = run_child([&] {
        const pid_t child = fork();
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (write(ends[1], "x", 1) != 1) return 1;
            for (;;) pause();
        }
        char byte = 0;
        if (read(ends[0], &byte, 1) != 1) return 2;
        return confine(with_groups({base, waiting})) ? 0 : 3;
    });
    EXPECT_EQ(parent, exited(0));
    close(ends[1]);
    pollfd watched{ends[0], POLLIN, 0};
    EXPECT_EQ(poll(&watched, 1, 5000), 1); // the child held the other end
    close(ends[0]);
}

TEST(Confine, OneThatWaitsDoesNothingElse) {
    const Confinement waiter = with_groups({base, waiting});
    EXPECT_EQ(run_confined(waiter, [] { return error_of(wait4(-1, nullptr, WNOHANG, nullptr)); }), exited(ECHILD));
    EXPECT_EQ(run_confined(waiter, [] { return error_of(kill(getppid(), 0)); }), killed);
    EXPECT_EQ(run_confined(waiter, [] { return fork() == 0 ? 0 : 1; }), killed);
}

// Signals of a zygote reach its own children only, also where they have one user (since Landlock ABI 6).
TEST(Confine, AZygoteEndsItsChildrenOnly) {
    Confinement zygote = with_groups({base, children, further});
    zygote.most_processes = 100'000;
    EXPECT_EQ(run_confined(zygote,
                           [] {
                               const pid_t child = fork();
                               if (child == 0) {
                                   if (!confine(with_groups({base}))) _exit(1);
                                   for (;;) nanosleep(std::array<timespec, 1>{timespec{100, 0}}.data(), nullptr);
                               }
                               int status = 0;
                               if (kill(child, SIGKILL) != 0 || waitpid(child, &status, 0) != child) return 1;
                               return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 2;
                           }),
              exited(0));
    if (syscall(SYS_landlock_create_ruleset, nullptr, 0, 1) < 6) return;
    EXPECT_EQ(run_confined(zygote, [] { return error_of(kill(getppid(), 0)); }), exited(EPERM));
}

TEST(Confine, EmptyNamespacesHoldNothing) {
    for (const uid_t user : {getuid(), uid_t{65534}}) {
        if (getuid() != 0 && user != getuid()) continue;
        EXPECT_EQ(run_child([&] {
                      if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0) return 1;
                      // After a change of user the kernel gives /proc/self to root; exec would undo that.
                      if (prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) return 2;
                      if (auto entered = enter_empty_namespaces(); !entered) {
                          std::fprintf(stderr, "%s\n", to_line(entered.error()).c_str());
                          return 3;
                      }
                      if (open("/etc/passwd", O_RDONLY) >= 0 || errno != ENOENT) return 4;
                      if (open("/new", O_WRONLY | O_CREAT, 0600) >= 0) return 5;
                      if (getuid() != user) return 6;
                      if (mount("none", "/", "tmpfs", 0, nullptr) == 0) return 7;
                      return confine(with_groups({base})) ? 0 : 8;
                  }),
                  exited(0));
    }
}
