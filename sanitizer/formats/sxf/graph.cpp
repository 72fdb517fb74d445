#include "sanitizer/formats/sxf/graph.h"

#include <algorithm>

namespace sekisho::sxf {

namespace {

constexpr std::size_t most_instances = 2'000'000, most_references = 12'000'000;
constexpr double most_drawn = 50e6;

} // namespace

Result<> Graph::add(std::uint64_t instance, bool kept, bool multiplies) {
    if (m_nodes.size() == most_instances) return refuse(Reason::limit_members);
    m_nodes.push_back({instance, static_cast<std::uint32_t>(m_references.size()), 0, kept, multiplies});
    return {};
}

Result<> Graph::refer(std::uint64_t to) {
    if (m_references.size() == most_references) return refuse(Reason::limit_members);
    m_references.push_back(to);
    ++m_nodes.back().count;
    return {};
}

std::optional<std::uint32_t> Graph::find(std::uint64_t instance) const {
    const auto found = std::ranges::lower_bound(m_nodes, instance, {}, &Node::instance);
    if (found == m_nodes.end() || found->instance != instance) return std::nullopt;
    return static_cast<std::uint32_t>(found - m_nodes.begin());
}

bool Graph::is_kept(std::uint64_t instance) const {
    const auto at = find(instance);
    return at && m_nodes[*at].kept;
}

Result<> Graph::check(Budget& budget) {
    TRY(resolve());
    return weigh(budget);
}

Result<> Graph::resolve() {
    std::ranges::sort(m_nodes, {}, &Node::instance);
    if (std::ranges::adjacent_find(m_nodes, {}, &Node::instance) != m_nodes.end()) return refuse(Reason::cad_damaged);
    for (std::uint64_t& reference : m_references) {
        const auto at = find(reference);
        if (!at) return refuse(Reason::cad_damaged);
        reference = *at;
    }
    return {};
}

// From those that nothing refers to downwards (Kahn): what is left over stands in a circle. Each instance counts how
// often it is drawn.
Result<> Graph::weigh(Budget& budget) const {
    std::vector<std::uint32_t> waiting_for(m_nodes.size()), ready;
    std::vector<double> drawn(m_nodes.size(), 0);
    for (const std::uint64_t to : m_references) ++waiting_for[to];
    for (std::uint32_t at = 0; at < m_nodes.size(); ++at)
        if (waiting_for[at] == 0) {
            ready.push_back(at);
            drawn[at] = 1;
        }
    double sum = 0;
    std::size_t done = 0;
    for (; !ready.empty(); ++done) {
        TRY(budget.check_time());
        const std::uint32_t at = ready.back();
        ready.pop_back();
        const Node& node = m_nodes[at];
        if (node.multiplies) sum += drawn[at];
        if (sum > most_drawn) return refuse(Reason::cad_nesting);
        for (std::uint32_t i = 0; i < node.count; ++i) {
            const auto to = static_cast<std::uint32_t>(m_references[node.first + i]);
            drawn[to] += drawn[at];
            if (--waiting_for[to] == 0) ready.push_back(to);
        }
    }
    return done == m_nodes.size() ? Result<>() : refuse(Reason::cad_nesting);
}

} // namespace sekisho::sxf
