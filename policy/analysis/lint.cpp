#include "policy/analysis/lint.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/error/error.h"
#include "policy/analysis/demand.h"
#include "policy/analysis/lint_parts.h"
#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

Words same(std::string text) {
    return {text, text};
}

std::string called(const CompiledRule& rule) {
    return rule.title.empty() ? rule.id : rule.id + " " + rule.title;
}

class Linter {
public:
    Linter(const Model& model, std::vector<Remark>& out, Work& work)
        : m_model(model), m_shape(model.space->shape()), m_rules(model.compiled().rules), m_out(out), m_work(work) {}

    Bounded<bool> run() {
        append(m_denied, m_model.space->impossible());
        for (std::size_t i = 0; i < m_model.bare.size(); ++i) append(m_denied, m_model.rules[i]);
        for (std::size_t i = 0; i < m_rules.size(); ++i) {
            auto done = i < m_model.bare.size() ? forbid(i) : allow(i);
            if (!done) return std::unexpected(TooIntricate{m_rules[i].id});
        }
        for (std::size_t i = 0; i < m_model.exceptions.size(); ++i) TRY(exception(i));
        return true;
    }

private:
    void say(Finding finding, const CompiledRule& rule, std::vector<Words> more = {}) {
        more.insert(more.begin(), same(called(rule)));
        m_out.push_back({finding, rule.at, std::move(more), rule.id});
    }

    Bounded<bool> covered(const Region& region, const Cover& cover) {
        for (const Box& box : region.boxes()) {
            const auto left = TRY(uncovered(m_shape, box, cover, m_work));
            if (left) return false;
        }
        return true;
    }

    // What is left of a region of requests when it is asked of.
    Bounded<bool> impossible(const Region& region) {
        Cover cover;
        append(cover, m_model.space->impossible());
        return covered(region, cover);
    }

    Bounded<bool> forbid(std::size_t at) {
        const CompiledRule& rule = m_rules[at];
        if (TRY(impossible(m_model.bare[at]))) {
            say(Finding::impossible, rule);
            return true;
        }
        Cover others = cover_without(at, 0, m_model.bare.size());
        if (!TRY(covered(m_model.rules[at], others))) return true;
        say_covered(at, TRY(coverers(at, others, 0, m_model.bare.size())));
        return true;
    }

    Bounded<bool> allow(std::size_t at) {
        const CompiledRule& rule = m_rules[at];
        if (TRY(impossible(m_model.rules[at]))) {
            say(Finding::impossible, rule);
            return true;
        }
        if (TRY(covered(m_model.rules[at], m_denied))) {
            say(Finding::shadowed_by_forbid, rule,
                {same(joined(TRY(coverers(at, m_denied, 0, m_model.bare.size())), ", "))});
            return true;
        }
        const bool redundant = TRY(says_nothing_new(at));
        return redundant ? Bounded<bool>(true) : obligations(at);
    }

    // Boxes of the rules in a range, but for one.
    Cover cover_without(std::size_t but, std::size_t begin, std::size_t end, const Demand* demand = nullptr) const {
        Cover out;
        append(out, m_model.space->impossible());
        for (std::size_t i = begin; i < end; ++i)
            if (i != but && (demand == nullptr || demand->made_by(m_model.compiled(), m_rules[i])))
                append(out, m_model.rules[i]);
        return out;
    }

    // A few rules that cover it: one if one does, else those of the cover that meet it.
    Bounded<std::vector<std::string>> coverers(std::size_t at, const Cover& cover, std::size_t begin, std::size_t end) {
        std::vector<std::string> near;
        for (std::size_t i = begin; i < end; ++i) {
            if (i == at) continue;
            const auto meets = [&](const Box& one) {
                return std::ranges::any_of(m_model.rules[at].boxes(),
                                           [&](const Box& box) { return box.meets(one, m_shape); });
            };
            if (!std::ranges::any_of(m_model.rules[i].boxes(), meets)) continue;
            Cover alone;
            append(alone, m_model.space->impossible());
            append(alone, m_model.rules[i]);
            if (i < m_model.bare.size() && at >= m_model.bare.size())
                alone.insert(alone.end(), cover.end(), cover.end());
            if (TRY(covered(m_model.rules[at], alone))) return std::vector{m_rules[i].id};
            near.push_back(m_rules[i].id);
        }
        return near;
    }

