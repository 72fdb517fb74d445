// The header of an exchange file (ISO 10303-21, 8.2): what SXF needs of it is kept, the names of people are not.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/sxf/lexer.h"

namespace sekisho::sxf {

// Reads up to and with "DATA;" and writes the same.
Result<> rewrite_head(Lexer& lexer, std::string& out, Context& context);

// The name of a file without the folders it lies in; "$$" parts one by one (SXF Ver. 3, attributes and pictures).
std::string without_folders(std::string_view name, bool& changed);

} // namespace sekisho::sxf
