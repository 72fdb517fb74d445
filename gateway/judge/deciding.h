// The two questions that the gateway asks its policy about a transfer.
#pragma once

#include "policy/engine/engine.h"
#include "policy/engine/sample.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/options.h"

namespace sekisho::judge {

// Stored by name: append only.
enum class Phase : std::uint8_t {
    announced, // before there is content: may it pass at all, and how strictly at least?
    examined   // after the stages
};
std::string_view name_of(Phase phase);

struct Answer {
    bool allowed = false;             // announced: it is still possible
    Level level = Level::rebuild;     // announced: the mildest that may suffice; examined: at least
    std::vector<policy::Chosen> mild; // choices that are not the strict ones; announced: that may turn out so
    policy::Decision decision;
    friend bool operator==(const Answer&, const Answer&) = default;
};

// What the policy allows on conditions that the gateway cannot meet is not allowed.
// A stricter way than the one it went is asked for if that one would be allowed: then the level of the answer is above
// that of the question.
Answer decide(const policy::Policy& policy, Phase phase, const policy::Sample& question);

policy::Reached reached_of(Level level);

// What the sanitiser is asked for. A word that it does not know leaves the choice strict.
Options options_of(const std::vector<policy::Chosen>& mild);

} // namespace sekisho::judge
