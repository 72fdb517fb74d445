#include "gateway/judge/deciding.h"

#include <algorithm>

namespace sekisho::judge {

namespace {

constexpr Level levels[] = {Level::rebuild, Level::flatten, Level::text};

Level level_of(policy::Strictness strictness) {
    switch (strictness) {
    case policy::Strictness::rebuild:
        return Level::rebuild;
    case policy::Strictness::flatten:
        return Level::flatten;
    case policy::Strictness::text:
        return Level::text;
    }
    bug("a strictness without a level");
}

void add(std::vector<policy::Chosen>& into, const std::vector<policy::Chosen>& more) {
    for (const policy::Chosen& choice : more)
        if (std::ranges::find(into, choice) == into.end()) into.push_back(choice);
}

// The mildest level and choices of all that rules ask for the types that may still turn out: stricter ones are asked
// for once the type is known, by a second run.
void set_mildest(Answer& answer, const policy::Policy& policy, policy::Request request) {
    std::optional<Level> mildest;
    request.findings = std::span<const std::string_view>();
    request.data = std::span<const std::string_view>();
    request.data_count = 0;
    request.archive_depth = 0;
    request.archive_members = 0;
    for (const Level level : levels) {
        if (mildest && *mildest <= level) break;
        request.level = reached_of(level);
        for (const TypeRow& row : all_types()) {
            request.type = row.name;
            const policy::Decision decision = policy.decide(request);
            if (decision.outcome != policy::Outcome::allow) continue;
            const Level wanted = std::max(level, level_of(decision.strictness));
            mildest = std::min(mildest.value_or(Level::block), wanted);
            add(answer.mild, decision.mild);
        }
    }
    answer.level = mildest.value_or(Level::rebuild);
    std::ranges::sort(answer.mild, {}, &policy::Chosen::name);
}

Answer announced(const policy::Policy& policy, const policy::Request& request) {
    Answer answer;
    answer.decision = policy.decide(request);
    answer.allowed = policy.possible(request);
    if (answer.allowed) set_mildest(answer, policy, request);
    return answer;
}

// An obligation that cannot be met is no permission: nothing here draws watermarks.
bool can_be_met(const policy::Decision& decision) {
    return decision.watermarks.empty();
}

Answer examined(const policy::Policy& policy, policy::Request request) {
    Answer answer;
    answer.decision = policy.decide(request);
    const bool allowed = answer.decision.outcome == policy::Outcome::allow;
    answer.allowed = allowed && can_be_met(answer.decision);
    answer.level = level_of(answer.decision.strictness);
    answer.mild = answer.decision.mild;
    if (allowed || !request.type || !request.level) return answer;
    const auto type = type_by_name(*request.type);
    for (const Level level : levels) {
        if (reached_of(level) <= *request.level || !type || !is_supported(*type, level)) continue;
        request.level = reached_of(level);
        policy::Decision stricter = policy.decide(request);
        if (stricter.outcome != policy::Outcome::allow || !can_be_met(stricter)) continue;
        return {true, std::max(level, level_of(stricter.strictness)), stricter.mild, stricter};
    }
    return answer;
}

} // namespace

std::string_view name_of(Phase phase) {
    return phase == Phase::announced ? "announced" : "examined";
}

policy::Reached reached_of(Level level) {
    switch (level) {
    case Level::flatten:
        return policy::Reached::flatten;
    case Level::text:
        return policy::Reached::text;
    default:
        return policy::Reached::rebuild;
    }
}

Options options_of(const std::vector<policy::Chosen>& mild) {
    Options options;
    for (const policy::Chosen& choice : mild) static_cast<void>(choose(options, choice.name, choice.word));
    return options;
}

Answer decide(const policy::Policy& policy, Phase phase, const policy::Sample& question) {
    const policy::Asked asked(question);
    return phase == Phase::announced ? announced(policy, asked.request()) : examined(policy, asked.request());
}

} // namespace sekisho::judge
