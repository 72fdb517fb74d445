#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/confine/confine.h"
#include "base/confine/parts.h"
#include "base/descriptor/descriptor.h"

namespace sekisho {

namespace {

constexpr int without_user = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | CLONE_NEWPID;
constexpr unsigned long empty_root_flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;

Result<> write_line(const char* path, const std::string& line) {
    const Descriptor file(open(path, O_WRONLY | O_CLOEXEC));
    if (!file.valid()) return fail_errno("confine.namespaces", "open", path);
    if (auto written = write_all(file, as_view(line)); !written) return fail_errno("confine.namespaces", "write", path);
    return {};
}

Result<> enter_namespaces() {
    const auto user = geteuid();
    const auto group = getegid();
    if (unshare(CLONE_NEWUSER | without_user) != 0) {
        if (user == 0 && unshare(without_user) == 0) return {};
        return fail_errno("confine.namespaces", "enter new namespaces", {});
    }
    // Without "deny" an unprivileged process may not map its group (user_namespaces(7)).
    TRY(write_line("/proc/self/setgroups", "deny"));
    TRY(write_line("/proc/self/uid_map", fmt::format("{0} {0} 1", user)));
    return write_line("/proc/self/gid_map", fmt::format("{0} {0} 1", group));
}

// Inside a chroot the root is no mount point and cannot be exchanged; there the new root is only changed into, which
// holds because no capability is left afterwards.
Result<> make_it_the_root() {
    if (syscall(SYS_pivot_root, ".", ".") == 0) {
        if (umount2(".", MNT_DETACH) != 0) return fail_errno("confine.namespaces", "leave the old root");
    } else if (chroot(".") != 0) {
        return fail_errno("confine.namespaces", "change the root");
    }
    if (chdir("/") != 0) return fail_errno("confine.namespaces", "enter the new root");
    return {};
}

Result<> enter_empty_root() {
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 && errno != EINVAL)
        return fail_errno("confine.namespaces", "detach the mounts");
    if (mount("none", "/tmp", "tmpfs", empty_root_flags, "size=4k,nr_inodes=2,mode=555") != 0)
        return fail_errno("confine.namespaces", "mount an empty root", "/tmp");
    if (chdir("/tmp") != 0) return fail_errno("confine.namespaces", "enter the empty root");
    TRY(make_it_the_root());
    if (mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | empty_root_flags, nullptr) != 0)
        return fail_errno("confine.namespaces", "make the root read-only");
    struct statvfs status {};
    if (statvfs("/", &status) != 0 || (status.f_flag & ST_RDONLY) == 0)
        return fail("confine.namespaces", "the root is writable");
    if (access("/proc", F_OK) == 0 || access("/etc", F_OK) == 0)
        return fail("confine.namespaces", "the root is not empty");
    return {};
}

} // namespace

Result<> enter_empty_namespaces() {
    TRY(enter_namespaces());
    TRY(enter_empty_root());
    return confinement::drop_capabilities();
}

} // namespace sekisho
