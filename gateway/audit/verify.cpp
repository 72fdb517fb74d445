#include "gateway/audit/verify.h"

#include <fmt/format.h>

namespace sekisho::audit {

namespace {

Result<std::vector<Checkpoint>> checked_checkpoints(const std::string& directory, const PublicKey& key) {
    std::vector<Checkpoint> checkpoints;
    for (const std::string& text : TRY(checkpoints_of(directory))) {
        checkpoints.push_back(TRY(checkpoint_of(text, key)));
        if (checkpoints.size() > 1 && checkpoints[checkpoints.size() - 2].size > checkpoints.back().size)
            return reject("audit.damaged", "a later checkpoint counts fewer records", directory);
    }
    return checkpoints;
}

} // namespace

Result<Verified> verify_log(const std::string& directory, const PublicKey& key) {
    const auto checkpoints = TRY(checked_checkpoints(directory, key));
    auto next = checkpoints.begin();
    Frontier frontier;
    const auto compare = [&]() -> Result<> {
        for (; next != checkpoints.end() && next->size == frontier.size(); ++next) {
            if (next->root != frontier.root())
                return reject("audit.damaged",
                              fmt::format("the first {} records are not those that were signed", next->size),
                              directory);
        }
        return {};
    };
    TRY(compare());
    for (const std::string& path : TRY(segments_of(directory))) {
        TRY(for_each_line(path, [&](std::string_view line, std::uint64_t) -> Result<> {
            frontier.append(leaf_hash(as_view(line)));
            return compare();
        }));
    }
    if (next != checkpoints.end())
        return reject("audit.damaged",
                      fmt::format("{} records were signed, {} are there", checkpoints.back().size, frontier.size()),
                      directory);
    Verified verified{frontier.size(), checkpoints.size(), 0, frontier.root()};
    if (!checkpoints.empty()) verified.covered = checkpoints.back().size;
    return verified;
}

} // namespace sekisho::audit
