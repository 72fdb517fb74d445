// docs/threats.md on standard output, what is owed on standard error.
#include <fmt/format.h>

#include "tests/sanitizer/rows/row.h"

int main() {
    fmt::print("{}", sekisho::rows::table());
    std::string owed;
    for (const auto& row : sekisho::rows::all_rows())
        if (!row.owed_by.empty()) owed += fmt::format(" {} ({})", row.id, row.owed_by);
    if (!owed.empty()) fmt::print(stderr, "OWED, proved by no test:{}\n", owed);
    return 0;
}
