#include "policy/analysis/cover.h"

#include <utility>

#include "base/error/error.h"

namespace sekisho::policy {

namespace {

constexpr unsigned depth_max = 1000; // of the recursion; each level holds a copy of the cover

// How one box of the cover lies to the box that is being looked at.
struct Lie {
    bool apart = false;
    std::size_t open = 0; // dimensions in which the box sticks out of the cover's
    std::size_t last_open = 0;
};

class Search {
public:
    Search(const Shape& shape, Work& work, const std::function<bool(const Box&)>& found)
        : m_shape(shape), m_work(work), m_found(found) {}

    Bounded<bool> run(Box box, Cover cover, unsigned depth) {
        for (;;) {
            if (depth > depth_max || !m_work.spend(cover.size() + 1)) return std::unexpected(TooIntricate{});
            const Step step = trim(box, cover);
            if (step.covered) return true;
            if (cover.empty()) return m_found(box);
            if (step.trimmed) continue;
            // What is outside of one box of the cover: all parts but the first by recursion, the first, which is the
            // largest, in this loop.
            const bool go_on = TRY(smaller_parts(box, *step.split, cover, depth));
            if (!go_on) return false;
            const std::size_t first = first_open(box, *step.split);
            box.exclude(m_shape, first, step.split->set(m_shape, first));
        }
    }

private:
    Lie lie_of(const Box& box, const Box& other) const {
        Lie lie;
        for (const std::uint32_t dimension : other.narrowed()) {
            const auto mine = box.set(m_shape, dimension);
            const auto its = other.set(m_shape, dimension);
            if (within(mine, its)) continue;
            if (!any_common(mine, its)) {
                lie.apart = true;
                return lie;
            }
            ++lie.open;
            lie.last_open = dimension;
        }
        return lie;
    }

    struct Step {
        bool covered = false;
        bool trimmed = false;
        const Box* split = nullptr;
    };

    // Leaves in the cover only what the box sticks out of in two dimensions or more.
    Step trim(Box& box, Cover& cover) const {
        Step step;
        std::size_t split_open = m_shape.dimensions() + 1;
        std::size_t kept = 0;
        for (const Box* other : cover) {
            const Lie lie = lie_of(box, *other);
            if (lie.apart) continue;
            if (lie.open == 0) return {true, false, nullptr};
            if (lie.open == 1) { // what is left sticks out there
                box.exclude(m_shape, lie.last_open, other->set(m_shape, lie.last_open));
                step.trimmed = true;
                continue;
            }
            cover[kept++] = other;
            if (lie.open >= split_open) continue;
            step.split = other;
            split_open = lie.open;
        }
        cover.resize(kept);
        return step;
    }

    bool sticks_out(const Box& box, const Box& other, std::size_t dimension) const {
        return !within(box.set(m_shape, dimension), other.set(m_shape, dimension));
    }

    std::size_t first_open(const Box& box, const Box& other) const {
        for (const std::uint32_t dimension : other.narrowed())
            if (sticks_out(box, other, dimension)) return dimension;
        return 0; // not reached: the box sticks out in two dimensions
    }

    Bounded<bool> smaller_parts(Box box, const Box& other, const Cover& cover, unsigned depth) {
        bool first = true;
        for (const std::uint32_t dimension : other.narrowed()) {
            if (!sticks_out(box, other, dimension)) continue;
            if (!first) {
                Box outside = box;
                outside.exclude(m_shape, dimension, other.set(m_shape, dimension));
                const bool go_on = TRY(run(std::move(outside), cover, depth + 1));
                if (!go_on) return false;
            }
            first = false;
            box.narrow(m_shape, dimension, other.set(m_shape, dimension));
        }
        return true;
    }

    const Shape& m_shape;
    Work& m_work;
    const std::function<bool(const Box&)>& m_found;
};

} // namespace

Bounded<bool> each_uncovered(const Shape& shape, const Box& box, const Cover& cover, Work& work,
                             const std::function<bool(const Box&)>& found) {
    return Search(shape, work, found).run(box, cover, 0);
}

Bounded<std::optional<Box>> uncovered(const Shape& shape, const Box& box, const Cover& cover, Work& work) {
    std::optional<Box> first;
    TRY(each_uncovered(shape, box, cover, work, [&](const Box& left) {
        first = left;
        return false;
    }));
    return first;
}

} // namespace sekisho::policy
