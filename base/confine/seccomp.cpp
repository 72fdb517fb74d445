#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>
#include <seccomp.h>

#include "base/confine/parts.h"

namespace sekisho::confinement {

namespace {

constexpr std::uint64_t open_write_mask = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
constexpr std::uint64_t socket_type_mask = ~static_cast<std::uint64_t>(SOCK_CLOEXEC | SOCK_NONBLOCK);
constexpr std::uint64_t clone_thread_flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
constexpr std::uint64_t clone_namespace_flags =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
constexpr std::uint64_t own_process = ~0ULL; // stands for getpid() in the table

struct Condition {
    unsigned argument;
    std::uint64_t mask;
    std::uint64_t value;
};

constexpr Condition masked(unsigned argument, std::uint64_t mask, std::uint64_t value) {
    return {argument, mask, value};
}
// The kernel reads these arguments as 32-bit numbers; the upper half is whatever the register held.
constexpr Condition equal(unsigned argument, std::uint64_t value) {
    return {argument, value == 0 ? ~0ULL : 0xFFFFFFFFULL, value};
}

struct Rule {
    SyscallGroup group; // count: belongs to none
    int call;
    int error; // 0: allowed
    std::vector<Condition> conditions;
};

const std::vector<Rule>& table() {
    using enum SyscallGroup;
    static const std::vector<Rule> rules{
#define ALLOW(group, call) Rule{group, SCMP_SYS(call), 0, {}},
#define ALLOW_IF(group, call, ...) Rule{group, SCMP_SYS(call), 0, {__VA_ARGS__}},
#define DEGRADE(call, error) Rule{count, SCMP_SYS(call), error, {}},
#define DEGRADE_IF(call, error, ...) Rule{count, SCMP_SYS(call), error, {__VA_ARGS__}},
#define DENY_IF(group, call, error, ...) Rule{group, SCMP_SYS(call), error, {__VA_ARGS__}},
#include "base/confine/syscalls.def"
#undef ALLOW
#undef ALLOW_IF
#undef DEGRADE
#undef DEGRADE_IF
#undef DENY_IF
    };
    return rules;
}

bool chosen(const Confinement& confinement, const Rule& rule) {
    return std::ranges::find(confinement.groups, rule.group) != confinement.groups.end();
}

// What decides about a rule is how freely the chosen groups allow its call.
bool applies(const Confinement& confinement, const Rule& rule) {
    const bool freely = std::ranges::any_of(table(), [&](const Rule& other) {
        return other.call == rule.call && other.error == 0 && other.conditions.empty() && chosen(confinement, other);
    });
    const bool somehow = std::ranges::any_of(table(), [&](const Rule& other) {
        return other.call == rule.call && other.error == 0 && chosen(confinement, other);
    });
    if (rule.group != SyscallGroup::count) return chosen(confinement, rule) && (rule.conditions.empty() || !freely);
    return rule.conditions.empty() ? !somehow : !freely;
}

Result<> add(scmp_filter_ctx filter, const Rule& rule) {
    std::vector<scmp_arg_cmp> compared;
    for (const Condition& condition : rule.conditions) {
        const std::uint64_t value =
            condition.value == own_process ? static_cast<std::uint64_t>(getpid()) : condition.value;
        compared.push_back({condition.argument, SCMP_CMP_MASKED_EQ, condition.mask, value});
    }
    const std::uint32_t action =
        rule.error == 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(static_cast<std::uint32_t>(rule.error));
    const int result =
        seccomp_rule_add_array(filter, action, rule.call, static_cast<unsigned>(compared.size()), compared.data());
    if (result != 0)
        return fail("confine.seccomp",
                    fmt::format("rule for system call {}: {}", rule.call, std::generic_category().message(-result)));
    return {};
}

} // namespace

Result<> restrict_syscalls(const Confinement& confinement) {
    const auto filter =
        std::unique_ptr<void, void (*)(scmp_filter_ctx)>(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
    if (!filter) return fail("confine.seccomp", "a filter cannot be made");
    constexpr std::array<std::pair<scmp_filter_attr, std::uint32_t>, 4> attributes{{
        {SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS}, // 32-bit calls, x32
        {SCMP_FLTATR_CTL_NNP, 1},
        {SCMP_FLTATR_CTL_TSYNC, 1},
        {SCMP_FLTATR_CTL_OPTIMIZE, 2}, // a binary tree instead of a list
    }};
    for (const auto& [attribute, value] : attributes)
        if (seccomp_attr_set(filter.get(), attribute, value) != 0)
            return fail("confine.seccomp", "the filter cannot be set up");
    for (const Rule& rule : table())
        if (applies(confinement, rule)) TRY(add(filter.get(), rule));
    if (const int result = seccomp_load(filter.get()); result != 0)
        return fail("confine.seccomp",
                    fmt::format("the filter cannot be attached: {}", std::generic_category().message(-result)));
    constexpr int filtering = 2; // SECCOMP_MODE_FILTER
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != filtering) return fail("confine.seccomp", "no filter is in force");
    return {};
}

} // namespace sekisho::confinement
