#include <algorithm>
#include <map>

#include "policy/analysis/space_builder.h"

namespace sekisho::policy {

// A flow is a class of its own if a rule names it; else those between the same zones are one. Class 0: no flow.
void SpaceBuilder::add_flows() {
    std::set<std::string> named;
    for (const Compiled* policy : m_space.m_policies) {
        for (const Step& step : policy->steps)
            if (step.test == Test::flow_is) named.insert(policy->flows[step.first].id);
        for (const CompiledClaim& never : policy->nevers)
            for (const std::uint32_t flow : never.unless_flows) named.insert(policy->flows[flow].id);
    }
    // Per id and zones, which policies have it; two policies may have an id between different zones.
    using Variant = std::tuple<std::string, std::string, std::string>;
    std::map<Variant, std::set<std::size_t>> variants;
    for (std::size_t policy = 0; policy < m_space.m_policies.size(); ++policy) {
        const Compiled& of = *m_space.m_policies[policy];
        for (const CompiledFlow& flow : of.flows)
            variants[{flow.id, of.zones[flow.from.zone], of.zones[flow.to.zone]}].insert(policy);
    }
    using Likeness = std::tuple<std::string, std::string, std::string, std::set<std::size_t>>;
    std::map<Likeness, std::vector<std::string>> alike;
    for (const auto& [variant, policies] : variants) {
        const auto& [id, from, to] = variant;
        alike[{named.contains(id) ? id : "", from, to, policies}].push_back(id);
    }
    Names names{{}};
    for (const auto& [likeness, ids] : alike) {
        m_space.m_flows.push_back({std::get<1>(likeness), std::get<2>(likeness), std::get<3>(likeness)});
        names.push_back(ids);
    }
    add_names(Axis::flow, std::move(names));
}

void SpaceBuilder::forbid_misplaced_flows() {
    const std::size_t flow_dimension = m_space.dimension(Axis::flow);
    for (std::size_t i = 0; i < m_space.m_flows.size(); ++i) {
        const auto put = [&](Axis axis, const std::string& zone) {
            const std::size_t dimension = m_space.dimension(axis);
            const auto& names = m_space.m_dimensions[dimension].names;
            const auto own = static_cast<std::size_t>(std::ranges::find(names, std::vector{zone}) - names.begin());
            Box box(m_space.m_shape);
            box.narrow(m_space.m_shape, flow_dimension, Classes::only(m_space.m_shape.classes(flow_dimension), i + 1));
            box.exclude(m_space.m_shape, dimension, Classes::only(names.size(), own).words());
            m_space.m_impossible.add(m_space.m_shape, std::move(box));
        };
        put(Axis::from, m_space.m_flows[i].from);
        put(Axis::to, m_space.m_flows[i].to);
    }
}

} // namespace sekisho::policy
