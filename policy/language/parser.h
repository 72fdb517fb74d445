// Source text to syntax tree, with all problems at once: after one, reading goes on at the next clause of the rule or
// at the next statement. The tree is whole only if there are no problems; it is good enough to look up names in any
// case.
#pragma once

#include "policy/language/diagnostic.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

// One file; what it includes is only named.
Tree parse(const Source& source, Problems& problems);

// A whole policy: the main file and what it includes, all in one tree. Every file has to be included once.
Tree parse(const Sources& sources, Problems& problems);

// Whether an `include` may write this: a file beside the main one.
bool is_file_name(std::string_view name);

} // namespace sekisho::policy
