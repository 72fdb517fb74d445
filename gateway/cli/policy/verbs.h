// The verbs of `sekisho policy`, from verbs.def. Each verb is a file.
#pragma once

#include <vector>

#include "gateway/cli/verbs.h"

namespace sekisho::cli {

struct Shape {
    std::string_view operands;
    std::span<const OptionRow> options;
};

#define VERB(name, function, english, japanese)                                                                        \
    int function(const Arguments& arguments);                                                                          \
    extern const Shape function##_shape;
#include "gateway/cli/policy/verbs.def"
#undef VERB

std::vector<VerbRow> policy_verbs();

} // namespace sekisho::cli
