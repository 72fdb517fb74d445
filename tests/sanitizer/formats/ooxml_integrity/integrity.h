// What makes Office say "we found a problem with some content": checked without any code of the sanitiser.
#pragma once

#include "tests/sanitizer/formats/ooxml_integrity/parts.h"

namespace sekisho::tests {

// All problems of a package, sorted; none if Office would open it without a word.
std::set<std::string> problems_of(View package);

void check_package(const Parts& parts, Problems& problems);
void check_word(const Parts& parts, Problems& problems);
void check_book(const Parts& parts, Problems& problems);
void check_show(const Parts& parts, Problems& problems);

} // namespace sekisho::tests
