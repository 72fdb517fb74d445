// One file through sanitiser and verifier, and another program's look at it.
#pragma once

#include <string>
#include <vector>

#include "sanitizer/core/job.h"

namespace sekisho::rows {

struct Done {
    Type type = Type::unknown; // that was written
    Reason refused = Reason::none;
    Bytes bytes;
    std::vector<Entry> entries;
    bool omitted = false; // there were more findings than a report holds

    bool found(Finding finding) const;
};

// A file that the verifier does not accept counts as refused, for the verifier's reason.
Done sanitized(View input, std::string_view name, const std::vector<std::string>& passwords = {},
               const std::vector<std::uint64_t>& parts = {}, Level level = Level::rebuild);

struct Look {
    std::string seen;                       // everything, taken apart
    std::string problem;                    // why it does not open; empty if it does
    bool sees(std::string_view word) const; // in any case, also as UTF-16
};

// `kind` as in the catalogue. `open`: also open it in the programs that people open such files with.
Look look(View file, std::string_view kind, bool open);

} // namespace sekisho::rows
