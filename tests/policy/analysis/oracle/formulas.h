// A random policy as formulas for Z3: an own encoding, from the tree that the policy was made from.
#pragma once

#include <memory>
#include <vector>

#include <z3++.h>

#include "policy/engine/sample.h"
#include "tests/policy/analysis/oracle/random_policy.h"

namespace sekisho::tests {

// An attribute that may be not known.
struct Unsure {
    z3::expr known;
    z3::expr value;
};

// The attributes of one transfer. Names are numbers: zones, types, users as in the tables; one more is any other.
struct Variables {
    Variables(z3::context& context, const RandomPolicy& policy, std::string_view suffix);
    // What holds of any transfer.
    z3::expr frame() const;
    // This very transfer.
    z3::expr is(const policy::Sample& sample, const RandomPolicy& policy) const;

    z3::context& context;
    z3::expr from, to; // 0 to 3
    Unsure origin, type, size, depth, members, data_count, minute, day, level, confidentiality, channel, flow;
    Unsure sender, recipient, findings, data, name; // of the last three, the value means nothing
    std::vector<z3::expr> sender_depts, recipient_depts, finding, data_kind, globs;
    const RandomPolicy& policy;
};

struct Formulas {
    // Of a condition: surely, else maybe.
    static z3::expr holds(const Variables& of, const Tree& tree, bool surely);
    static z3::expr holds(const Variables& of, const RandomRule& rule, bool surely);
    static z3::expr permitted(const Variables& of);
    // Hops that a `never` excuses.
    static z3::expr excused(const Variables& of, const RandomClaim& claim);
    // Of two policies over one transfer that both allow: whether they require other things.
    static z3::expr require_other(const Variables& one, const Variables& other);
};

} // namespace sekisho::tests
