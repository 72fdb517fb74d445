// Mails without the rest of the sanitiser: texts pass, all else is refused by its family.
#pragma once

#include "sanitizer/core/report.h"
#include "tests/sanitizer/formats/mail/seen.h"

namespace sekisho::tests {

struct LoneDone {
    std::string outcome; // the type written, or the code of the refusal
    Bytes bytes;
    Report report;
    Seen seen; // of a mail
    bool found(Finding finding) const;
};

// Checks along the way: the verifier accepts what was delivered, and a second pass finds nothing and changes nothing.
LoneDone pass_alone(View input, std::string_view name = "a.eml");

} // namespace sekisho::tests
