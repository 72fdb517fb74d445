#include <algorithm>

#include <fmt/format.h>

#include "policy/analysis/judged.h"
#include "policy/analysis/plan.h"
#include "policy/analysis/test.h"
#include "policy/analysis/words.h"
#include "policy/engine/facts.h"

namespace sekisho::policy {

namespace {

constexpr std::uint8_t nowhere = 0xFD; // a zone that no request has: neither one of the policy's nor `no_zone`

// A rule by its place; the places of a mutant are those of its policy.
struct Place {
    bool exception = false;
    std::size_t index = 0;
};

CompiledRule& rule_at(Compiled& policy, Place place) {
    return place.exception ? policy.exceptions[place.index] : policy.rules[place.index];
}

const CompiledRule& rule_at(const Compiled& policy, Place place) {
    return place.exception ? policy.exceptions[place.index] : policy.rules[place.index];
}

// The parts of a condition that all have to hold; itself if it is none of several.
std::vector<std::uint32_t> conjuncts(const Compiled& policy, const CompiledRule& rule) {
    std::vector<std::uint32_t> out;
    if (!rule.condition) return out;
    const Step& top = policy.steps[*rule.condition];
    if (top.test != Test::all) return {*rule.condition};
    for (std::uint32_t at = *rule.condition + 1; at < top.end; at = policy.steps[at].end) out.push_back(at);
    return out;
}

void copy_step(Compiled& policy, std::uint32_t from) {
    const std::uint32_t end = policy.steps[from].end;
    const auto shift = static_cast<std::uint32_t>(policy.steps.size()) - from;
    for (std::uint32_t at = from; at < end; ++at) {
        Step step = policy.steps[at];
        step.end += shift;
        policy.steps.push_back(step);
    }
}

// The condition without one of its conjuncts, as new steps at the end.
void widen(Compiled& policy, Place place, std::uint32_t without) {
    const auto parts = conjuncts(policy, rule_at(policy, place));
    const auto top = static_cast<std::uint32_t>(policy.steps.size());
    policy.steps.push_back({Test::all, Operator::is, 0, 0, 0});
    for (const std::uint32_t part : parts)
        if (part != without) copy_step(policy, part);
    policy.steps[top].end = static_cast<std::uint32_t>(policy.steps.size());
    rule_at(policy, place).condition = top;
}

class Mutator {
public:
    Mutator(const Policy& policy, Work work) : m_policy(policy), m_compiled(policy.compiled()), m_work(work) {
        m_base = m_compiled;
        m_base.tests.clear();
        m_base.sources.clear();
        for (const CompiledTest& test : m_compiled.tests) {
            const Asked asked(test.given);
            facts_of(m_compiled, asked.request(), m_facts.emplace_back());
        }
    }

    Mutation run() {
        for (std::size_t i = 0; i < m_compiled.rules.size(); ++i) mutate({false, i});
        for (std::size_t i = 0; i < m_compiled.exceptions.size(); ++i) mutate({true, i});
        std::ranges::stable_sort(m_out.mutants, {}, &Mutant::rule);
        return std::move(m_out);
    }

private:
    void mutate(Place place) {
        const CompiledRule& rule = rule_at(m_compiled, place);
        Compiled dropped = m_base;
        rule_at(dropped, place).from = nowhere;
        rule_at(dropped, place).to = nowhere;
        judge(place, std::move(dropped), Mutant::Kind::dropped,
              {fmt::format("{} is dropped", rule.id), fmt::format("{}を削除した場合", rule.id)});
        for (const std::uint32_t part : conjuncts(m_compiled, rule)) {
            Compiled wider = m_base;
            widen(wider, place, part);
            const std::string text = condition_text(m_compiled, part);
            judge(place, std::move(wider), Mutant::Kind::widened,
                  {fmt::format("{} without `{}`", rule.id, text),
                   fmt::format("{}から「{}」を外した場合", rule.id, text)});
        }
    }

    void judge(Place place, Compiled compiled, Mutant::Kind kind, Words what) {
        Mutant mutant;
        mutant.kind = kind;
        mutant.rule = rule_at(m_compiled, place).id;
        mutant.at = rule_at(m_compiled, place).at;
        mutant.words = std::move(what);
        const Policy changed = Policy::of(std::move(compiled));
        mutant.killer = killer_of(place, changed);
        if (!mutant.killer) find_witness(changed, mutant);
        m_out.mutants.push_back(std::move(mutant));
    }

    // Only tests for which the changed rule comes out otherwise can fail now.
    std::optional<std::string> killer_of(Place place, const Policy& changed) const {
        const std::size_t decides = place.exception ? m_compiled.exceptions[place.index].of : place.index;
        const CompiledRule& before = m_compiled.rules[decides];
        const CompiledRule& after = changed.compiled().rules[decides];
        for (std::size_t i = 0; i < m_compiled.tests.size(); ++i) {
            const CompiledTest& test = m_compiled.tests[i];
            if (matches(m_compiled, before, m_facts[i]) == matches(changed.compiled(), after, m_facts[i])) continue;
            const Asked asked(test.given);
            const bool passed = !objection(m_compiled, test, m_policy.decide(asked.request()));
            if (passed && objection(m_compiled, test, changed.decide(asked.request()))) return test.title;
        }
        return std::nullopt;
    }

    void find_witness(const Policy& changed, Mutant& mutant) {
        if (m_sought++ >= witnesses_max || m_work.left() == 0) {
            m_out.too_intricate = true;
            return;
        }
        constexpr std::uint64_t share = work_max / witnesses_max;
        const Plan difference = plan(m_policy, changed, Work(share));
        m_work.spend(share / 10);
        mutant.equivalent = difference.same();
        if (difference.too_intricate) m_out.too_intricate = true;
        if (difference.changes.empty()) return;
        const Change& change = difference.changes.front();
        mutant.witness = change.witness;
        mutant.suggestion = test_block(mutant.words.english, change.witness, change.before);
    }

    const Policy& m_policy;
    const Compiled& m_compiled;
    Work m_work;
    Compiled m_base;
    std::vector<Facts> m_facts; // of each test
    std::size_t m_sought = 0;
    Mutation m_out;
};

} // namespace

std::size_t Mutation::survivors() const {
    return static_cast<std::size_t>(std::ranges::count_if(mutants, &Mutant::survives));
}

Mutation mutate(const Policy& policy, Work work) {
    return Mutator(policy, work).run();
}

} // namespace sekisho::policy
