#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/confine/confine.h"
#include "base/confine/parts.h"
#include "base/descriptor/descriptor.h"

namespace sekisho {

namespace {

constexpr int without_user = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | CLONE_NEWPID;
constexpr const char* new_root = "/tmp";
constexpr unsigned long empty_root_flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;

Result<> write_line(const char* path, const std::string& line) {
    const Descriptor file(open(path, O_WRONLY | O_CLOEXEC));
    if (!file.valid()) return fail_errno("confine.namespaces", "open", path);
    if (auto written = write_all(file, as_view(line)); !written) return fail_errno("confine.namespaces", "write", path);
    return {};
}

// False: the system does not let us make any.
Result<bool> enter_namespaces() {
    const auto user = geteuid();
    const auto group = getegid();
    if (unshare(CLONE_NEWUSER | without_user) != 0) return user == 0 && unshare(without_user) == 0;
    // Without "deny" an unprivileged process may not map its group (user_namespaces(7)).
    TRY(write_line("/proc/self/setgroups", "deny"));
    TRY(write_line("/proc/self/uid_map", fmt::format("{0} {0} 1", user)));
    TRY(write_line("/proc/self/gid_map", fmt::format("{0} {0} 1", group)));
    return true;
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

// `path` appears at the same place below the new root, read-only with all that is mounted below it.
Result<> show(const std::string& root, const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return fail("confine.namespaces", "only folders can stay readable", path);
    const std::string place = root + path;
    std::error_code error;
    std::filesystem::create_directories(place, error);
    if (error) return fail("confine.namespaces", error.message(), place);
    if (mount(path.c_str(), place.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0)
        return fail_errno("confine.namespaces", "show a folder", path);
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    if (mount_setattr(AT_FDCWD, place.c_str(), AT_RECURSIVE, &attributes, sizeof(attributes)) != 0)
        return fail_errno("confine.namespaces", "make a folder read-only", path);
    return {};
}

// What the new root holds leads to something that was shown.
Result<> check_root(const std::vector<std::string>& shown) {
    struct statvfs status {};
    if (statvfs("/", &status) != 0 || (status.f_flag & ST_RDONLY) == 0)
        return fail("confine.namespaces", "the root is writable");
    std::error_code error;
    auto entry = std::filesystem::recursive_directory_iterator("/", error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
        const std::string path = entry->path();
        if (std::ranges::find(shown, path) != shown.end()) {
            entry.disable_recursion_pending();
            continue;
        }
        const bool leads = std::ranges::any_of(shown, [&](const auto& one) { return one.starts_with(path + '/'); });
        if (!leads) return fail("confine.namespaces", "the root is not empty", path);
    }
    if (error) return fail("confine.namespaces", error.message(), "/");
    return {};
}

Result<> enter_empty_root(const std::vector<std::string>& readable) {
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 && errno != EINVAL)
        return fail_errno("confine.namespaces", "detach the mounts");
    if (mount("none", new_root, "tmpfs", empty_root_flags, "size=4k,nr_inodes=64,mode=755") != 0)
        return fail_errno("confine.namespaces", "mount an empty root", new_root);
    for (const std::string& path : readable) TRY(show(new_root, path));
    if (chdir(new_root) != 0) return fail_errno("confine.namespaces", "enter the empty root");
    TRY(make_it_the_root());
    if (mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | empty_root_flags, nullptr) != 0)
        return fail_errno("confine.namespaces", "make the root read-only");
    return check_root(readable);
}

} // namespace

Result<> enter_empty_namespaces(const std::vector<std::string>& readable) {
    if (!TRY(enter_namespaces())) {
        auto settled = confinement::settle_in_empty_environment(readable);
        if (!settled) settled.error().help = "Let it make namespaces, or start it in an empty environment (systemd/)";
        return settled;
    }
    TRY(enter_empty_root(readable));
    return confinement::drop_capabilities();
}

} // namespace sekisho
