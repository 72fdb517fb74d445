// Whether the right people signed.
#pragma once

#include "policy/sign/manifest.h"
#include "policy/sign/signature.h"
#include "policy/sign/trust.h"

namespace sekisho::sign {

struct Seal {
    std::string author;
    std::vector<std::string> approvers; // sorted, without the author; none for break-glass
    bool break_glass = false;
    unsigned break_glass_hours = 0;
};

// The author and enough other people, each with a key that is valid on `today`; or a break-glass key alone, with a
// reason. A signature that is not needed must be good, too: whoever hands over a signature that does not hold has
// something to find out.
Result<Seal> check_seal(std::string_view manifest_text, std::string_view signatures, const Trust& trust,
                        std::chrono::sys_days today);

} // namespace sekisho::sign
