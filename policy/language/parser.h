// Source text to syntax tree, with all problems at once: after one, reading goes on at the next clause of the rule or
// at the next statement. The tree is whole only if there are no problems; it is good enough to look up names in any
// case.
#pragma once

#include "policy/language/diagnostic.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

Tree parse(const Source& source, Problems& problems);

} // namespace sekisho::policy
