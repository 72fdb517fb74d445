// What a policy says in vain.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policy/analysis/remark.h"
#include "policy/analysis/work.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

inline constexpr unsigned expires_soon_days = 30;
inline constexpr unsigned hits_days = 90;

struct Surroundings {
    std::optional<std::chrono::sys_days> today; // without it, nothing is said about ends
    // How often each rule decided in the last `hits_days` days, by id; without it, nothing is said about use. A rule
    // that is not named had none.
    std::optional<std::map<std::string, std::uint64_t>> hits;
};

// In the order of the source.
std::vector<Remark> lint(const Policy& policy, const Surroundings& around = {}, Work work = Work());

} // namespace sekisho::policy