    void say_covered(std::size_t at, const std::vector<std::string>& by) {
        say(by.size() == 1 ? Finding::redundant : Finding::shadowed_by_union, m_rules[at], {same(joined(by, ", "))});
    }

    // Every request that it allows is allowed without it, and under obligations that are no weaker.
    Bounded<bool> says_nothing_new(std::size_t at) {
        Cover others = cover_without(at, m_model.bare.size(), m_rules.size());
        append_denied(others);
        if (!TRY(covered(m_model.rules[at], others))) return false;
        for (const Demand& demand : demands())
            if (demand.made_by(m_model.compiled(), m_rules[at]) && !TRY(made_by_others(at, demand))) return false;
        say_covered(at, TRY(coverers(at, others, m_model.bare.size(), m_rules.size())));
        return true;
    }

    Bounded<bool> made_by_others(std::size_t at, const Demand& demand) {
        Cover others = cover_without(at, m_model.bare.size(), m_rules.size(), &demand);
        append_denied(others);
        return covered(m_model.rules[at], others);
    }

    // The obligations one by one: is there a request of which it alone requires that?
    Bounded<bool> obligations(std::size_t at) {
        const CompiledRule& rule = m_rules[at];
        std::set<Words> own;
        for (const Words& one : obligations_of(m_model.compiled(), rule)) own.insert(one);
        for (const Demand& demand : demands()) {
            // Only the strictest of its kind: others follow from it.
            if (!own.contains(demand.words) || !demand.made_by(m_model.compiled(), rule)) continue;
            if (TRY(made_by_others(at, demand))) say(Finding::obligation_never_decisive, rule, {demand.words});
        }
        return true;
    }

    Bounded<bool> exception(std::size_t at) {
        const CompiledRule& rule = m_model.compiled().exceptions[at];
        const Region& excepted = m_model.bare[rule.of];
        const auto common = TRY(m_model.exceptions[at].intersect(m_shape, excepted, m_work));
        if (TRY(impossible(common))) say(Finding::exception_of_nothing, rule, {same(m_rules[rule.of].id)});
        return true;
    }

    void append_denied(Cover& cover) const { cover.insert(cover.end(), m_denied.begin(), m_denied.end()); }

    const std::vector<Demand>& demands() {
        if (m_demands.empty()) {
            const Compiled* const policies[] = {&m_model.compiled()};
            m_demands = demands_of(policies);
        }
        return m_demands;
    }

    const Model& m_model;
    const Shape& m_shape;
    const std::vector<CompiledRule>& m_rules;
    std::vector<Remark>& m_out;
    Work& m_work;
    Cover m_denied;
    std::vector<Demand> m_demands;
};

} // namespace

std::vector<Remark> lint(const Policy& policy, const Surroundings& around, Work work) {
    const Compiled& compiled = policy.compiled();
    std::vector<Remark> out;
    const Compiled* const policies[] = {&compiled};
    const Space space(policies);
    const auto model = Model::make(space, 0, work);
    const auto done = model ? Linter(*model, out, work).run() : std::unexpected(model.error());
    if (!done)
        out.push_back({Finding::too_intricate,
                       std::nullopt,
                       {done.error().rule.empty() ? Words{"the policy", "ポリシー"} : same(done.error().rule)},
                       done.error().rule});
    lint_names(compiled, out);
    if (around.today) lint_ends(compiled, *around.today, out);
    if (around.hits) lint_hits(compiled, *around.hits, out);
    std::ranges::stable_sort(out, {}, [](const Remark& remark) {
        return remark.at ? std::pair(remark.at->file, remark.at->begin) : std::pair<std::uint16_t, std::uint32_t>(0, 0);
    });
    return out;
}

} // namespace sekisho::policy
