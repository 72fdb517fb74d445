// The algebra against going through every point of small spaces.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "policy/analysis/region.h"
#include "policy/analysis/widen.h"

namespace sekisho::policy {
namespace {

Shape small() {
    Shape shape;
    for (const std::size_t classes : {3U, 2U, 70U, 4U}) shape.add(classes); // 70: more than a word
    return shape;
}

Region random_region(const Shape& shape, std::mt19937& chance, unsigned boxes) {
    Region out;
    for (unsigned i = 0; i < boxes; ++i) {
        Box box(shape);
        for (std::size_t dimension = 0; dimension < shape.dimensions(); ++dimension) {
            if (chance() % 3 == 0) continue;
            Classes set(shape.classes(dimension));
            for (std::size_t at = 0; at < set.size(); ++at)
                if (chance() % 2 == 0) set.add(at);
            box.narrow(shape, dimension, set); // an empty set leaves it as it is
        }
        out.add(shape, std::move(box));
    }
    return out;
}

template <typename Call> void each_point(const Shape& shape, Call call) {
    Point point(shape.dimensions());
    for (;;) {
        call(point);
        std::size_t at = 0;
        while (at < point.size() && ++point[at] == shape.classes(at)) point[at++] = 0;
        if (at == point.size()) return;
    }
}

TEST(Regions, are_what_their_operations_say_point_by_point) {
    const Shape shape = small();
    for (unsigned seed = 1; seed <= 150; ++seed) {
        std::mt19937 chance(seed);
        const Region a = random_region(shape, chance, 1 + seed % 5);
        const Region b = random_region(shape, chance, 1 + seed % 4);
        Work work;
        const Region both = a.intersect(shape, b, work).value();
        const Region rest = a.subtract(shape, b, work).value();
        const Region cut = a.disjoint(shape, work).value();
        Region either = a;
        either.add(shape, b);
        bool none_left = true;
        each_point(shape, [&](const Point& point) {
            const bool in_a = a.contains(point, shape);
            const bool in_b = b.contains(point, shape);
            ASSERT_EQ(both.contains(point, shape), in_a && in_b) << seed;
            ASSERT_EQ(rest.contains(point, shape), in_a && !in_b) << seed;
            ASSERT_EQ(either.contains(point, shape), in_a || in_b) << seed;
            const auto in = [&](const Box& box) { return box.contains(point, shape); };
            ASSERT_EQ(std::ranges::count_if(cut.boxes(), in), in_a ? 1 : 0) << seed;
            if (in_a && !in_b) none_left = false;
        });
        EXPECT_EQ(b.covers(shape, a, work).value(), none_left) << seed;
        EXPECT_EQ(rest.empty(), none_left) << seed;
        if (!rest.empty()) {
            EXPECT_TRUE(rest.contains(*rest.witness(shape), shape));
        }
    }
}

TEST(Regions, grow_only_as_far_as_they_may) {
    const Shape shape = small();
    constexpr std::size_t all[] = {3, 2, 1, 0};
    for (unsigned seed = 1; seed <= 100; ++seed) {
        std::mt19937 chance(seed);
        const Region inside = random_region(shape, chance, 4);
        const Region outside = random_region(shape, chance, 2);
        Work work;
        const Region region = inside.subtract(shape, outside, work).value();
        if (region.empty()) continue;
        Bounds bounds{{{}}, {}};
        append(bounds.inside.front(), inside);
        append(bounds.outside, outside);
        const Box wide = widened(shape, region.boxes().front(), all, bounds, work).value();
        EXPECT_TRUE(wide.contains(region.boxes().front(), shape));
        each_point(shape, [&](const Point& point) {
            if (wide.contains(point, shape)) {
                ASSERT_TRUE(region.contains(point, shape)) << seed;
            }
        });
    }
}

TEST(Regions, say_that_they_are_too_intricate_and_never_that_they_are_empty) {
    const Shape shape = small();
    std::mt19937 chance(1);
    const Region a = random_region(shape, chance, 8);
    const Region b = random_region(shape, chance, 8);
    for (std::uint64_t units = 0; units < 60; units += 3) {
        Work work(units);
        const auto rest = a.subtract(shape, b, work);
        if (rest) {
            EXPECT_FALSE(rest->empty());
        }
        Work again(units);
        const auto covered = b.covers(shape, a, again);
        if (covered) {
            EXPECT_FALSE(*covered);
        }
    }
}

} // namespace
} // namespace sekisho::policy
