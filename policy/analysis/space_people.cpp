#include <algorithm>
#include <map>

#include "policy/analysis/space_builder.h"

namespace sekisho::policy {

bool Space::means(const Compiled& policy, const Step& step, std::size_t index) {
    const CompiledMember& member = policy.members[index];
    switch (step.test) {
    case Test::user_in:
    case Test::recipient_in:
        return member.groups[step.first];
    case Test::user_is:
    case Test::recipient_is:
        return index == step.first;
    case Test::department_is:
        return !member.user && member.department == step.first;
    default:
        return false;
    }
}

// People for whom every comparison gives the same answer are one class; so are groups of accounts. Who no rule names is
// in the class of those whom no comparison means.
void SpaceBuilder::add_people(Axis axis, Axis group_axis, std::span<const Test> tests) {
    std::vector<Question> questions;
    std::set<std::tuple<std::size_t, Test, std::uint64_t>> asked;
    each_step([&](std::size_t policy, const Step& step) {
        if (std::ranges::find(tests, step.test) == tests.end()) return;
        if (asked.emplace(policy, step.test, step.first).second) questions.push_back({policy, step});
    });

    std::map<std::pair<bool, std::string>, std::vector<bool>> answers; // of each member, to each question
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Compiled& policy = *m_space.m_policies[questions[i].policy];
        for (std::size_t member = 0; member < policy.members.size(); ++member) {
            if (!Space::means(policy, questions[i].step, member)) continue;
            auto& answer = answers[{policy.members[member].user, policy.members[member].name}];
            answer.resize(questions.size());
            answer[i] = true;
        }
    }

    std::map<std::vector<bool>, std::vector<std::string>> users;
    std::map<std::vector<bool>, std::vector<std::string>> groups;
    for (const auto& [member, answer] : answers) (member.first ? users : groups)[answer].push_back(member.second);

    Names names{{}};
    for (const auto& [answer, members] : users) {
        for (const std::string& member : members) m_space.m_named[{axis, member}] = names.size();
        names.push_back(members);
    }
    add_names(axis, std::move(names));
    for (const auto& [answer, members] : groups) {
        Dimension out;
        out.axis = group_axis;
        out.names = {{}, members};
        const std::size_t number = add(std::move(out), 2);
        for (const std::string& member : members) m_space.m_named[{group_axis, member}] = number;
    }
}

} // namespace sekisho::policy
