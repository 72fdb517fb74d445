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
constexpr std::string_view random_device = "/dev/urandom";
constexpr unsigned scratch_files = 1024;
// Folders that lead to what is shown.
constexpr std::size_t leading_folders = 64;

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

// Something to mount a folder or a device on.
Result<> make_place(const std::string& place, bool is_folder) {
    const std::filesystem::path path(place);
    std::error_code error;
    std::filesystem::create_directories(is_folder ? path : path.parent_path(), error);
    if (error) return fail("confine.namespaces", error.message(), place);
    if (is_folder) return {};
    const Descriptor file(open(place.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0400));
    if (!file.valid()) return fail_errno("confine.namespaces", "make a place for a device", place);
    return {};
}

// `path` appears at the same place below the new root, read-only with all that is mounted below it. The only device is
// the one that gives random numbers.
Result<> show(const std::string& root, const std::string& path) {
    struct stat status {};
    const bool is_there = stat(path.c_str(), &status) == 0;
    const bool is_folder = is_there && S_ISDIR(status.st_mode);
    const bool is_random = is_there && S_ISCHR(status.st_mode) && path == random_device;
    if (!is_folder && !is_random) return fail("confine.namespaces", "only folders can stay readable", path);
    const std::string place = root + path;
    TRY(make_place(place, is_folder));
    if (mount(path.c_str(), place.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0)
        return fail_errno("confine.namespaces", "show a folder", path);
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
    if (is_folder) attributes.attr_set |= MOUNT_ATTR_NODEV;
    if (mount_setattr(AT_FDCWD, place.c_str(), AT_RECURSIVE, &attributes, sizeof(attributes)) != 0)
        return fail_errno("confine.namespaces", "make a folder read-only", path);
    return {};
}

// A folder of memory at that place of the new root.
Result<> mount_scratch(const std::string& root, const Scratch& scratch) {
    const std::string place = root + scratch.path;
    std::error_code error;
    std::filesystem::create_directories(place, error);
    if (error) return fail("confine.namespaces", error.message(), place);
    const std::string options = fmt::format("size={},nr_inodes={},mode=700", scratch.bytes, scratch_files);
    if (mount("none", place.c_str(), "tmpfs", empty_root_flags, options.c_str()) != 0)
        return fail_errno("confine.namespaces", "mount a scratch folder", scratch.path);
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

Result<> enter_empty_root(const std::vector<std::string>& readable, const std::vector<Scratch>& scratch) {
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 && errno != EINVAL)
        return fail_errno("confine.namespaces", "detach the mounts");
    const std::string options = fmt::format("size=4k,nr_inodes={},mode=755", leading_folders + 2 * scratch.size());
    if (mount("none", new_root, "tmpfs", empty_root_flags, options.c_str()) != 0)
        return fail_errno("confine.namespaces", "mount an empty root", new_root);
    std::vector<std::string> shown = readable;
    for (const std::string& path : readable) TRY(show(new_root, path));
    for (const Scratch& one : scratch) {
        TRY(mount_scratch(new_root, one));
        shown.push_back(one.path);
    }
    if (chdir(new_root) != 0) return fail_errno("confine.namespaces", "enter the empty root");
    TRY(make_it_the_root());
    if (mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | empty_root_flags, nullptr) != 0)
        return fail_errno("confine.namespaces", "make the root read-only");
    return check_root(shown);
}

} // namespace

Result<> enter_empty_namespaces(const std::vector<std::string>& readable, const std::vector<Scratch>& scratch) {
    if (!TRY(enter_namespaces())) {
        auto settled = confinement::settle_in_empty_environment(readable, scratch);
        if (!settled) settled.error().help = "Let it make namespaces, or start it in an empty environment (systemd/)";
        return settled;
    }
    TRY(enter_empty_root(readable, scratch));
    return confinement::drop_capabilities();
}

} // namespace sekisho
