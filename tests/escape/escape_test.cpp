#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "attempts.h"

using namespace sekisho;
using namespace sekisho::tests;

namespace {

class Escape : public testing::TestWithParam<std::size_t> {
protected:
    const Subject& subject() const { return all_subjects()[GetParam()]; }
};

std::string name_of_subject(const testing::TestParamInfo<std::size_t>& info) {
    std::string name = all_subjects()[info.param].name;
    for (char& c : name)
        if (c == '-' || c == '@') c = '_';
    return name;
}

// What an attempt to connect to an abstract name would find.
Descriptor listen_at_abstract_name() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    constexpr std::string_view name("\0sekisho-escape", 15);
    std::memcpy(address.sun_path, name.data(), name.size());
    Descriptor made(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(bind(made.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)), size), 0);
    EXPECT_EQ(listen(made.get(), 8), 0);
    return made;
}

// True for outcomes that need users and networks of their own.
bool needs_root(const Attempt& attempt) {
    return attempt.name == "socket of a daemon that is not for us" || attempt.name == "threads without end";
}

} // namespace

TEST_P(Escape, EveryAttemptEndsAsTheTableSays) {
    const Descriptor abstract = listen_at_abstract_name();
    for (const Attempt& tried : all_attempts()) {
        if (needs_root(tried) && (!Scene::is_root() || !subject().instance)) continue;
        const Outcome outcome = attempt(tried, subject());
        EXPECT_TRUE(outcome.fits(tried.expected(subject()))) << subject().name << ": " << tried.name << ": expected "
                                                             << tried.expected(subject()) << ", got " << outcome;
    }
}

// A file that grows beyond its quota, through a descriptor that was there before.
TEST_P(Escape, NothingIsWrittenBeyondTheQuota) {
    const std::uint64_t quota = subject().confinement.most_file_bytes;
    if (quota == 0) return; // what it stores is limited by its settings
    const std::string path = Scene::get().folder() + "/grows";
    const pid_t child = fork();
    if (child == 0) {
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        signal(SIGXFSZ, SIG_IGN);
        if (file < 0 || !become(subject())) _exit(250);
        _exit(pwrite(file, "x", 1, static_cast<off_t>(quota)) < 0 ? errno : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), EFBIG);
}

TEST_P(Escape, AWorkerThatSpinsIsEnded) {
    if (subject().confinement.most_cpu_seconds == 0) return; // a daemon lives for ever
    Subject hasty = subject();
    hasty.confinement.most_cpu_seconds = 1;
    const pid_t child = fork();
    if (child == 0) {
        if (!become(hasty)) _exit(250);
        for (volatile unsigned long counter = 0;;) counter = counter + 1;
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXCPU));
}

INSTANTIATE_TEST_SUITE_P(, Escape, testing::Range(std::size_t{0}, all_subjects().size()), name_of_subject);

// The table itself: nobody may do what no process needs.
TEST(EscapeTable, OnlyTheListedProcessesReachTheNetwork) {
    for (const Subject& subject : all_subjects()) {
        const auto has = [&](SyscallGroup group) {
            return std::ranges::find(subject.confinement.groups, group) != subject.confinement.groups.end();
        };
        EXPECT_EQ(has(SyscallGroup::connect_inet), subject.name == "syslog-forward") << subject.name;
        EXPECT_EQ(has(SyscallGroup::accept_inet), subject.name.starts_with("portal@")) << subject.name;
        EXPECT_FALSE(has(SyscallGroup::exec)) << subject.name;
        EXPECT_EQ(has(SyscallGroup::further), subject.name.ends_with("-zygote")) << subject.name;
        EXPECT_EQ(has(SyscallGroup::children), subject.name.ends_with("-zygote")) << subject.name;
        EXPECT_EQ(has(SyscallGroup::waiting), subject.name.ends_with("-waiter")) << subject.name;
    }
}
