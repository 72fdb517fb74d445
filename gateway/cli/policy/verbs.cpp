#include "gateway/cli/policy/verbs.h"

namespace sekisho::cli {

std::vector<VerbRow> policy_verbs() {
    return {
#define VERB(name, function, english, japanese)                                                                        \
    VerbRow{name, function##_shape.operands, english, japanese, function##_shape.options, function},
#include "gateway/cli/policy/verbs.def"
#undef VERB
    };
}

} // namespace sekisho::cli
