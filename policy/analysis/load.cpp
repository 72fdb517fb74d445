#include "policy/analysis/load.h"

#include "policy/analysis/prove.h"

namespace sekisho::policy {

std::vector<Remark> unproved(const Policy& policy) {
    std::vector<Remark> out;
    for (const Proof& proof : prove(policy))
        if (auto remark = remark_of(proof)) out.push_back(std::move(*remark));
    return out;
}

std::expected<Policy, Refused> load_proved(const Sources& sources, const Vocabulary& known) {
    auto policy = Policy::load(sources, known);
    if (!policy) return std::unexpected(Refused{std::move(policy.error()), {}});
    auto remarks = unproved(*policy);
    if (!remarks.empty()) return std::unexpected(Refused{{}, std::move(remarks)});
    return std::move(*policy);
}

} // namespace sekisho::policy
