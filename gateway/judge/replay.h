// Recorded questions put to another policy.
#pragma once

#include <map>

#include "gateway/judge/record.h"

namespace sekisho::judge {

enum class Flip : std::uint8_t {
    none,
    opened,     // was denied, would be allowed
    closed,     // was allowed, would be denied
    obligations // allowed both times, on other conditions
};
std::string_view name_of(Flip flip);
Flip flip_of(const Answer& before, const Answer& after);

struct Difference {
    Flip flip = Flip::none;
    bool same = false; // bit for bit
    Answer before;
    Answer after;
};

// reject "record.damaged".
Result<Difference> compare(const policy::Policy& policy, const Record& record);

// How often, by rule and by department. The rules of a flip are those that decide under the policy that allows less:
// of `opened` the old ones, else the new ones; without any, "(no rule)".
class Summary {
public:
    void add(const Record& record, const Difference& difference);
    struct Count {
        std::uint64_t opened = 0;
        std::uint64_t closed = 0;
        std::uint64_t obligations = 0;
    };
    std::uint64_t asked = 0;
    std::uint64_t same = 0; // bit for bit
    Count flips;
    std::map<std::string, Count> by_rule;
    std::map<std::string, Count> by_department; // every group of the sender
};

} // namespace sekisho::judge
