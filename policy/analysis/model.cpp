#include "policy/analysis/model.h"

#include <utility>

#include "base/error/error.h"

namespace sekisho::policy {

namespace {

// The pieces of one dimension as one set, the sets of others as they are.
void add_piece(std::vector<Piece>& pieces, const Piece& piece) {
    for (Piece& known : pieces) {
        if (known.dimension != piece.dimension) continue;
        known.set.add(piece.set);
        return;
    }
    pieces.push_back(piece);
}

// Where any of the pieces is, and `within` too, if it is given.
Region any_of(const Shape& shape, const std::vector<Piece>& pieces, const Piece* within) {
    Region out;
    for (const Piece& piece : pieces) {
        Box box(shape);
        if (!box.narrow(shape, piece.dimension, piece.set)) continue;
        if (within != nullptr && !box.narrow(shape, within->dimension, within->set)) continue;
        out.add(shape, std::move(box));
    }
    return out;
}

// Where none of the pieces is, and `within`, if it is given.
Region none_of(const Shape& shape, const std::vector<Piece>& pieces, const Piece* within) {
    Region out;
    Box box(shape);
    for (const Piece& piece : pieces)
        if (!box.exclude(shape, piece.dimension, piece.set.words())) return out;
    if (within != nullptr && !box.narrow(shape, within->dimension, within->set)) return out;
    out.add(shape, std::move(box));
    return out;
}

Region region_of(const Shape& shape, const Atom& atom, Holds holds, bool negated) {
    const Piece known{atom.unknown.dimension, atom.unknown.set.complement()};
    if (holds == Holds::surely) return negated ? none_of(shape, atom.yes, &known) : any_of(shape, atom.yes, &known);
    std::vector<Piece> pieces;
    if (!negated) {
        pieces.push_back(atom.unknown);
        for (const Piece& piece : atom.yes) add_piece(pieces, piece);
        return any_of(shape, pieces, nullptr);
    }
    Region out = none_of(shape, atom.yes, nullptr);
    out.add(shape, any_of(shape, {atom.unknown}, nullptr));
    return out;
}

} // namespace

Bounded<Region> region_of(const Space& space, std::size_t policy, std::uint32_t condition, Holds holds, Work& work,
                          bool negated) {
    const auto& steps = space.policy(policy).steps;
    const Step& step = steps[condition];
    const Shape& shape = space.shape();
    if (step.test == Test::negation) return region_of(space, policy, condition + 1, holds, work, !negated);
    if (step.test != Test::all && step.test != Test::any)
        return region_of(shape, space.atom(policy, step), holds, negated);
    const bool intersect = (step.test == Test::all) != negated;
    Region out = intersect ? Region::all(shape) : Region();
    for (std::uint32_t inner = condition + 1; inner < step.end; inner = steps[inner].end) {
        const Region part = TRY(region_of(space, policy, inner, holds, work, negated));
        if (!work.spend(1 + out.boxes().size() + part.boxes().size())) return std::unexpected(TooIntricate{});
        if (intersect)
            out = TRY(out.intersect(shape, part, work));
        else
            out.add(shape, part);
        if (out.boxes().size() > boxes_max) return std::unexpected(TooIntricate{});
    }
    return out;
}

Bounded<Region> region_of(const Space& space, std::size_t policy, const CompiledRule& rule, Holds holds, Work& work) {
    const Shape& shape = space.shape();
    Box frame(shape);
    const auto from = space.zone(policy, rule.from);
    const auto to = space.zone(policy, rule.to);
    if (from && !frame.narrow(shape, space.dimension(Axis::from), *from)) return Region();
    if (to && !frame.narrow(shape, space.dimension(Axis::to), *to)) return Region();
    if (rule.until) {
        const std::size_t day = space.dimension(Axis::day);
        Classes days = space.days({0, *rule.until});
        if (holds == Holds::maybe) days.add(space.dimensions()[day].unknown);
        if (!frame.narrow(shape, day, days)) return Region();
    }
    Region framed;
    framed.add(shape, std::move(frame));
    if (!rule.condition) return framed;
    auto inside = region_of(space, policy, *rule.condition, holds, work);
    auto out = inside ? inside->intersect(shape, framed, work) : inside;
    if (!out) return std::unexpected(TooIntricate{rule.id});
    return out;
}

Bounded<Model> Model::make(const Space& space, std::size_t policy, Work& work) {
    Model out;
    out.space = &space;
    out.policy = policy;
    const Compiled& compiled = space.policy(policy);
    const Shape& shape = space.shape();
    for (const CompiledRule& exception : compiled.exceptions)
        out.exceptions.push_back(TRY(region_of(space, policy, exception, Holds::surely, work)));
    Region valid = Region::all(shape);
    if (compiled.valid) {
        const std::size_t day = space.dimension(Axis::day);
        const Classes days = space.days({compiled.valid->from, compiled.valid->until});
        Box not_valid(shape);
        not_valid.exclude(shape, day, days.words());
        out.invalid.add(shape, std::move(not_valid));
        Box box(shape);
        valid = Region();
        if (box.narrow(shape, day, days)) valid.add(shape, std::move(box));
    }
    for (const CompiledRule& rule : compiled.rules) {
        if (rule.allows()) {
            const Region all = TRY(region_of(space, policy, rule, Holds::surely, work));
            out.rules.push_back(TRY(all.intersect(shape, valid, work)));
            continue;
        }
        Region region = TRY(region_of(space, policy, rule, Holds::maybe, work));
        out.bare.push_back(region);
        for (const std::uint32_t exception : rule.exceptions) {
            auto left = region.subtract(shape, out.exceptions[exception], work);
            if (!left) return std::unexpected(TooIntricate{rule.id});
            region = std::move(*left);
        }
        out.rules.push_back(std::move(region));
    }
    return out;
}

Cover Model::denied() const {
    Cover out;
    append(out, space->impossible());
    for (std::size_t i = 0; i < bare.size(); ++i) append(out, rules[i]);
    return out;
}

} // namespace sekisho::policy
