#pragma once

#include <string>

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"

namespace sekisho::rtf_text {

struct Body {
    enum class Origin : std::uint8_t { page, text, rich };
    Origin origin = Origin::rich; // what the RTF was made from; rich: nothing but RTF
    std::string text;             // clean UTF-8; for Origin::page it is HTML, which nobody has sanitised
};

// Refuses what is no RTF (Reason::input_damaged) and groups in more than 500 groups (limit_depth).
Result<Body> read(View rtf, Budget& budget);

} // namespace sekisho::rtf_text
