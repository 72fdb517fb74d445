#include "policy/analysis/prove.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/error/error.h"
#include "policy/analysis/paths.h"
#include "policy/analysis/widen.h"
#include "policy/analysis/witness.h"
#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

class Prover {
public:
    Prover(const Policy& policy, const Model& model, Work& work)
        : m_policy(policy), m_model(model), m_space(*model.space), m_paths(model), m_work(work) {}

    Proof never(const CompiledClaim& claim) {
        Proof proof = named(claim, false);
        const auto way = way_of_never(claim);
        if (!way) return proof;
        proof.verdict = way->empty() ? Proof::Verdict::holds : Proof::Verdict::broken;
        for (const Way& step : *way) proof.path.push_back(hop_of(step));
        say_never(proof);
        return proof;
    }

    Proof must(const CompiledClaim& claim) {
        Proof proof = named(claim, true);
        const auto missing = missing_of_must(claim);
        if (!missing) return proof;
        proof.verdict = *missing ? Proof::Verdict::broken : Proof::Verdict::holds;
        if (*missing) proof.missing = sample_of(m_space, **missing);
        say_must(proof, claim);
        return proof;
    }

    static Proof named(const CompiledClaim& claim, bool must) {
        Proof proof;
        proof.always_possible = must;
        proof.id = claim.id;
        proof.title = claim.title;
        proof.at = claim.at;
        proof.words = {"too intricate to be checked", "込み入りすぎていて検査できません"};
        return proof;
    }

private:
    Bounded<Region> files_of(const CompiledClaim& claim, Holds holds) {
        if (!claim.condition) return Region::all(m_space.shape());
        return region_of(m_space, m_model.policy, *claim.condition, holds, m_work);
    }

    // The hops that do not count.
    Region excused_by(const CompiledClaim& claim) const {
        Region out;
        const auto put = [&](const std::string* id) {
            const Atom atom = m_space.flow_atom(m_model.policy, id);
            Box box(m_space.shape());
            if (box.narrow(m_space.shape(), atom.yes.front().dimension, atom.yes.front().set))
                out.add(m_space.shape(), std::move(box));
        };
        if (claim.unless_specific) put(nullptr);
        for (const std::uint32_t flow : claim.unless_flows) put(&m_model.compiled().flows[flow].id);
        return out;
    }

    Bounded<std::vector<Way>> way_of_never(const CompiledClaim& claim) {
        const Region files = TRY(files_of(claim, Holds::maybe));
        return m_paths.shortest(claim.from, claim.to, files, excused_by(claim), m_work);
    }

