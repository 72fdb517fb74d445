#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::xml {

Result<Type> rebuild(Job& job);
Result<Type> text(Job& job); // the rebuilt document, as plain text

// The encoding that an XML declaration at the start names; empty if there is none.
std::string_view declared_encoding(View first);

} // namespace sekisho::xml
