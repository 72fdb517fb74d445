// The engine, the regions and Z3 about the same random policies: nobody may disagree with anybody. Z3's formulas come
// from the trees that the policies were made of, not from anything that is tested. SEKISHO_ORACLE_ROUNDS sets how many
// policies there are; a failure names its seed.
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "policy/analysis/model.h"
#include "policy/analysis/plan.h"
#include "policy/analysis/prove.h"
#include "policy/analysis/witness.h"
#include "tests/policy/analysis/oracle/formulas.h"
#include "tests/policy/analysis/oracle/locate.h"
#include "tests/policy/vocabulary.h"

namespace sekisho {
namespace {

using namespace tests;

unsigned rounds() {
    const char* set = std::getenv("SEKISHO_ORACLE_ROUNDS");
    return set == nullptr ? 300 : static_cast<unsigned>(std::strtoul(set, nullptr, 10));
}

policy::Policy loaded(const RandomPolicy& made) {
    const std::string text = made.text();
    auto policy = policy::Policy::load(text, vocabulary());
    if (policy) return *policy;
    ADD_FAILURE() << text << policy::render(policy.error(), policy::Source("policy", text), policy::Language::english);
    return policy::Policy::deny_all();
}

bool satisfiable(z3::context& context, const z3::expr& what) {
    z3::solver solver(context);
    solver.add(what);
    const z3::check_result result = solver.check();
    if (result == z3::unknown) ADD_FAILURE() << "the oracle does not know";
    return result == z3::sat;
}

template <typename Names> std::vector<std::string> some(Chance& chance, const Names& names) {
    std::vector<std::string> out;
    for (const auto& name : names)
        if (pick(chance, 3) == 0) out.emplace_back(name);
    return out;
}

// Values at, before and after those that the policies name.
policy::Sample random_sample(Chance& chance) {
    constexpr std::array<std::string_view, 4> zones{"internet", "lgwan", "mynumber", "elsewhere"};
    constexpr std::array<std::uint64_t, 9> sizes{0, 1, 9'999, 10'000, 10'001, 99'999, 100'000, 1'000'000, 1'000'001};
    constexpr std::array<std::string_view, 4> users{"ann", "bob", "eve", "zoe"};
    constexpr std::array<std::string_view, 4> names{"draft.form.pdf", "my.form.pdf", "draft2.txt", "photo.jpg"};
    constexpr std::array<std::string_view, 3> flows{"T-000", "T-001", "T-009"};
    const auto maybe = [&](auto& field, auto value) {
        if (pick(chance, 8) != 0) field = value;
    };
    policy::Sample out;
    out.from = zones[pick(chance, 4) % (3 + pick(chance, 2))];
    out.to = zones[pick(chance, 4) % (3 + pick(chance, 2))];
    maybe(out.origin, zones[pick(chance, 3)]);
    maybe(out.type, std::string(type_names[pick(chance, type_names.size())]));
    maybe(out.size, sizes[pick(chance, sizes.size())]);
    maybe(out.archive_depth, pick(chance, 5));
    maybe(out.archive_members, pick(chance, 5));
    maybe(out.data_count, pick(chance, 5));
    maybe(out.minute, pick(chance, 24) * 60 + 59 * pick(chance, 2));
    maybe(out.day, std::chrono::sys_days(std::chrono::days(first_day - 1 + pick(chance, 42))));
    maybe(out.level, static_cast<policy::Reached>(pick(chance, 4)));
    maybe(out.confidentiality, static_cast<policy::Confidentiality>(pick(chance, 5)));
    maybe(out.channel, static_cast<policy::Channel>(pick(chance, 6)));
    maybe(out.flow, std::string(pick(chance, 2) == 0 ? "" : flows[pick(chance, 3)]));
    maybe(out.sender, users[pick(chance, 4)]);
    maybe(out.recipient, users[pick(chance, 4)]);
    out.sender_groups = some(chance, dept_names);
    out.recipient_groups = some(chance, dept_names);
    maybe(out.findings, some(chance, finding_names));
    maybe(out.data, some(chance, data_names));
    maybe(out.name, std::string(names[pick(chance, 4)]));
    return out;
}

bool allows(const policy::Policy& policy, const policy::Sample& sample) {
    const policy::Asked asked(sample);
    return policy.decide(asked.request()).outcome == policy::Outcome::allow;
}

bool permits(const policy::Model& model, const policy::Sample& sample) {
    const policy::Point point = located(*model.space, sample);
    const policy::Shape& shape = model.space->shape();
    bool allowed = false;
    for (std::size_t i = 0; i < model.rules.size(); ++i) {
        if (!model.rules[i].contains(point, shape)) continue;
        if (i < model.bare.size()) return false;
        allowed = true;
    }
    return allowed;
}

TEST(Oracle, engine_regions_and_z3_decide_alike) {
    unsigned allowed = 0;
    for (unsigned seed = 1; seed <= rounds(); ++seed) {
        Chance chance(seed);
        const RandomPolicy made = random_policy(chance);
        const policy::Policy policy = loaded(made);
        const policy::Compiled* const policies[] = {&policy.compiled()};
        const policy::Space space(policies);
        policy::Work work;
        const auto model = policy::Model::make(space, 0, work);
        ASSERT_TRUE(model) << "seed " << seed;
        z3::context context;
        const Variables variables(context, made, "");
        z3::solver solver(context);
        solver.add(variables.frame() && Formulas::permitted(variables));
        for (unsigned i = 0; i < 40; ++i) {
            const policy::Sample sample = random_sample(chance);
            const bool engine = allows(policy, sample);
            allowed += engine ? 1 : 0;
            ASSERT_EQ(engine, permits(*model, sample)) << "seed " << seed << '\n' << made.text();
            if (i >= 4 && !engine) continue; // those that are allowed are rarer
            solver.push();
            solver.add(variables.is(sample, made));
            ASSERT_EQ(engine, solver.check() == z3::sat) << "seed " << seed << '\n' << made.text();
            solver.pop();
        }
    }
    EXPECT_GT(allowed, rounds()); // else nothing was compared
}

// The length of a shortest way between the zones of a claim for some files; 0: there is none.
std::size_t shortest(const Variables& of, const RandomClaim& claim, const z3::expr& file) {
    z3::solver solver(of.context);
    solver.add(of.frame() && Formulas::permitted(of) && !Formulas::excused(of, claim) && file && of.origin.known &&
               of.origin.value == static_cast<int>(claim.from));
    const auto hop = [&](unsigned from, unsigned to) {
        solver.push();
        solver.add(of.from == static_cast<int>(from) && of.to == static_cast<int>(to));
        const bool some = solver.check() == z3::sat;
        solver.pop();
        return some;
    };
    if (hop(claim.from, claim.to)) return 1;
    const unsigned third = 3 - claim.from - claim.to;
    return hop(claim.from, third) && hop(third, claim.to) ? 2 : 0;
}

std::size_t way_of_never(z3::context& context, const Variables& of, const RandomClaim& claim) {
    const z3::expr file = claim.when ? Formulas::holds(of, *claim.when, false) : context.bool_val(true);
    return shortest(of, claim, file);
}

// Whether each type and size that the claim names has a way.
bool all_have_ways(z3::context& context, const Variables& of, const RandomClaim& claim) {
    constexpr std::array<int, 6> sizes{0, 9'999, 10'000, 10'001, 100'000, 1'000'000};
    const bool sized = claim.when->kind == Tree::Kind::all;
    for (int type = 0; type < static_cast<int>(type_names.size()); ++type) {
        for (const int size : sizes) {
            z3::expr file = of.type.known && of.type.value == type;
            if (sized) file = file && of.size.known && of.size.value == size;
            if (!satisfiable(context, file && Formulas::holds(of, *claim.when, true))) continue;
            if (shortest(of, claim, file) == 0) return false;
            if (!sized) break;
        }
    }
    return true;
}

TEST(Oracle, proofs_agree_with_z3) {
    std::map<std::pair<bool, bool>, unsigned> seen;
    for (unsigned seed = 1; seed <= rounds(); ++seed) {
        Chance chance(seed);
        const RandomPolicy made = random_policy(chance);
        const policy::Policy policy = loaded(made);
        const auto proofs = policy::prove(policy);
        ASSERT_EQ(proofs.size(), made.claims.size());
        z3::context context;
        const Variables variables(context, made, "");
        for (std::size_t i = 0; i < proofs.size(); ++i) {
            const policy::Proof& proof = proofs[i];
            const RandomClaim& claim = made.claims[i];
            ASSERT_EQ(proof.id, claim.id);
            ASSERT_NE(proof.verdict, policy::Proof::Verdict::too_intricate) << "seed " << seed;
            const bool holds = proof.verdict == policy::Proof::Verdict::holds;
            ++seen[{claim.must, holds}];
            if (claim.must) {
                ASSERT_EQ(holds, all_have_ways(context, variables, claim)) << "seed " << seed << '\n' << made.text();
                continue;
            }
            ASSERT_EQ(proof.path.size(), way_of_never(context, variables, claim)) << "seed " << seed << '\n'
                                                                                  << made.text();
            for (const policy::Hop& hop : proof.path) {
                EXPECT_TRUE(allows(policy, hop.sample)) << "seed " << seed << '\n' << made.text();
                EXPECT_EQ(hop.sample.origin, zone_names[claim.from]) << "seed " << seed;
            }
        }
    }
    EXPECT_EQ(seen.size(), 4U) << "some kind of answer was never given";
}

TEST(Oracle, plans_agree_with_z3) {
    std::array<unsigned, 3> told{};
    for (unsigned seed = 1; seed <= rounds(); ++seed) {
        Chance chance(seed);
        const RandomPolicy made_before = random_policy(chance);
        const RandomPolicy made_after = changed(made_before, chance);
        const policy::Policy before = loaded(made_before);
        const policy::Policy after = loaded(made_after);
        const policy::Plan plan = policy::plan(before, after);
        ASSERT_FALSE(plan.too_intricate) << "seed " << seed;

        z3::context context;
        const Variables one(context, made_before, "");
        const Variables other(context, made_after, ""); // of the same transfer
        const z3::expr was = Formulas::permitted(one);
        const z3::expr is = Formulas::permitted(other);
        const std::array<z3::expr, 3> changes{is && !was, was && !is, was && is && Formulas::require_other(one, other)};
        for (std::size_t kind = 0; kind < changes.size(); ++kind) {
            bool found = false;
            for (const policy::Change& change : plan.changes) {
                if (static_cast<std::size_t>(change.kind) != kind) continue;
                // Z3 agrees about the first; the engine says that of all.
                EXPECT_TRUE(found ||
                            satisfiable(context, changes[kind] && one.frame() && one.is(change.witness, made_before)))
                    << "seed " << seed << ' ' << change.where.english;
                found = true;
                ++told[kind];
                EXPECT_NE(change.before, change.after) << "seed " << seed;
            }
            ASSERT_TRUE(found || !satisfiable(context, one.frame() && changes[kind]))
                << "seed " << seed << " kind " << kind << '\n'
                << made_before.text() << made_after.text();
        }
    }
    for (const unsigned count : told) EXPECT_GT(count, 0U);
}

} // namespace
} // namespace sekisho
