#include "gateway/launch/table.h"

#include <algorithm>

namespace sekisho {

namespace {

using enum SyscallGroup;

// What the columns of table.def are called there.
using CALLS = std::vector<std::string_view>;
using PATHS = std::vector<std::string_view>;

struct RowLimits {
    std::uint64_t memory_mib;
    std::uint64_t descriptors;
    std::uint64_t file_mib;
    std::uint32_t processes;
};

ProcessRow make_row(std::string_view name, unsigned number, Network network, unsigned traits, CALLS calls,
                    std::vector<SyscallGroup> groups, PATHS readable, PATHS writable, const RowLimits& limits,
                    std::string_view english, std::string_view japanese) {
    return {name,
            number,
            network,
            traits,
            std::move(calls),
            std::move(groups),
            std::move(readable),
            std::move(writable),
            limits.memory_mib,
            limits.descriptors,
            limits.file_mib,
            limits.processes,
            english,
            japanese};
}

} // namespace

#define CALLS(...) (CALLS{__VA_ARGS__})
#define PATHS(...) (PATHS{__VA_ARGS__})
#define GROUPS(...) (std::vector<SyscallGroup>{__VA_ARGS__})
#define LIMITS(...) (RowLimits{__VA_ARGS__})
#define PROCESS(...) make_row(__VA_ARGS__),
#define DIRECTORY(...) DirectoryRow{__VA_ARGS__},

const std::vector<ProcessRow>& all_processes() {
    static const std::vector<ProcessRow> rows{
#include "gateway/launch/table.def"
    };
    return rows;
}

const std::vector<DirectoryRow>& all_directories() {
    static const std::vector<DirectoryRow> rows{
#include "gateway/launch/directories.def"
    };
    return rows;
}

const ProcessRow* process_row(std::string_view name) {
    const auto found = std::ranges::find(all_processes(), name, &ProcessRow::name);
    return found == all_processes().end() ? nullptr : &*found;
}

} // namespace sekisho