    // The dimensions that the condition of a must names: what stays the same along a path.
    std::vector<std::size_t> kept_by(const CompiledClaim& claim) const {
        std::vector<bool> named(m_space.dimensions().size());
        const auto& steps = m_model.compiled().steps;
        const std::uint32_t begin = claim.condition.value_or(0);
        const std::uint32_t end = claim.condition ? steps[begin].end : 0;
        for (std::uint32_t at = begin; at < end; ++at) {
            const Test test = steps[at].test;
            if (test == Test::all || test == Test::any || test == Test::negation) continue;
            const Atom& atom = m_space.atom(m_model.policy, steps[at]);
            named[atom.unknown.dimension] = true;
            for (const Piece& piece : atom.yes) named[piece.dimension] = true;
        }
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < named.size(); ++i)
            if (named[i] && m_space.dimensions()[i].axis > Axis::origin) out.push_back(i);
        return out;
    }

    Box pinned(const Point& point, const std::vector<std::size_t>& dimensions) const {
        Box out(m_space.shape());
        for (const std::size_t i : dimensions)
            out.narrow(m_space.shape(), i, Classes::only(m_space.shape().classes(i), point[i]));
        return out;
    }

    // Of the files that are kept the same, those that have this very way, in the kept dimensions.
    Bounded<Box> files_with(const std::vector<Way>& way, const std::vector<std::size_t>& kept) {
        Box out(m_space.shape());
        for (const Way& step : way) {
            const Bounds bounds{{{step.allow}}, m_paths.denied()};
            const Box wide = TRY(widened(m_space.shape(), step.left, kept, bounds, m_work));
            for (const std::size_t i : kept) out.narrow(m_space.shape(), i, wide.classes(m_space.shape(), i));
        }
        return out;
    }

    Box between(const Box& file, const CompiledClaim& claim) const {
        Box out = file;
        const auto pin = [&](Axis axis, std::size_t zone) {
            const std::size_t dimension = m_space.dimension(axis);
            out.narrow(m_space.shape(), dimension, Classes::only(m_space.shape().classes(dimension), zone));
        };
        pin(Axis::from, claim.from);
        pin(Axis::to, claim.to);
        pin(Axis::origin, claim.from);
        return out;
    }

    // A file that has no way, if there is one. File by file, each time for all that go the same way.
    Bounded<std::optional<Point>> missing_of_must(const CompiledClaim& claim) {
        const Region files = TRY(files_of(claim, Holds::surely));
        const auto kept = kept_by(claim);
        std::vector<std::unique_ptr<Box>> done; // a cover borrows them
        Cover cover;
        for (const Box& box : files.boxes()) {
            for (;;) {
                const auto left = TRY(uncovered(m_space.shape(), box, cover, m_work));
                if (!left) break;
                const Point point = least_remarkable(m_space, *left);
                Region file;
                file.add(m_space.shape(), pinned(point, kept));
                const auto way = TRY(m_paths.shortest(claim.from, claim.to, file, Region(), m_work));
                if (way.empty()) return least_remarkable(m_space, between(file.boxes().front(), claim));
                done.push_back(std::make_unique<Box>(TRY(files_with(way, kept))));
                cover.push_back(done.back().get());
            }
        }
        return std::optional<Point>();
    }

    Hop hop_of(const Way& way) const {
        Hop hop;
        hop.from = m_model.compiled().zones[way.from];
        hop.to = m_model.compiled().zones[way.to];
        hop.sample = sample_of(m_space, least_remarkable(m_space, way.left));
        const Asked asked(hop.sample);
        const Decision decision = m_policy.decide(asked.request());
        if (decision.outcome == Outcome::allow)
            hop.rules = decision.rules;
        else // no name is like the globs in just this way
            hop.rules = {m_model.compiled().rules[way.rule].id};
        return hop;
    }

    static void say_never(Proof& proof) {
        if (proof.path.empty()) {
            proof.words = {"there is no such path", "そのような経路はありません"};
            return;
        }
        std::vector<Words> hops;
        for (const Hop& hop : proof.path) {
            const Words file = words_of(hop.sample);
            const std::string rules = joined(hop.rules, ", ");
            hops.push_back({fmt::format("{} → {} by {} ({})", hop.from, hop.to, rules, file.english),
                            fmt::format("{}→{}（{}による。{}）", hop.from, hop.to, rules, file.japanese)});
        }
        const Words all = joined(hops, ", then ", "、続いて");
        proof.words = {"a file gets through: " + all.english, "通れるファイルがあります: " + all.japanese};
    }

    void say_must(Proof& proof, const CompiledClaim& claim) const {
        if (!proof.missing) {
            proof.words = {"there is always a path", "必ず通れる経路があります"};
            return;
        }
        const std::string& from = m_model.compiled().zones[claim.from];
        const std::string& to = m_model.compiled().zones[claim.to];
        const Words file = words_of(*proof.missing);
        proof.words = {fmt::format("there is no path from {} to {} for: {}", from, to, file.english),
                       fmt::format("{}から{}へ通れないファイルがあります: {}", from, to, file.japanese)};
    }

    const Policy& m_policy;
    const Model& m_model;
    const Space& m_space;
    Paths m_paths;
    Work& m_work;
};

} // namespace

std::vector<Proof> prove(const Policy& policy, Work work) {
    const Compiled& compiled = policy.compiled();
    std::vector<Proof> out;
    if (compiled.nevers.empty() && compiled.musts.empty()) return out;
    const Compiled* const policies[] = {&compiled};
    const Space space(policies);
    const auto model = Model::make(space, 0, work);
    if (!model) {
        for (const CompiledClaim& claim : compiled.nevers) out.push_back(Prover::named(claim, false));
        for (const CompiledClaim& claim : compiled.musts) out.push_back(Prover::named(claim, true));
        return out;
    }
    Prover prover(policy, *model, work);
    for (const CompiledClaim& claim : compiled.nevers) out.push_back(prover.never(claim));
    for (const CompiledClaim& claim : compiled.musts) out.push_back(prover.must(claim));
    return out;
}

std::optional<Remark> remark_of(const Proof& proof) {
    if (proof.verdict == Proof::Verdict::holds) return std::nullopt;
    const std::string name = proof.title.empty() ? proof.id : proof.id + " " + proof.title;
    const auto finding = proof.verdict == Proof::Verdict::too_intricate ? Finding::too_intricate
                         : proof.always_possible                        ? Finding::must_broken
                                                                        : Finding::never_broken;
    return Remark{finding, proof.at, {{name, name}, proof.words}, proof.id};
}

} // namespace sekisho::policy
