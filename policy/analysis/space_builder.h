// Makes the dimensions of a space. Inside the room only.
#pragma once

#include <functional>
#include <set>

#include "policy/analysis/space.h"

namespace sekisho::policy {

class SpaceBuilder {
public:
    explicit SpaceBuilder(Space& space) : m_space(space) {}
    void run();

private:
    using Names = std::vector<std::vector<std::string>>;
    // A comparison of a policy with people in it, and whether somebody is meant.
    struct Question {
        std::size_t policy;
        Step step;
    };

    void add_names(Axis axis, Names names, bool with_unknown = true);
    void add_zones();
    void add_types();
    void add_numbers();
    void add_number(Axis axis, std::set<std::uint64_t> cuts, std::uint64_t last);
    void add_days();
    void add_values();
    void add_flows();
    void add_people(Axis axis, Axis group_axis, std::span<const Test> tests);
    void add_yes_no(Axis known, Axis axis, const std::set<std::string>& names);
    void add_contents();
    void forbid_misplaced_flows();
    void add_atoms();

    void each_step(const std::function<void(std::size_t, const Step&)>& call) const;
    std::set<std::uint64_t> cuts_of(Test test) const;
    std::size_t add(Dimension dimension, std::size_t classes);

    Space& m_space;
};

} // namespace sekisho::policy
