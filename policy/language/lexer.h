// Source text to tokens. Never stops at a problem: what is wrong is read as what was probably meant, so that one
// full-width comma is one problem and not ten.
#pragma once

#include <vector>

#include "policy/language/diagnostic.h"
#include "policy/language/source.h"
#include "policy/language/token.h"

namespace sekisho::policy {

inline constexpr std::size_t line_bytes_max = 4096;
inline constexpr std::size_t text_bytes_max = 1000;
inline constexpr std::size_t name_bytes_max = 100;
inline constexpr std::size_t tokens_max = 300'000;

// The last token is always of kind `end`. `comments`: where they are, from the # to the end of the line.
std::vector<Token> tokenise(const Source& source, Problems& problems, std::vector<Span>* comments = nullptr);

} // namespace sekisho::policy
