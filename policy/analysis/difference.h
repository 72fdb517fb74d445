// Regions cut into the fewest boxes that could be found, in words. Inside the room only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policy/analysis/space.h"
#include "policy/analysis/text.h"
#include "policy/analysis/widen.h"

namespace sekisho::policy {

struct Part {
    Words where;
    Point witness;
};

class Describer {
public:
    explicit Describer(const Space& space);

    // What is within the bounds, in one of the seeds and in one of `others`: parts of the region within the bounds,
    // each as wide as it goes, that together cover it. At most so many in `into`; false if there are more.
    Bounded<bool> describe(const std::vector<Box>& seeds, const std::vector<Box>& others, const Bounds& bounds,
                           std::size_t most, std::vector<Part>& into, Work& work);

private:
    // `user in tax`, and the boxes that it is.
    struct People {
        std::string text;
        std::vector<Box> boxes;
    };

    Bounded<Part> part_of(const Box& left, const Bounds& bounds, Work& work);
    // Where the people of the box are those of a group, in the words of the policy.
    Bounded<const People*> people_of(const Box& box, const Bounds& bounds, Work& work) const;
    Box without_people(const Box& box) const;

    const Space& m_space;
    std::vector<std::size_t> m_order;
    std::vector<People> m_people;
    std::vector<std::unique_ptr<Box>> m_done; // of all regions so far; a cover borrows them
};

} // namespace sekisho::policy
