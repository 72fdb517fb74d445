// Tokens that begin with a digit: 3, 50MB, 08:30, 2026-04-01, addresses and names such as 7z.
#pragma once

#include <string_view>

#include "policy/language/diagnostic.h"
#include "policy/language/token.h"

namespace sekisho::policy {

// Always gives a token; a bad one is reported and read as the nearest thing.
Token read_number(std::string_view text, Span at, Problems& problems);

} // namespace sekisho::policy
