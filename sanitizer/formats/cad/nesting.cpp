#include "sanitizer/formats/cad/nesting.h"

namespace sekisho::cad {

namespace {

constexpr double most_drawn = 50e6;
constexpr unsigned deepest = 64;
constexpr double unknown = -1, open = -2; // in place of a weight

} // namespace

Result<std::uint32_t> Nesting::block(std::string_view name, const Limits& limits) {
    const auto [found, made] = m_names.try_emplace(std::string(name), static_cast<std::uint32_t>(m_own.size()));
    if (made) m_own.push_back(0);
    if (m_own.size() > limits.members) return refuse(Reason::limit_members);
    return found->second;
}

void Nesting::add_use(std::uint32_t block, std::uint32_t part, double times) {
    m_uses[std::uint64_t{block} << 32 | part] += times;
}

Result<> Nesting::check(Budget& budget) const {
    Uses uses(m_own.size());
    for (const auto& [edge, times] : m_uses) uses[edge >> 32].push_back({static_cast<std::uint32_t>(edge), times});
    std::vector<double> known(m_own.size(), unknown);
    for (std::uint32_t block = 0; block < m_own.size(); ++block) TRY(weigh(block, 0, uses, known, budget));
    return {};
}

Result<double> Nesting::weigh(std::uint32_t block, unsigned depth, const Uses& uses, std::vector<double>& known,
                              Budget& budget) const {
    if (known[block] >= 0) return known[block];
    if (known[block] == open || depth > deepest) return refuse(Reason::cad_nesting);
    TRY(budget.check_time());
    known[block] = open;
    double sum = m_own[block];
    for (const Use& use : uses[block]) sum += use.times * TRY(weigh(use.part, depth + 1, uses, known, budget));
    if (sum > most_drawn) return refuse(Reason::cad_nesting);
    return known[block] = sum;
}

} // namespace sekisho::cad
