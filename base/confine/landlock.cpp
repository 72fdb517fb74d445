// Landlock by its three system calls: Debian 12 has no library, and its header knows ABI 2 only. Names and numbers are
// those of linux/landlock.h of Linux 6.12.
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "base/confine/parts.h"
#include "base/descriptor/descriptor.h"

namespace sekisho::confinement {

namespace {

constexpr long needed_abi = 2;

constexpr std::uint64_t fs_execute = 1U << 0, fs_write_file = 1U << 1, fs_read_file = 1U << 2, fs_read_dir = 1U << 3,
                        fs_remove_dir = 1U << 4, fs_remove_file = 1U << 5, fs_make_dir = 1U << 7, fs_make_reg = 1U << 8,
                        fs_refer = 1U << 13, fs_truncate = 1U << 14;
constexpr std::uint64_t net_bind_tcp = 1U << 0, net_connect_tcp = 1U << 1;
constexpr std::uint64_t scope_abstract_unix_socket = 1U << 0, scope_signal = 1U << 1;

constexpr std::uint64_t reading = fs_read_file | fs_read_dir;
constexpr std::uint64_t writing =
    reading | fs_write_file | fs_remove_dir | fs_remove_file | fs_make_dir | fs_make_reg | fs_refer | fs_truncate;
constexpr std::uint64_t of_a_file = fs_execute | fs_write_file | fs_read_file | fs_truncate;

struct RulesetAttributes {
    std::uint64_t handled_files;
    std::uint64_t handled_network; // since ABI 4
    std::uint64_t scoped;          // since ABI 6
};

// struct landlock_path_beneath_attr is packed; 12 bytes.
struct [[gnu::packed]] PathRule {
    std::uint64_t allowed;
    std::int32_t parent;
};

// The kernel refuses a structure with bits it does not know, so what it knows decides.
std::uint64_t known_file_rights(long abi) {
    if (abi == 2) return (1U << 14) - 1;
    return abi < 5 ? (1U << 15) - 1 : (1U << 16) - 1;
}

std::size_t known_size(long abi) {
    return abi < 4 ? 8 : abi < 6 ? 16 : 24;
}

bool has(const Confinement& confinement, SyscallGroup group) {
    return std::ranges::find(confinement.groups, group) != confinement.groups.end();
}

RulesetAttributes attributes_for(const Confinement& confinement, long abi) {
    RulesetAttributes attributes{known_file_rights(abi), net_bind_tcp | net_connect_tcp,
                                 scope_abstract_unix_socket | scope_signal};
    if (has(confinement, SyscallGroup::exec)) attributes.handled_files &= ~fs_execute;
    if (has(confinement, SyscallGroup::connect_inet)) attributes.handled_network &= ~net_connect_tcp;
    // A child that was forked before does not belong to the new domain, and must still be ended: the kernel sends
    // PR_SET_PDEATHSIG in the name of the parent that dies. Children that are made later do belong to it.
    if (has(confinement, SyscallGroup::waiting)) attributes.scoped &= ~scope_signal;
    return attributes;
}

Result<> allow_below(const Descriptor& ruleset, const std::string& path, std::uint64_t rights) {
    const Descriptor place(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!place.valid()) return fail_errno("confine.landlock", "open what stays reachable", path);
    struct stat status {};
    if (fstat(place.get(), &status) != 0) return fail_errno("confine.landlock", "look at what stays reachable", path);
    const PathRule rule{S_ISDIR(status.st_mode) ? rights : rights & of_a_file, place.get()};
    constexpr int path_beneath = 1; // LANDLOCK_RULE_PATH_BENEATH
    if (syscall(SYS_landlock_add_rule, ruleset.get(), path_beneath, &rule, 0) != 0)
        return fail_errno("confine.landlock", "allow a path", path);
    return {};
}

Result<> check_it_holds(const Confinement& confinement) {
    if (std::ranges::find(confinement.readable, "/") != confinement.readable.end()) return {};
    const Descriptor root(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.valid() || errno != EACCES) return fail("confine.landlock", "the file system is still readable");
    return {};
}

} // namespace

Result<> restrict_files(const Confinement& confinement) {
    constexpr unsigned ask_version = 1; // LANDLOCK_CREATE_RULESET_VERSION
    const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
    if (abi < needed_abi)
        return fail("confine.landlock", "the kernel has no Landlock with ABI 2 or newer", {},
                    "boot a kernel of version 5.19 or newer with lsm=landlock");
    const RulesetAttributes attributes = attributes_for(confinement, abi);
    const Descriptor ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, known_size(abi), 0)));
    if (!ruleset.valid()) return fail_errno("confine.landlock", "make a rule set");
    for (const std::string& path : confinement.readable)
        TRY(allow_below(ruleset, path, reading & known_file_rights(abi)));
    for (const std::string& path : confinement.writable)
        TRY(allow_below(ruleset, path, writing & known_file_rights(abi)));
    if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
        return fail_errno("confine.landlock", "apply the rule set");
    return check_it_holds(confinement);
}

} // namespace sekisho::confinement
