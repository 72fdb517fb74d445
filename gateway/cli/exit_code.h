// What the exit status of `sekisho` means. A "no" is never the code of a crash.
#pragma once

namespace sekisho::cli {

enum ExitCode : int {
    done = 0,
    failed = 1,
    usage = 2,
    invalid = 3,       // policy or settings
    not_permitted = 4, // or a bad signature
    unreachable = 5,   // daemon
    answer_is_no = 10, // refused, differs, not proved
};

} // namespace sekisho::cli
