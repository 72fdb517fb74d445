#include "base/confine/confine.h"

#include <array>

#include "base/confine/parts.h"

namespace sekisho {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(SyscallGroup::count)> group_names{
    "base",    "messages",    "connect_unix", "connect_inet", "accept_inet", "files_read", "files_write",
    "threads", "memory_file", "children",     "waiting",      "further",     "exec",       "suite"};

} // namespace

std::string_view name_of(SyscallGroup group) {
    return group_names[static_cast<std::size_t>(group)];
}

Result<> confine(const Confinement& confinement) {
    const auto in_process = [&](Result<> result) {
        if (!result) result.error().where = confinement.process + ' ' + result.error().where;
        return result;
    };
    TRY(in_process(confinement::forbid_new_privileges()));
    TRY(in_process(confinement::drop_capabilities()));
    TRY(in_process(confinement::set_resource_limits(confinement)));
    TRY(in_process(confinement::restrict_files(confinement)));
    return in_process(confinement::restrict_syscalls(confinement));
}

} // namespace sekisho
