#pragma once

#include <string_view>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho {

// The type of a file by content and structure; Type::unknown if no rule knows it. `name` only picks csv, json, ... for
// plain text. Refuses Reason::type_ambiguous if the file is complete and valid as two kinds.
Result<Type> detect(const Source& in, std::string_view name, Budget& budget);

} // namespace sekisho
