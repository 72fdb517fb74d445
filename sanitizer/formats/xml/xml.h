#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::xml {

Result<Type> rebuild(Job& job);

// The encoding that an XML declaration at the start names; empty if there is none.
std::string_view declared_encoding(View first);

} // namespace sekisho::xml
