#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/confine/confine.h"
#include "outcome.h"
#include "subjects.h"

namespace sekisho::tests {

struct Attempt {
    std::string_view name;
    Outcome otherwise;
    std::vector<std::pair<SyscallGroup, Outcome>> exceptions;
    long (*run)(const Subject&);

    Outcome expected(const Subject& subject) const;
};

const std::vector<Attempt>& all_attempts();
// Tries it in a child that has become the subject.
Outcome attempt(const Attempt& attempt, const Subject& subject);

} // namespace sekisho::tests
