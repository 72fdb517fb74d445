#include "policy/engine/compile.h"

#include <algorithm>

#include "policy/language/nearest.h"

namespace sekisho::policy {

void Compiler::compile_flows() {
    if (too_many(m_tree.flows, flows_max, [](const Flow& flow) { return flow.at; })) return;
    m_out.flows.reserve(m_tree.flows.size());
    for (const Flow& flow : m_tree.flows) {
        m_out.flows.push_back(compile_flow(flow));
        if (!flow.id.text.empty() && declare(m_ids, flow.id, Problem::duplicate_id))
            m_flows.emplace(flow.id.text, Declared{0, flow.id.at});
    }
    std::ranges::sort(m_out.flows, {}, &CompiledFlow::id);
    for (std::size_t i = 0; i < m_out.flows.size(); ++i) m_flows[m_out.flows[i].id].index = i;
}

CompiledFlow Compiler::compile_flow(const Flow& flow) {
    CompiledFlow out;
    out.id = flow.id.text;
    out.title = flow.title;
    out.reason = flow.reason.text;
    out.reference = flow.reference.text;
    out.at = flow.whole;
    compile_flow_end(flow.from, out.from);
    compile_flow_end(flow.to, out.to);
    if (out.from.zone < zones_max && out.from.zone == out.to.zone)
        m_problems.add(Problem::same_zone, flow.to.zone.at, {flow.to.zone.text});
    if (flow.peer.text.empty()) return out;
    const Operand peer{Operand::Kind::name, flow.peer, 0, 0};
    out.peer = static_cast<Peer>(value(peer, {"peer", flow.peer.at}, peer_names).value_or(0));
    return out;
}

void Compiler::compile_flow_end(const FlowEnd& end, CompiledFlowEnd& into) {
    into.zone = zone(end.zone).value_or(no_zone);
    into.host = end.host.text;
    into.mac = end.mac.text;
    into.port = end.port.value_or(0);
}

std::optional<std::size_t> Compiler::value(const Operand& operand, const Name& attribute,
                                           std::span<const std::string_view> names) {
    const auto found = std::ranges::find(names, operand.value.text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string all;
    for (const std::string_view name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    auto& problem =
        m_problems.add(Problem::unknown_value, operand.value.at, {operand.value.text, attribute.text, std::move(all)});
    problem.suggestion = nearest(operand.value.text, names);
    return std::nullopt;
}

} // namespace sekisho::policy
