#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cap-ng.h>
#include <fmt/format.h>

#include "base/confine/parts.h"

namespace sekisho::confinement {

namespace {

struct ResourceLimit {
    int resource; // RLIMIT_*
    const char* name;
    rlim_t most;
};

// Not cap_ng's own memory of what it did, but the kernel's answer.
bool has_any_capability() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    if (syscall(SYS_capget, &header, sets.data()) != 0) return true;
    for (const auto& set : sets)
        if ((set.effective | set.permitted | set.inheritable) != 0) return true;
    return false;
}

bool may_change_bounding_set() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    return syscall(SYS_capget, &header, sets.data()) == 0 && (sets[0].effective & (1U << CAP_SETPCAP)) != 0;
}

// Without CAP_SETPCAP it cannot be emptied; no_new_privs makes it meaningless then.
Result<> empty_bounding_set() {
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            return fail_errno("confine.capabilities", "empty the bounding set");
    return {};
}

Result<> set_limit(const ResourceLimit& limit) {
    const auto resource = static_cast<__rlimit_resource>(limit.resource);
    rlimit now{};
    if (getrlimit(resource, &now) != 0) return fail_errno("confine.rlimit", "read a limit", limit.name);
    const rlim_t wanted = std::min(limit.most, now.rlim_max);
    const rlimit next{wanted, wanted};
    if (setrlimit(resource, &next) != 0) return fail_errno("confine.rlimit", "set a limit", limit.name);
    if (getrlimit(resource, &now) != 0 || now.rlim_cur > limit.most || now.rlim_max > limit.most)
        return fail("confine.rlimit", "a limit does not hold", limit.name);
    return {};
}

// 0 means "no limit" in a Confinement.
rlim_t or_none(std::uint64_t most) {
    return most == 0 ? RLIM_INFINITY : most;
}

} // namespace

Result<> forbid_new_privileges() {
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return fail_errno("confine.dumpable", "forbid core dumps");
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) return fail("confine.dumpable", "the process is still dumpable");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail_errno("confine.no-new-privileges", "forbid new privileges");
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return fail("confine.no-new-privileges", "new privileges are still possible");
    return {};
}

Result<> drop_capabilities() {
    if (may_change_bounding_set()) TRY(empty_bounding_set());
    if (has_any_capability()) {
        capng_clear(CAPNG_SELECT_CAPS);
        if (capng_apply(CAPNG_SELECT_CAPS) != 0) return fail("confine.capabilities", "capabilities cannot be dropped");
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0)
        return fail_errno("confine.capabilities", "empty the ambient set");
    if (has_any_capability()) return fail("confine.capabilities", "capabilities are left");
    return {};
}

Result<> check_no_capability() {
    if (has_any_capability()) return fail("confine.capabilities", "there are capabilities");
    for (int capability = 0;; ++capability) {
        const int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held > 0) return fail("confine.capabilities", "the bounding set is not empty");
        if (held < 0) return {}; // beyond the last one that the kernel knows
    }
}

Result<> set_resource_limits(const Confinement& confinement) {
    std::vector<ResourceLimit> limits{
        {RLIMIT_CORE, "core", 0},
        {RLIMIT_MSGQUEUE, "msgqueue", 0},
        {RLIMIT_MEMLOCK, "memlock", 0},
        {RLIMIT_NPROC, "nproc", confinement.most_processes},
        {RLIMIT_NOFILE, "nofile", confinement.most_descriptors},
        {RLIMIT_FSIZE, "fsize", or_none(confinement.most_file_bytes)},
        {RLIMIT_CPU, "cpu", or_none(confinement.most_cpu_seconds)},
    };
#ifndef SEKISHO_SANITIZED // AddressSanitizer maps terabytes that it never touches
    limits.push_back({RLIMIT_AS, "as", or_none(confinement.most_memory)});
#endif
    for (const ResourceLimit& limit : limits) TRY(set_limit(limit));
    return {};
}

} // namespace sekisho::confinement
