// `never` and `must`, over paths. A file carries its origin from hop to hop.
//
// never A reaches B when C: there is no path from A to B, over any number of zones, whose hops are all allowed to a
// file that came from A and to which C applies (or may apply: what is not known counts). Everything else about the file
// may be another at every hop. Hops that `unless` excuses do not count as hops. must A reaches B when C: for every file
// to which C applies there is a path. What C names stays the same along it; the rest may be what the path needs,
// another at every hop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/analysis/remark.h"
#include "policy/analysis/text.h"
#include "policy/analysis/work.h"
#include "policy/engine/engine.h"
#include "policy/engine/sample.h"

namespace sekisho::policy {

struct Hop {
    std::string from;
    std::string to;
    Sample sample;                  // a file that may make this hop
    std::vector<std::string> rules; // ids of the allows by which
};

struct Proof {
    enum class Verdict : std::uint8_t { holds, broken, too_intricate };
    Verdict verdict = Verdict::too_intricate;
    bool always_possible = false; // a `must`; else a `never`
    std::string id;
    std::string title;
    Span at;
    std::vector<Hop> path;         // of a broken never: a shortest one
    std::optional<Sample> missing; // of a broken must: a file that has no way
    Words words;                   // what was found, a sentence
};

// One for each never and must, in that order, each by id.
std::vector<Proof> prove(const Policy& policy, Work work = Work());

// Nothing for one that holds.
std::optional<Remark> remark_of(const Proof& proof);

} // namespace sekisho::policy
