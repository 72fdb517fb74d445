#pragma once

#include "sanitizer/verify/pdf/lexer.h"

namespace sekisho::verify {

// Reads from behind "BI" to behind "EI" (8.9.7). The data must be hexadecimal: no reader finds an early end in them.
Result<> check_inline_image(Lexer& lexer);

} // namespace sekisho::verify
