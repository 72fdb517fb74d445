// Why a request is decided as it is, and what would have to be different. The verdict is decide()'s.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

struct RuleLine {
    std::string id;
    std::string title;
    std::string reason;
    std::string reference;
    std::string file;
    std::uint32_t line = 0;        // from 1
    std::vector<std::string> text; // the lines of the rule
};

struct RequiredBy {
    Words obligation;
    std::vector<std::string> rules; // that require it
};

struct NearMiss {
    std::string rule;
    bool allows = false;        // would match; else, of a forbid that matches, would not
    std::vector<Words> changes; // all of them are needed; the fewest that suffice
    Words words;                // "R-010 would match if size <= 50MB"
};

inline constexpr std::size_t near_misses_max = 5;

struct Explanation {
    Decision decision;
    std::vector<RuleLine> rules; // the deciding ones
    std::vector<RequiredBy> obligations;
    std::vector<NearMiss> near_misses; // of a request that is denied; the nearest first
};

Explanation explain(const Policy& policy, const Request& request);

std::string words(const Explanation& explanation, Language language);

} // namespace sekisho::policy
